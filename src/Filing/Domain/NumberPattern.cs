using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Filing.Domain;

/// <summary>
/// How the numbers of a series are written: fixed text with <c>{year}</c>, <c>{serial}</c> or <c>{serial:000}</c> (padded to so many digits), and, before
/// a body is filled in, <c>{body}</c>, <c>{body:00}</c> (exactly so many digits) and <c>{name}</c>. <c>CZCR-{year}-{body:00}{serial:000}</c> for the
/// government (00) is the series <c>CZCR-{year}-00{serial:000}</c>, whose second number of 2013 is CZCR-2013-00002. A serial that outgrows its digits is
/// written in full.
/// </summary>
public sealed partial class NumberPattern
{
    /// <summary>The largest serial.</summary>
    public const int MaxSerial = 999_999;

    private readonly string _head;
    private readonly string _middle;
    private readonly string _tail;
    private readonly bool _yearFirst;
    private readonly int _width;
    private readonly Regex _reader;

    private NumberPattern(string text, Match year, Match serial)
    {
        Text = text;
        _yearFirst = year.Index < serial.Index;
        var (first, second) = _yearFirst ? (year, serial) : (serial, year);
        _head = text[..first.Index];
        _middle = text[(first.Index + first.Length)..second.Index];
        _tail = text[(second.Index + second.Length)..];
        _width = serial.Groups["width"].Length;
        var digits = _width == 0 ? "(?<serial>[1-9][0-9]{0,5})" : $"(?<serial>[0-9]{{{_width}}}|[1-9][0-9]{{{_width},8}})";
        const string Four = "(?<year>[0-9]{4})";
        _reader = new Regex(
            $"^{Regex.Escape(_head)}{(_yearFirst ? Four : digits)}{Regex.Escape(_middle)}{(_yearFirst ? digits : Four)}{Regex.Escape(_tail)}$",
            RegexOptions.CultureInvariant);
    }

    /// <summary>The pattern as it is written in a profile.</summary>
    public string Text { get; }

    /// <summary>True when a body has still to be filled in.</summary>
    public bool NeedsBody => BodySlot().IsMatch(Text);

    /// <summary>Reads a pattern; for texts that were checked when the law was loaded.</summary>
    /// <exception cref="FormatException">The text is no pattern.</exception>
    public static NumberPattern Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new FormatException(error.Message);

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The text; it holds the year and the serial once each.</param>
    /// <param name="value">The pattern.</param>
    /// <param name="error"><c>number.bad-pattern</c>.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NumberPattern? value, [NotNullWhen(false)] out Error? error)
    {
        text ??= "";
        var (years, serials) = (YearSlot().Matches(text), SerialSlot().Matches(text));
        var rest = BodySlot().Replace(SerialSlot().Replace(YearSlot().Replace(text, ""), ""), "");
        var good = years.Count == 1 && serials.Count == 1 && text.Length <= 100 && !rest.AsSpan().ContainsAny('{', '}');
        value = good ? new NumberPattern(text, years[0], serials[0]) : null;
        error = good ? null : Error.Invalid("number.bad-pattern", $"编号式样“{text}”应含 {{year}} 与 {{serial}} 各一次，另可含 {{body}} 与 {{name}}。");
        return good;
    }

    /// <summary>The series of one body.</summary>
    /// <param name="digits">The body's digits.</param>
    /// <param name="name">The body's short name.</param>
    /// <returns>The pattern without body slots; <c>number.bad-body-code</c> when the digits have another length than the pattern wants.</returns>
    public Result<NumberPattern> For(string digits, string name)
    {
        ArgumentNullException.ThrowIfNull(digits);
        foreach (Match slot in BodySlot().Matches(Text))
        {
            if (slot.Groups["width"] is { Success: true } width && width.Length != digits.Length)
                return Error.Refused("number.bad-body-code", $"“{name}”的编号数字“{digits}”应为 {width.Length} 位。");
        }

        var filled = BodySlot().Replace(Text, slot => slot.Value == "{name}" ? name : digits);
        return TryParse(filled, out var series, out var error) ? series : error;
    }

    /// <summary>The number of a year and serial.</summary>
    public string Write(int year, int serial)
    {
        var number = new StringBuilder(Text.Length + 8).Append(_head);
        Put(_yearFirst);
        number.Append(_middle);
        Put(!_yearFirst);
        return number.Append(_tail).ToString();

        void Put(bool isYear) => number.Append(isYear
            ? year.ToString("0000", CultureInfo.InvariantCulture)
            : serial.ToString(CultureInfo.InvariantCulture).PadLeft(_width, '0'));
    }

    /// <summary>Reads a number of this series in its canonical writing; false when it belongs to another one.</summary>
    public bool TryRead(string text, out int year, out int serial)
    {
        (year, serial) = (0, 0);
        if (_reader.Match(text) is not { Success: true } match) return false;
        year = int.Parse(match.Groups["year"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        serial = int.Parse(match.Groups["serial"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return serial is > 0 and <= MaxSerial;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(@"\{year\}")]
    private static partial Regex YearSlot();

    [GeneratedRegex(@"\{serial(:(?<width>0{1,6}))?\}")]
    private static partial Regex SerialSlot();

    [GeneratedRegex(@"\{(body(:(?<width>0{1,6}))?|name)\}")]
    private static partial Regex BodySlot();
}
