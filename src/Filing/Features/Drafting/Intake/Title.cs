using System.Buffers;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>A title as it stands on the page, over one row or several.</summary>
/// <param name="First">The index of its first row, organs before it not included.</param>
/// <param name="Last">The index of its last row.</param>
/// <param name="Text">From 关于 on, without blanks.</param>
/// <param name="Place">The place of that text.</param>
/// <param name="Prefix">Organs in the same row before it.</param>
/// <param name="PrefixText">What stands before it in the same row.</param>
/// <param name="Number">An issue number in the same rows, and its place.</param>
internal sealed record Title(
    int First, int Last, string Text, TextPlace Place, IReadOnlyList<Proposed<BodyName>> Prefix, string PrefixText, (TextPlace Place, IssueNumber Number)? Number)
{
    /// <summary>文种, the word that the title ends with.</summary>
    public string Genre => Genres.Of(Text)!;

    /// <summary>The title of the paper that is printed or passed on; null when it is no such title.</summary>
    public string? Enclosed
    {
        get
        {
            if (Genres.PassingOn(Text) is not { } at) return null;
            var rest = Text[at..];
            var quoted = rest.IndexOf('《', StringComparison.Ordinal);
            var close = rest.LastIndexOf('》');
            if (quoted >= 0 && close > quoted) return rest[(quoted + 1)..close];
            var end = rest.LastIndexOf('的');
            return end > 0 ? rest[..end] : null;
        }
    }
}

/// <summary>The words that a title of an official paper ends with.</summary>
internal static class Genres
{
    /// <summary>The fifteen kinds of 党政机关公文处理工作条例 Art 8.</summary>
    private static readonly string[] Official =
        ["决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "纪要", "令", "函"];

    /// <summary>What a paper that is printed by a notice is called.</summary>
    private static readonly string[] Contents =
    [
        "实施细则", "细则", "办法", "规定", "规则", "规程", "规范", "条例", "方案", "要点", "规划", "纲要", "计划", "安排", "措施", "预案", "制度", "标准", "基准", "章程", "准则",
        "目录", "清单", "指引", "指南", "政策", "意见书", "分工",
    ];

    private static readonly string[] Passing = ["关于印发", "关于转发", "关于批转", "关于公布", "关于发布", "印发", "转发", "批转"];

    private static readonly string[] PassingGenres = ["通知", "通告", "公告", "通报", "决定", "函", "令"];

    /// <summary>The word a text ends with, remarks in brackets (试行) not counted; null when it is none of them.</summary>
    public static string? Of(string text)
    {
        var bare = Bare(text);
        foreach (var list in new[] { Official, Contents })
            foreach (var genre in list)
                if (bare.EndsWith(genre, StringComparison.Ordinal) && bare.Length > genre.Length) return genre;
        return null;
    }

    /// <summary>True when the text begins with a word that a paper is called by.</summary>
    public static bool StartsWithGenre(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("工作")) text = text[2..];
        foreach (var list in new[] { Official, Contents })
            foreach (var genre in list)
                if (text.StartsWith(genre, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>True when the word is one of the fifteen official kinds.</summary>
    public static bool IsOfficial(string genre) => Array.IndexOf(Official, genre) >= 0;

    /// <summary>Where what is passed on begins in a title that prints or passes on; null for other titles.</summary>
    public static int? PassingOn(string text)
    {
        foreach (var word in Passing)
            if (text.StartsWith(word, StringComparison.Ordinal)) return word.Length;
        return null;
    }

    /// <summary>True when the text is a whole title: it ends in a kind of paper, its brackets are closed, and what prints another ends as a notice.</summary>
    public static bool Completes(string text)
    {
        if (Of(text) is not { } genre) return false;
        var open = 0;
        foreach (var c in text) open += c is '《' or '（' or '(' ? 1 : c is '》' or '）' or ')' ? -1 : 0;
        return open == 0 && (PassingOn(text) is null || Array.IndexOf(PassingGenres, genre) >= 0);
    }

    /// <summary>The text without remarks in brackets at its end.</summary>
    public static string Bare(string text)
    {
        var bare = text;
        while (bare.Length > 0 && bare[^1] is '）' or ')')
        {
            var open = bare.LastIndexOfAny(['（', '(']);
            if (open < 0 || bare.Length - open > 40) break;
            bare = bare[..open];
        }

        return bare;
    }
}

/// <summary>Finds titles among rows.</summary>
internal static class TitleFinder
{
    private const int MostRows = 6;
    private const int LongestTitle = 400;

    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create("。；：:;");

    private static readonly string[] Beginnings = ["关于", "印发", "转发", "批转"];

    /// <summary>The title that begins in that row; null when none does.</summary>
    public static Title? At(IReadOnlyList<PageRow> rows, int index)
    {
        if (rows[index].Kind != RowKind.Text) return null;
        var first = rows[index];
        if (first.Text.Length > LongestTitle || Begin(rows, index) is not { } begin) return null;
        Title? best = null;
        var (joined, count) = (PageRows.Squeezed(first.Text.AsSpan(begin.Start)), 1);
        for (var last = index; ;)
        {
            var (bare, inTitle) = TakeNumber(rows[last], joined);
            if (Genres.Completes(bare)) best = Make(rows, index, begin, last, bare, inTitle ?? begin.Number);
            var next = NextRow(rows, last, best is null);
            if (next is not { } at || ++count > MostRows) return best;
            var text = rows[at].Text;
            if (text.Length > LongestTitle || text.AsSpan().IndexOfAny(SentenceMarks) >= 0 || joined.Length + text.Length > LongestTitle) return best;
            if (best is not null && !Continues(text)) return best;
            (joined, last) = (joined + PageRows.Squeezed(text), at);
        }
    }

    /// <summary>
    /// The title of a draft without organs and without 关于, e.g. 江门市环卫管理暂行办法（送审稿）: a short row that ends in a kind of
    /// paper.
    /// </summary>
    public static Title? Plain(IReadOnlyList<PageRow> rows, int index)
    {
        var row = rows[index];
        if (row.Kind != RowKind.Text || row.Text.Length is < 5 or > 80 || row.Text.AsSpan().IndexOfAny(SentenceMarks) >= 0 || row.Text.AsSpan().IndexOfAny('，', ',') >= 0) return null;
        var text = PageRows.Squeezed(row.Text);
        return Genres.Completes(text) && Outline.LabelOf(row.Text) is null ? new Title(index, index, text, row.Whole, [], "", null) : null;
    }

    /// <summary>Where the title begins, what organs and number stand before it.</summary>
    private static (int Start, IReadOnlyList<Proposed<BodyName>> Bodies, (TextPlace, IssueNumber)? Number)? Begin(IReadOnlyList<PageRow> rows, int index)
    {
        var row = rows[index];
        var (numbered, number) = (0, ((TextPlace, IssueNumber)?)null);
        foreach (var (start, length, found) in IssueNumber.FindAll(row.Text))
        {
            if (start == 0) (numbered, number) = (length, (row.At(0, length), found));
            break;
        }

        foreach (var word in Beginnings)
        {
            var at = row.Text.IndexOf(word, StringComparison.Ordinal);
            if (at < numbered) continue;
            var prefix = row.Text[numbered..at];
            var blank = string.IsNullOrWhiteSpace(prefix);
            // 印发《…》的通知 is a title only below the organs that print it.
            if (blank && word != "关于" && !BodiesAbove(rows, index)) continue;
            if (blank || IsPlace(prefix)) return (at, [], number);
            if (BodyNames.Parse(prefix) is { Count: > 0 } bodies)
                return (at, [.. bodies.Select(body => new Proposed<BodyName>(body.Body, row.At(numbered + body.Start, body.Length), Sureness.Likely, "取自标题中的发文机关名称。"))], number);
        }

        return null;
    }

    private static bool IsPlace(string prefix)
    {
        var name = prefix.AsSpan().Trim();
        return name.Length is >= 2 and <= 12 && "省市县区州盟旗镇乡".Contains(name[^1], StringComparison.Ordinal);
    }

    private static bool BodiesAbove(IReadOnlyList<PageRow> rows, int index)
    {
        for (var above = index - 1; above >= 0 && above >= index - 3; above--)
            if (rows[above].Kind is not (RowKind.Blank or RowKind.Rule)) return rows[above].Kind is RowKind.Bodies;
        return false;
    }

    /// <summary>The next row that may belong to the title; over one blank row only while the title is not whole.</summary>
    private static int? NextRow(IReadOnlyList<PageRow> rows, int last, bool open)
    {
        var next = last + 1;
        if (open && next < rows.Count && rows[next].Kind == RowKind.Blank) next++;
        return next < rows.Count && rows[next].Kind == RowKind.Text ? next : null;
    }

    /// <summary>A row right below a whole title that still belongs to it: …方案 / 的通知.</summary>
    private static bool Continues(string text) =>
        text.Length <= 40 && !text.StartsWith("关于", StringComparison.Ordinal) && Genres.Of(PageRows.Squeezed(text)) is { } genre && Genres.IsOfficial(genre)
        && (text.StartsWith('的') || PageRows.Squeezed(text).Contains("的" + genre, StringComparison.Ordinal));

    private static (string Bare, (TextPlace, IssueNumber)? Number) TakeNumber(PageRow row, string joined)
    {
        if (joined.Length == 0 || joined[^1] is not ('）' or ')')) return (joined, null);
        foreach (var (start, length, number) in IssueNumber.FindAll(row.Text))
        {
            var squeezed = PageRows.Squeezed(row.Text.AsSpan(start, length));
            var bare = joined.Length - squeezed.Length - 2;
            if (bare > 0 && joined[bare] is '（' or '(' && joined.AsSpan(bare + 1).StartsWith(squeezed)) return (joined[..bare], (row.At(start, length), number));
        }

        return (joined, null);
    }

    private static Title Make(
        IReadOnlyList<PageRow> rows, int index, (int Start, IReadOnlyList<Proposed<BodyName>> Bodies, (TextPlace, IssueNumber)? Number) begin, int last, string text,
        (TextPlace, IssueNumber)? number)
    {
        var end = rows[last].Text.Length;
        // A number in brackets behind the title is not part of it.
        if (number is var (place, _) && place.Line == rows[last].Line && place.Start > rows[last].Start + (last == index ? begin.Start : 0))
        {
            end = place.Start - rows[last].Start;
            while (end > 0 && (rows[last].Text[end - 1] is '(' or '（' || char.IsWhiteSpace(rows[last].Text[end - 1]))) end--;
        }

        var prefix = PageRows.Squeezed(rows[index].Text.AsSpan(0, begin.Start));
        return new Title(index, last, text, Flow.Span(rows, index, begin.Start, last, end), begin.Bodies, prefix, number);
    }
}
