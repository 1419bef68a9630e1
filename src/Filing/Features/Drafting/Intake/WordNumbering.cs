using System.Globalization;
using System.Text;
using System.Xml;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// The numbers that Word shows and does not store as text (一、 第三条 (二)): reads the part <c>numbering.xml</c> and
/// counts along with the paragraphs. A format it does not know gives no label, and says so.
/// </summary>
internal sealed class WordNumbering
{
    private const int Levels = 9;

    private readonly Dictionary<string, Level[]> _abstract = [];
    private readonly Dictionary<string, string> _numbers = [];
    private readonly Dictionary<string, int[]> _counters = [];
    private readonly Dictionary<string, (string? Number, int Level)> _styles = [];

    /// <summary>True once a label was asked for that this class cannot write.</summary>
    public bool Unknown { get; private set; }

    /// <summary>Reads the part; the reader refuses DTDs and external entities.</summary>
    public static WordNumbering Read(XmlReader xml)
    {
        var numbering = new WordNumbering();
        Level[]? levels = null;
        Level? level = null;
        string? number = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || !DocxReader.IsWord(xml)) continue;
            var value = DocxReader.Attribute(xml, "val");
            switch (xml.LocalName)
            {
                case "abstractNum":
                    levels = new Level[Levels];
                    numbering._abstract[DocxReader.Attribute(xml, "abstractNumId") ?? ""] = levels;
                    break;
                case "lvl" when levels is not null && Index(DocxReader.Attribute(xml, "ilvl")) is { } index:
                    levels[index] = level = new Level();
                    break;
                case "start" when level is not null && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var start):
                    level.Start = start;
                    break;
                case "numFmt" when level is not null:
                    level.Format = value ?? "decimal";
                    break;
                case "lvlText" when level is not null:
                    level.Text = value ?? "";
                    break;
                case "num":
                    (levels, level, number) = (null, null, DocxReader.Attribute(xml, "numId"));
                    break;
                case "abstractNumId" when number is not null && value is not null:
                    numbering._numbers[number] = value;
                    break;
            }
        }

        return numbering;
    }

    /// <summary>Reads from the part <c>styles.xml</c> which styles number their paragraphs.</summary>
    public void ReadStyles(XmlReader xml)
    {
        string? style = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || !DocxReader.IsWord(xml)) continue;
            var value = DocxReader.Attribute(xml, "val");
            if (xml.LocalName == "style") style = DocxReader.Attribute(xml, "styleId");
            else if (style is not null && xml.LocalName == "numId") _styles[style] = (value, _styles.GetValueOrDefault(style).Level);
            else if (style is not null && xml.LocalName == "ilvl") _styles[style] = (_styles.GetValueOrDefault(style).Number, Index(value) ?? 0);
        }
    }

    /// <summary>
    /// The label of the next paragraph with that style, list and level, e.g. <c>（三）</c>; empty where there is none. What
    /// the paragraph says itself goes before its style; list 0 means no number.
    /// </summary>
    public string Label(string? style, string? number, string? level)
    {
        var (styleNumber, styleLevel) = style is null ? default : _styles.GetValueOrDefault(style);
        var list = number ?? styleNumber;
        return list is null or "0" ? "" : Next(list, Index(level) ?? styleLevel);
    }

    private string Next(string numId, int level)
    {
        if (!_numbers.TryGetValue(numId, out var abstractId) || !_abstract.TryGetValue(abstractId, out var levels)
            || level is < 0 or >= Levels || levels[level] is not { } format) return "";
        if (!_counters.TryGetValue(abstractId, out var counters)) _counters[abstractId] = counters = new int[Levels];
        counters[level]++;
        Array.Clear(counters, level + 1, Levels - level - 1);
        if (format.Format is "bullet" or "none") return "";
        var label = new StringBuilder();
        for (var i = 0; i < format.Text.Length; i++)
        {
            if (format.Text[i] == '%' && i + 1 < format.Text.Length && Index(format.Text[i + 1] - '1') is { } of)
            {
                i++;
                var shown = levels[of] ?? new Level();
                if (Write(shown.Start + Math.Max(0, counters[of] - 1), shown.Format) is not { } number)
                {
                    Unknown = true;
                    return "";
                }

                label.Append(number);
            }
            else
            {
                label.Append(format.Text[i]);
            }
        }

        return label.ToString();
    }

    private static int? Index(string? level) => int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? Index(index) : null;

    private static int? Index(int level) => level is >= 0 and < Levels ? level : null;

    private static string? Write(int number, string format) => format switch
    {
        "decimal" or "decimalHalfWidth" or "decimalFullWidth" => number.ToString(CultureInfo.InvariantCulture),
        "decimalZero" => number.ToString("00", CultureInfo.InvariantCulture),
        "chineseCounting" or "chineseCountingThousand" or "japaneseCounting" or "ideographDigital" or "taiwaneseCountingThousand"
            => number is > 0 and < 10_000 ? Chinese(number) : null,
        "decimalEnclosedCircle" or "decimalEnclosedCircleChinese" => number is > 0 and <= 20 ? ((char)('①' + number - 1)).ToString() : null,
        "lowerLetter" => number is > 0 and <= 26 ? ((char)('a' + number - 1)).ToString() : null,
        "upperLetter" => number is > 0 and <= 26 ? ((char)('A' + number - 1)).ToString() : null,
        _ => null,
    };

    private static string Chinese(int number)
    {
        const string digits = "零一二三四五六七八九";
        ReadOnlySpan<(int Unit, string Word)> units = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
        var (text, gap) = (new StringBuilder(), false);
        foreach (var (unit, word) in units)
        {
            var digit = number / unit % 10;
            if (digit == 0)
            {
                gap = text.Length > 0;
                continue;
            }

            if (gap) text.Append('零');
            gap = false;
            // 十 and not 一十 at the head of 10 to 19.
            if (!(unit == 10 && digit == 1 && text.Length == 0)) text.Append(digits[digit]);
            text.Append(word);
        }

        return text.ToString();
    }

    private sealed class Level
    {
        public int Start { get; set; } = 1;

        public string Format { get; set; } = "decimal";

        public string Text { get; set; } = "";
    }
}
