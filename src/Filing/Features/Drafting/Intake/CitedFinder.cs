using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>Finds the documents that a text names: 《…》 with or without a number behind it, and numbers that stand alone.</summary>
internal static class CitedFinder
{
    private const int LongestTitle = 200;
    private const int LongestBracket = 80;
    private const int ShortestTitle = 4;
    private const int LongestOpening = 400;

    private static readonly string[] BasisWords = ["根据", "依据", "按照", "依照", "贯彻"];

    /// <summary>Each document once, with its first place; the paper's own titles and short names (以下简称《意见》) are left out.</summary>
    /// <param name="flow">The paper's text after its title.</param>
    /// <param name="own">Keys of the paper's own titles.</param>
    /// <param name="ownNumber">The paper's own number.</param>
    public static IReadOnlyList<Proposed<CitedDocument>> Find(Flow flow, IReadOnlySet<string> own, IssueNumber? ownNumber)
    {
        var text = flow.Text;
        var numbers = IssueNumber.FindAll(text).ToList();
        var (found, byTitle, byNumber, used) = (new List<Proposed<CitedDocument>>(), new Dictionary<string, int>(), new Dictionary<IssueNumber, int>(), new HashSet<int>());
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        var preambleEnd = PreambleEnd(text);
        var next = 0;
        for (var open = text.IndexOf('《', StringComparison.Ordinal); open >= 0; open = open + 1 < text.Length ? text.IndexOf('《', open + 1) : -1)
        {
            if (Close(text, open) is not { } close) continue;
            var title = Tidy(text.AsSpan(open + 1, close - open - 1));
            var (end, bracket) = Bracket(text, close + 1);
            while (next < numbers.Count && numbers[next].Start <= close) next++;
            IssueNumber? number = null;
            if (bracket is not null && next < numbers.Count && numbers[next].Start + numbers[next].Length <= end)
            {
                number = numbers[next].Number;
                used.Add(numbers[next].Start);
            }

            var order = bracket is null || number is not null ? null : Order(bracket);
            var key = PageRows.Key(title);
            if (title.Length >= ShortestTitle && !own.Contains(key))
            {
                var length = (number is null && order is null ? close : end - 1) - open + 1;
                var cited = new CitedDocument(title, number, order, IsBasis(text, open, preambleEnd));
                Add(cited, flow.At(open, length), key);
            }

            open = close;
        }

        foreach (var (start, length, number) in numbers)
        {
            if (used.Contains(start) || number == ownNumber || byNumber.ContainsKey(number)) continue;
            byNumber[number] = found.Count;
            found.Add(new(new(null, number, null, IsBasis(text, start, preambleEnd)), flow.At(start, length), Sureness.Likely, "正文只写了文号，未写标题，请补充标题。"));
        }

        return [.. found.OrderBy(cited => cited.Place.Line).ThenBy(cited => cited.Place.Start)];

        void Add(CitedDocument cited, TextPlace place, string key)
        {
            if (cited.Number is not null && byNumber.ContainsKey(cited.Number)) return;
            if (byTitle.TryGetValue(key, out var index))
            {
                var known = found[index];
                if (known.Value.Number is not null || cited.Number is null) return;
                // Named first without its number: the fuller place is the better one.
                found[index] = known with { Value = cited with { IsBasis = known.Value.IsBasis || cited.IsBasis }, Place = place, Sureness = Sureness.Certain, Remark = Complete };
                byNumber[cited.Number] = index;
                return;
            }

            // 国务院《关于…的意见》 is 《国务院关于…的意见》, named before.
            var about = key.IndexOf("关于", StringComparison.Ordinal);
            if (about == 0 && cited is { Number: null, Order: null } && subjects.Contains(key)) return;
            if (about > 0) subjects.Add(key[about..]);
            byTitle[key] = found.Count;
            if (cited.Number is not null) byNumber[cited.Number] = found.Count;
            var complete = cited.Number is not null || cited.Order is not null;
            found.Add(new(cited, place, complete ? Sureness.Certain : Sureness.Likely, complete ? Complete : "正文只写了标题，未写文号。"));
        }
    }

    private const string Complete = "正文同时写明标题和文号。";

    /// <summary>The bracket that closes a title; titles may hold titles. Null when it is not closed within reach.</summary>
    private static int? Close(string text, int open)
    {
        var (depth, blanks) = (0, 0);
        for (var at = open; at < text.Length && at - open <= LongestTitle; at++)
        {
            if (text[at] == '《') depth++;
            else if (text[at] == '》' && --depth == 0) return at;
            else if (text[at] == '\n' && ++blanks > 4) return null;
            else if (text[at] == '。') return null;
        }

        return null;
    }

    private static (int End, string? Content) Bracket(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (at == text.Length || text[at] is not ('（' or '(')) return (at, null);
        var depth = 0;
        for (var i = at; i < text.Length && i - at <= LongestBracket; i++)
        {
            depth += text[i] is '（' or '(' ? 1 : text[i] is '）' or ')' ? -1 : 0;
            if (depth == 0) return (i + 1, text[(at + 1)..i]);
        }

        return (at, null);
    }

    /// <summary>国务院令第492号, blanks taken out.</summary>
    private static string? Order(string bracket)
    {
        var squeezed = PageRows.Squeezed(bracket);
        var (at, end) = (squeezed.IndexOf("令第", StringComparison.Ordinal), squeezed.IndexOf('号', StringComparison.Ordinal));
        return at >= 0 && end > at + 2 && end - at < 12 ? squeezed[..(end + 1)] : null;
    }

    private static string Tidy(ReadOnlySpan<char> title)
    {
        var lines = title.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', string.Concat(lines).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The opening ends at the first numbered part.</summary>
    private static int PreambleEnd(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            if (LabelAt(text, start, end) is not null) return start;
            start = end + 1;
        }

        return text.Length;
    }

    private static (OutlineLevel Level, int Number, int Length)? LabelAt(string text, int start, int end) =>
        Outline.LabelOf(text.AsSpan(start, Math.Min(end - start, 40)).ToString());

    private static bool IsBasis(string text, int at, int preambleEnd)
    {
        // 第一条 states aim and basis.
        if (at >= preambleEnd)
        {
            var start = Math.Max(0, at - LongestOpening);
            var line = text.AsSpan(start, at - start).LastIndexOf('\n');
            if ((line < 0 && start > 0) || LabelAt(text, start + line + 1, at) is not { Level: OutlineLevel.Article, Number: 1 }) return false;
        }

        var sentence = Math.Max(0, at - LongestOpening);
        var stop = text.AsSpan(sentence, at - sentence).LastIndexOf('。');
        var before = text.AsSpan(sentence + stop + 1, at - sentence - stop - 1);
        foreach (var word in BasisWords)
            if (before.Contains(word, StringComparison.Ordinal)) return true;
        return false;
    }
}
