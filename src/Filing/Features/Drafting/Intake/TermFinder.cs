using System.Globalization;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>Finds what a paper says about its own force and validity.</summary>
internal static class TermFinder
{
    private const int Reach = 60;
    private const int MostClauses = 50;

    private static readonly string[] Issue = ["印发之日", "发布之日", "公布之日", "发文之日", "下发之日", "颁布之日", "通过之日"];
    private static readonly (string Link, string Word)[] Links =
    [
        .. from word in (string[])["施行", "实施", "执行", "生效"]
           from link in (string[])["起", "起正式", "起开始", "日后", "日后正式"]
           select (link, word),
    ];

    /// <summary>The clauses in the order of the text. Clauses about other papers are passed over.</summary>
    public static IReadOnlyList<Proposed<TermClause>> Find(Flow flow)
    {
        var found = new List<Proposed<TermClause>>();
        foreach (var (start, end) in Sentences(flow.Text))
        {
            var sentence = flow.Text.AsSpan(start, end - start);
            if (!SpeaksOfItself(sentence)) continue;
            if (found.Count >= MostClauses) break;
            FindForce(flow, start, end, found);
            FindValidity(flow, start, end, found);
        }

        return found;
    }

    private static void FindForce(Flow flow, int start, int end, List<Proposed<TermClause>> found)
    {
        var text = flow.Text.AsSpan(start, end - start);
        var from = text.IndexOf('自');
        if (from < 0) return;
        foreach (var (link, word) in Links)
        {
            var at = text[from..].IndexOf(link + word, StringComparison.Ordinal);
            if (at < 0 || at > Reach) continue;
            var clause = text.Slice(from, at);
            var place = flow.At(start + from, at + link.Length + word.Length);
            foreach (var (_, _, date) in ChineseDate.FindAll(clause.ToString() + "日"))
            {
                found.Add(new(new(TermClauseKind.FromDate, null, date), place, Sureness.Certain, "正文写明施行日期。"));
                return;
            }

            foreach (var issue in Issue)
            {
                if (!clause.Contains(issue, StringComparison.Ordinal)) continue;
                var days = Figure(clause[(clause.IndexOf(issue, StringComparison.Ordinal) + issue.Length)..]);
                found.Add(days is { } n
                    ? new(new(TermClauseKind.DaysAfterIssue, n, null), place, Sureness.Certain, string.Create(CultureInfo.InvariantCulture, $"自印发（公布）之日起 {n} 日后施行。"))
                    : new(new(TermClauseKind.FromIssue, null, null), place, Sureness.Certain, "自印发（公布）之日起施行，施行日期随印发（公布）日期确定。"));
                return;
            }
        }
    }

    private static void FindValidity(Flow flow, int start, int end, List<Proposed<TermClause>> found)
    {
        var text = flow.Text.AsSpan(start, end - start);
        if (text.IndexOf("长期有效", StringComparison.Ordinal) is var always and >= 0)
            found.Add(new(new(TermClauseKind.LongTerm, null, null), flow.At(start + always, 4), Sureness.Certain, "正文写明长期有效。"));
        foreach (var word in (string[])["有效期", "有效期限", "执行期限", "试行期", "有效至", "执行至"])
        {
            var at = text.IndexOf(word, StringComparison.Ordinal);
            if (at < 0) continue;
            var rest = text.Slice(at + word.Length, Math.Min(Reach, text.Length - at - word.Length)).ToString();
            var comma = rest.AsSpan().IndexOfAny("，,；;");
            if (comma >= 0) rest = rest[..comma];
            var last = ChineseDate.FindAll(rest).LastOrDefault();
            if (last.Length > 0 && (rest.Contains('至', StringComparison.Ordinal) || rest.Contains('止', StringComparison.Ordinal) || word.EndsWith('至') || rest.TrimStart().StartsWith('：')))
            {
                found.Add(new(new(TermClauseKind.UntilDate, null, last.Date), flow.At(start + at, word.Length + last.Start + last.Length), Sureness.Certain, "正文写明有效期届满日期。"));
                return;
            }

            var year = rest.IndexOf('年', StringComparison.Ordinal);
            if (year > 0 && year <= 8 && Figure(rest.AsSpan(0, year)) is { } years and <= 50)
            {
                found.Add(new(new(TermClauseKind.Years, years, null), flow.At(start + at, word.Length + year + 1), Sureness.Certain, "正文写明有效期年数。"));
                return;
            }
        }
    }

    /// <summary>The sentence is about this paper: 本意见, 本通知 …, or begins with 自, or with 有效期.</summary>
    private static bool SpeaksOfItself(ReadOnlySpan<char> sentence)
    {
        var text = sentence.TrimStart();
        if (text.StartsWith("自") || text.StartsWith("有效期") || text.Contains("本文件", StringComparison.Ordinal)) return true;
        for (var at = text.IndexOf('本'); at >= 0 && at + 2 < text.Length;)
        {
            var rest = text[(at + 1)..];
            var named = rest.StartsWith("《") ? rest[1..] : rest;
            if (Genres.StartsWithGenre(named)) return true;
            var next = rest.IndexOf('本');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    /// <summary>The first number in a text, in figures or Chinese numerals; null when there is none.</summary>
    private static int? Figure(ReadOnlySpan<char> text)
    {
        var figures = text.ToString();
        for (var at = 0; at < figures.Length; at++)
        {
            var from = at;
            if (ChineseNumeral.TryRead(figures, ref from, out var number)) return number;
        }

        return null;
    }

    private static IEnumerable<(int Start, int End)> Sentences(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            // A sentence ends with a stop or a blank line, not with a line: lines of a PDF break anywhere.
            var ends = at == text.Length || text[at] is '。' or '；' or ';' || (text[at] == '\n' && at + 1 < text.Length && text[at + 1] == '\n');
            if (!ends) continue;
            if (at > start) yield return (start, at);
            start = at + 1;
        }
    }
}
