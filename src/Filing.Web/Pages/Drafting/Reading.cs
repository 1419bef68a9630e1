using Filing.Domain;
using Filing.Features.Drafting.Intake;

namespace Filing.Web.Pages.Drafting;

/// <summary>A place of the text that says something, under a key by which the field beside it finds it.</summary>
/// <param name="Key">Also the id of its mark, after <c>m-</c>.</param>
/// <param name="What">What it says, in Chinese.</param>
/// <param name="Value">The value that was read.</param>
/// <param name="Place">Where.</param>
/// <param name="Sureness">How sure.</param>
/// <param name="Remark">How it was read, and what to look at.</param>
public sealed record Found(string Key, string What, string Value, TextPlace Place, Sureness Sureness, string Remark);

/// <summary>A stretch of a line.</summary>
/// <param name="Text">The text.</param>
/// <param name="Marks">What it is part of; none for plain text.</param>
/// <param name="Begins">The keys of marks that begin here.</param>
public sealed record Stretch(string Text, IReadOnlyList<Found> Marks, IReadOnlyList<string> Begins);

/// <summary>A line of the text with its marks.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Submitted">False for a line around the paper, which is not submitted with it.</param>
/// <param name="Stretches">Its stretches.</param>
public sealed record MarkedLine(int Number, bool Submitted, IReadOnlyList<Stretch> Stretches);

/// <summary>What was read from an upload: the papers in it, and of the chosen one the text with every place that says something.</summary>
public sealed class Reading
{
    private readonly ReadDocument _document;
    private readonly bool _whole;

    /// <summary>A reading.</summary>
    /// <param name="document">What was read.</param>
    /// <param name="paper">Which of several papers, from 0; null while that is not chosen.</param>
    /// <param name="whole">True for a text that a person has put right: every line of it belongs to the paper.</param>
    public Reading(ReadDocument document, int? paper, bool whole)
    {
        (_document, _whole) = (document, whole);
        Papers = DraftProposals.Read(document);
        Paper = Papers.Count == 1 ? Papers[0] : paper is { } index && index >= 0 && index < Papers.Count ? Papers[index] : null;
        Finds = Paper is null ? [] : [.. FindsOf(Paper)];
        var body = Paper is null || whole ? null : PaperText.Of(document, Paper);
        Text = body?.Text ?? document.FullText;
        Lines = Paper is null ? [] : Mark(body);
    }

    /// <summary>The papers.</summary>
    public IReadOnlyList<DocumentProposal> Papers { get; }

    /// <summary>The chosen paper; null while it is to be chosen, or when the text says nothing.</summary>
    public DocumentProposal? Paper { get; }

    /// <summary>What is to be submitted.</summary>
    public string Text { get; }

    /// <summary>The lines of the chosen paper.</summary>
    public IReadOnlyList<MarkedLine> Lines { get; }

    /// <summary>What was found, in the order of the fields.</summary>
    public IReadOnlyList<Found> Finds { get; }

    /// <summary>What was strange about the file.</summary>
    public IReadOnlyList<ReadWarning> Warnings => _document.Warnings;

    /// <summary>What was found under a key; null when nothing was.</summary>
    public Found? Of(string key) => Finds.FirstOrDefault(f => f.Key == key);

    /// <summary>Everything found whose key begins so.</summary>
    public IEnumerable<Found> Under(string prefix) => Finds.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal));

    private static IEnumerable<Found> FindsOf(DocumentProposal paper)
    {
        Found Make<T>(string key, string what, string value, Proposed<T> p) => new(key, what, value, p.Place, p.Sureness, p.Remark);

        if (paper.Title is { } title) yield return Make("title", "标题", title.Value, title);
        if (paper.Enclosed is { } enclosed) yield return Make("enclosed", "所印发的文件", enclosed.Value, enclosed);
        foreach (var (i, body) in paper.Bodies.Index()) yield return Make($"body-{i}", "制发机关", body.Value.Name, body);
        if (paper.Kind is { } kind) yield return Make("kind", "文件种类", IntakeWords.Of(kind.Value), kind);
        if (paper.Number is { } number) yield return Make("number", "发文字号", number.Value.ToString(), number);
        foreach (var (i, other) in paper.OtherNumbers.Index()) yield return Make($"other-{i}", IntakeWords.Of(other.Value.Kind), other.Value.Text, other);
        foreach (var (i, date) in paper.Dates.Where(d => d.Value.Kind != PaperDateKind.Unclear).Index()) yield return Make($"date-{i}", IntakeWords.Of(date.Value.Kind), ChineseDate.Format(date.Value.Date), date);
        foreach (var (i, cited) in paper.Cited.Index()) yield return Make($"cited-{i}", cited.Value.IsBasis ? "制定依据" : "引用文件", IntakeWords.Of(cited.Value).ToString(), cited);
        foreach (var (i, term) in paper.Terms.Index()) yield return Make($"term-{i}", "施行与有效期", term.Place.Quote, term);
        if (paper.Disclosure is { } disclosure) yield return Make("disclosure", "公开方式", disclosure.Value, disclosure);
        yield return new("scope", "是否属于本登记范围", IntakeWords.Of(paper.Scope.Value), paper.Scope.Place, paper.Scope.Sureness, paper.Scope.Remark);
        foreach (var (i, finding) in paper.Findings.Index())
        {
            yield return new($"finding-{i}", finding.Message, finding.First.Quote, finding.First, Sureness.Certain, finding.Message);
            if (finding.Second is { } second) yield return new($"finding-{i}-b", finding.Message, second.Quote, second, Sureness.Certain, finding.Message);
        }
    }

    private MarkedLine[] Mark(PaperText? body)
    {
        // Scope repeats the place of another mark; it has a link of its own to that one.
        var marks = Finds.Where(f => f.Key is not ("scope" or "kind") && f.Place.Length > 0).SelectMany(f => Pieces(f).Select(p => (p.Line, p.Start, p.End, Found: f, p.First))).ToLookup(p => p.Line);
        return [.. _document.Lines.Where(l => _whole || (l.Number >= Paper!.FirstLine && l.Number <= Paper.LastLine)).Select(line =>
            new MarkedLine(line.Number, body is null || body.Lines.Contains(line.Number) || line.Text.Length == 0, Cut(line.Text, [.. marks[line.Number].Select(p => (p.Start, p.End, p.Found, p.First))])))];
    }

    /// <summary>A place that runs over line breaks, line by line.</summary>
    private IEnumerable<(int Line, int Start, int End, bool First)> Pieces(Found found)
    {
        var (line, start, left) = (found.Place.Line, found.Place.Start, found.Place.Length);
        for (var first = true; left > 0 && line <= _document.Lines.Count; first = false)
        {
            var end = Math.Min(start + left, _document.Lines[line - 1].Text.Length);
            if (end > start) yield return (line, start, end, first);
            left -= end - start + 1;
            (line, start) = (line + 1, 0);
        }
    }

    private static IReadOnlyList<Stretch> Cut(string text, IReadOnlyList<(int Start, int End, Found Found, bool First)> pieces)
    {
        if (pieces.Count == 0) return [new(text, [], [])];
        int[] cuts = [.. pieces.SelectMany(p => new[] { p.Start, p.End }).Append(0).Append(text.Length).Distinct().Order()];
        return [.. cuts.Zip(cuts.Skip(1), (from, to) => new Stretch(
            text[from..to],
            [.. pieces.Where(p => p.Start <= from && p.End >= to).Select(p => p.Found)],
            [.. pieces.Where(p => p.First && p.Start == from && p.End >= to).Select(p => p.Found.Key)]))];
    }
}
