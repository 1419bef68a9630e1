using System.Text.RegularExpressions;

namespace Filing.Domain;

/// <summary>
/// The named slots of an official text: what is filled in after approval or belongs to the page, and so lies outside the approved body
/// (GB/T 9704-2012 §7.2.5, §7.3.5, §7.4). A slot is a line of its own; words inside a sentence are never one.
/// </summary>
public static partial class TextSlot
{
    /// <summary>发文字号, as a line in the head: filled (郴政发〔2013〕2号) or still open (郴政发〔2013〕 号, 郴政发〔××××〕××号). At most one.</summary>
    public const string IssueNumber = "issue-number";

    /// <summary>统一登记号, as a line in the head (CZCR-2013-00002, with or without its label) or, with its label, near the end. At most one.</summary>
    public const string RegistrationNumber = "registration-number";

    /// <summary>成文日期: the first line that is only a date, open ones (2013年 月 日) too, and stands right after a short line such as the body's name. At most one.</summary>
    public const string Date = "date";

    /// <summary>The place of the seal: （盖章）, （印章）, （公章） as a line, or at the end of a short line.</summary>
    public const string Seal = "seal";

    /// <summary>印发机关和印发日期 near the end, dated or still open, and 共印若干份.</summary>
    public const string Printing = "printing";

    /// <summary>Page numbers: — 3 —, -3-, 第3页, 第 3 页 共 9 页.</summary>
    public const string Page = "page";

    /// <summary>How many lines at the start can be the head.</summary>
    private const int HeadLines = 12;

    private const int ShortLine = 40;

    /// <summary>Takes the slots out of canonical lines and returns the others, in order.</summary>
    internal static List<string> Take(List<string> lines, SortedDictionary<string, List<string>> slots)
    {
        var body = new List<string>(lines.Count);
        var (head, issued, registered, dated) = (true, false, false, slots.ContainsKey(Date));
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            head = head && index < HeadLines && !EndsSentence(line);
            if (PageLine().IsMatch(line))
                Put(Page, line);
            else if (index >= lines.Count - HeadLines && PrintingLine().IsMatch(line))
                Put(Printing, line);
            else if (SealLine().IsMatch(line))
                Put(Seal, line);
            else if (head && !issued && IssueLine().IsMatch(line))
                (issued, _) = (true, Put(IssueNumber, line));
            else if (!registered && (RegistrationLabel().IsMatch(line) ? head || index >= lines.Count - HeadLines : head && RegistrationLine().IsMatch(line)))
                (registered, _) = (true, Put(RegistrationNumber, line));
            else if (!dated && DateLine().IsMatch(line) && body.Count > 0 && body[^1].Length <= ShortLine && !EndsSentence(body[^1]))
                (dated, _) = (true, Put(Date, line));
            else if (line.Length <= ShortLine && SealEnd().Match(line) is { Success: true } seal)
                body.Add(Put(Seal, seal.Value) ? line[..seal.Index] : line);
            else
                body.Add(line);
        }

        return body;

        bool Put(string slot, string text)
        {
            if (!slots.TryGetValue(slot, out var found))
                slots[slot] = found = [];
            found.Add(text);
            return true;
        }
    }

    private static bool EndsSentence(string line) => line[^1] is '。' or '；' or '！' or '？' or '：' or '，' or '、';

    private const string Open = "[ 0-9０-９×✕XxＸ_＿□○〇*＊…]*";

    private const string Dash = "[-‐‑–—―−－─~]";

    [GeneratedRegex($"^{Dash}+ ?[0-9０-９]{{1,4}} ?{Dash}+$|^第[0-9０-９]{{1,4}}页([，,/／]?共[0-9０-９]{{1,4}}页)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PageLine();

    [GeneratedRegex($"^([^。；]{{0,40}}(府|办公室|办公厅|[厅局委会部院处办]))?{Open}年{Open}月{Open}日印发$|^[(（]?共印{Open}份[)）]?$", RegexOptions.CultureInvariant)]
    private static partial Regex PrintingLine();

    [GeneratedRegex(@"^[(（\[【〔]?(盖章|印章|公章|加盖公章|章|印)[)）\]】〕]$", RegexOptions.CultureInvariant)]
    private static partial Regex SealLine();

    [GeneratedRegex(@"[(（\[【〔](盖章|印章|公章|加盖公章|章|印)[)）\]】〕]$", RegexOptions.CultureInvariant)]
    private static partial Regex SealEnd();

    [GeneratedRegex($"^((发文字号|文号)[:：])?[\\p{{IsCJKUnifiedIdeographs}}\\p{{IsCJKUnifiedIdeographsExtensionA}}\\ud840-\\udfff]{{1,28}}[(（\\[［【〔〈]{Open}年?[)）\\]］】〕〉]第?{Open}号$", RegexOptions.CultureInvariant)]
    private static partial Regex IssueLine();

    [GeneratedRegex($"^(统一)?登记(编)?号[:：]([A-Za-zＡ-Ｚａ-ｚ]{{2,8}}[0-9０-９]{{0,4}} ?{Dash}+ ?{Open} ?{Dash}* ?{Open})?号?$", RegexOptions.CultureInvariant)]
    private static partial Regex RegistrationLabel();

    [GeneratedRegex($"^[A-ZＡ-Ｚ]{{2,8}}[0-9０-９]{{0,4}} ?{Dash}+ ?[0-9０-９]{{4}} ?{Dash}+ ?{Open}$", RegexOptions.CultureInvariant)]
    private static partial Regex RegistrationLine();

    [GeneratedRegex("^[0-9０-９一二三四五六七八九○〇零OＯ×✕XxＸ]{0,4} ?年 ?[0-9０-９一二三四五六七八九十×✕XxＸ]{0,3} ?月 ?[0-9０-９一二三四五六七八九十廿卅×✕XxＸ]{0,3} ?日$", RegexOptions.CultureInvariant)]
    private static partial Regex DateLine();
}
