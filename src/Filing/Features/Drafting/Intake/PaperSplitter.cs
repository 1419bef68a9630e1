using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>Parts a page into the papers on it. A paper begins with a head: a title with a number, organs above it, or receivers below it.</summary>
internal static class PaperSplitter
{
    private const int LeastContent = 10;
    private const int MostContents = 300;
    private const int MostPageHead = 50;
    private const int MostHeadRows = 60;

    /// <summary>The papers in order; none when the page says nothing.</summary>
    public static IReadOnlyList<Paper> Split(IReadOnlyList<PageRow> rows)
    {
        if (rows.All(row => row.Kind is RowKind.Blank or RowKind.Rule)) return [];
        var hasContents = MarkContents(rows);
        var titles = Titles(rows);
        var heads = Enumerable.Range(0, titles.Count).Where(i => IsHead(rows, titles[i], i + 1 < titles.Count ? titles[i + 1].First : rows.Count)).ToList();
        if (heads.Count == 0 && titles.Count > 0) heads.Add(0);
        var site = SiteCode(rows);
        if (heads.Count == 0) return [Untitled(rows) with { SiteCode = site }];

        var papers = new List<Paper>();
        var several = heads.Count > 1 || hasContents;
        IReadOnlyList<PageRow> pageHead = [];
        for (var i = 0; i < heads.Count; i++)
        {
            var head = titles[heads[i]];
            Title? headline = null;
            for (var before = heads[i] - 1; before > (i == 0 ? -1 : heads[i - 1]) && headline is null; before--)
                if (IsHeadlineOf(titles[before], head)) headline = titles[before];
            var (first, bodies, number) = Above(rows, head);
            var (bodyFirst, below) = Below(rows, head);
            if (headline is not null) first = Math.Min(first, headline.First);
            if (i == 0 && several) pageHead = [.. rows.Take(first).Where(row => row.Kind is RowKind.Clutter or RowKind.Fields).Take(MostPageHead)];
            if (i > 0) papers[i - 1] = papers[i - 1] with { Last = first - 1 };
            papers.Add(new Paper(rows, several ? first : 0, rows.Count - 1, head, headline, head.Number ?? number ?? below ?? headline?.Number, bodies)
            {
                BodyFirst = bodyFirst,
                PageHead = pageHead,
                SiteCode = site,
            });
        }

        return papers;
    }

    /// <summary>All titles, without the ones of enclosed papers and the ones that a web page repeats above the paper.</summary>
    private static List<Title> Titles(IReadOnlyList<PageRow> rows)
    {
        var titles = new List<Title>();
        string? enclosed = null;
        for (var i = 0; i < rows.Count; i++)
        {
            if (TitleFinder.At(rows, i) is not { } title) continue;
            i = title.Last;
            if (enclosed is not null && PageRows.Key(title.PrefixText + title.Text).EndsWith(enclosed, StringComparison.Ordinal)) continue;
            titles.Add(title);
            enclosed = title.Enclosed is { } inner ? PageRows.Key(inner) : null;
        }

        return titles;
    }

    private static bool IsHeadlineOf(Title early, Title head) =>
        PageRows.Key(early.Text) == PageRows.Key(head.Text)
        || (early.Number is var (_, number) && head.Number is var (_, same) && number == same)
        || (head.Enclosed is { } enclosed && PageRows.Key(enclosed) == PageRows.Key(early.Text));

    private static bool IsHead(IReadOnlyList<PageRow> rows, Title title, int nextTitle)
    {
        var content = false;
        for (var i = title.Last + 1; i < nextTitle && !content; i++) content = rows[i].Kind == RowKind.Text && rows[i].Text.Length >= LeastContent;
        if (!content) return false;
        var (_, bodies, above) = Above(rows, title);
        return title.Number is not null || title.Prefix.Count > 0 || bodies.Count > 0 || above is not null || Below(rows, title).Number is not null
            || ReceiverFinder.Find(rows, title.Last + 1, rows.Count - 1) is not null;
    }

    /// <summary>The rows above a title that belong to its head, with the organs and the number in them.</summary>
    private static (int First, IReadOnlyList<Proposed<BodyName>> Bodies, (TextPlace, IssueNumber)? Number) Above(IReadOnlyList<PageRow> rows, Title title)
    {
        var (first, blanks, bodies, number) = (title.First, 0, new List<Proposed<BodyName>>(), ((TextPlace, IssueNumber)?)null);
        for (var i = title.First - 1; i >= 0 && title.First - i <= MostHeadRows; i--)
        {
            var row = rows[i];
            if (row.Kind == RowKind.Blank)
            {
                if (++blanks > 3) break;
                continue;
            }

            if (row.Kind == RowKind.Rule) continue;
            // Organs that stand apart sign the paper above.
            if (row.Kind == RowKind.Bodies && blanks > 1) break;
            if (row.Kind is not (RowKind.Bodies or RowKind.Letterhead or RowKind.Number)) break;
            if (row.Number is var (start, length, found)) number ??= (row.At(start, length), found);
            var remark = row.Kind == RowKind.Letterhead ? "取自发文机关标志。" : "取自标题上方的发文机关名称。";
            bodies.InsertRange(0, row.Bodies.Select(body => new Proposed<BodyName>(
                body.Body, row.At(body.Start, body.Length), row.Kind == RowKind.Letterhead ? Sureness.Certain : Sureness.Likely, remark)));
            (first, blanks) = (i, 0);
        }

        return (first, bodies, number);
    }

    /// <summary>The first row after the title's own, and the number between.</summary>
    private static (int BodyFirst, (TextPlace, IssueNumber)? Number) Below(IReadOnlyList<PageRow> rows, Title title)
    {
        for (var i = title.Last + 1; i < rows.Count && i <= title.Last + 4; i++)
        {
            if (rows[i].Kind is RowKind.Blank or RowKind.Rule) continue;
            if (rows[i].Number is var (start, length, number)) return (i + 1, (rows[i].At(start, length), number));
            break;
        }

        return (title.Last + 1, null);
    }

    private static Paper Untitled(IReadOnlyList<PageRow> rows)
    {
        Title? title = null;
        for (var i = 0; i < rows.Count && title is null; i++)
        {
            title = TitleFinder.Plain(rows, i);
            // The title of a draft stands above its text.
            if (rows[i].Kind == RowKind.Text && rows[i].Text.Length > 80) break;
        }

        if (title is null) return new Paper(rows, 0, rows.Count - 1, null, null, FirstNumber(rows), []);
        var (_, bodies, number) = Above(rows, title);
        var (bodyFirst, below) = Below(rows, title);
        return new Paper(rows, 0, rows.Count - 1, title, null, number ?? below, bodies) { BodyFirst = bodyFirst };
    }

    /// <summary>The site's code at the foot of the page; it begins with the code of the region.</summary>
    private static TextPlace? SiteCode(IReadOnlyList<PageRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Kind != RowKind.Clutter || !row.Text.StartsWith("网站标识码", StringComparison.Ordinal)) continue;
            var start = row.Text.AsSpan().IndexOfAnyInRange('0', '9');
            if (start >= 0 && row.Text.Length - start >= 6 && row.Text.AsSpan(start, 6).IndexOfAnyExceptInRange('0', '9') < 0) return row.At(start, row.Text.Length - start);
        }

        return null;
    }

    private static (TextPlace, IssueNumber)? FirstNumber(IReadOnlyList<PageRow> rows)
    {
        foreach (var row in rows)
            if (row.Number is var (start, length, number)) return (row.At(start, length), number);
        return null;
    }

    /// <summary>Marks the entries below the word 目录, so that they are taken for no papers. True when there is a table of contents.</summary>
    public static bool MarkContents(IReadOnlyList<PageRow> rows)
    {
        var at = 0;
        while (at < rows.Count && rows[at].Kind != RowKind.Contents) at++;
        if (at == rows.Count) return false;
        var (entries, numbered) = (new HashSet<string>(StringComparer.Ordinal), (bool?)null);
        for (at++; at < rows.Count && entries.Count < MostContents; at++)
        {
            var row = rows[at];
            if (row.Kind is RowKind.Blank or RowKind.Rule) continue;
            var label = Outline.LabelOf(row.Text);
            var text = label is { } l ? row.Text[l.Length..] : row.Text;
            var paged = text.TrimEnd().TrimEnd("0123456789".ToCharArray());
            var hasPage = paged.Length < text.TrimEnd().Length && paged.TrimEnd() is [.., '.' or '…' or '·' or '\t' or '　'];
            if (hasPage) text = paged.TrimEnd('.', '…', '·', ' ', '\t', '　');
            if (row.Kind != RowKind.Text || (numbered ?? label is not null) != (label is not null)) break;
            if (!hasPage && Genres.Of(PageRows.Squeezed(text)) is null) break;
            if (!entries.Add(PageRows.Key(text))) break;
            numbered = label is not null;
            row.Kind = RowKind.Contents;
        }

        return entries.Count > 0;
    }
}
