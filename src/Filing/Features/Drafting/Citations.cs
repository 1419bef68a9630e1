using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Drafting;

/// <summary>A paper that a document cites.</summary>
/// <param name="Title">Its title; null where only the number is known.</param>
/// <param name="Number">Its issue number; null where it has none (laws, regulations).</param>
public sealed record CitedPaper(string? Title, string? Number = null)
{
    /// <summary>Title and number as people write them: 《…》（国发〔2008〕17号）.</summary>
    public override string ToString() => (Title, Number) switch
    {
        ({ Length: > 0 } title, { Length: > 0 } number) => $"《{title}》（{number}）",
        ({ Length: > 0 } title, _) => $"《{title}》",
        _ => Number ?? "",
    };

    /// <summary>
    /// Reads one line as people write it: a title with or without 《》, and after it a number with or without brackets. What is in no such form is a title.
    /// </summary>
    public static CitedPaper Read(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var text = line.Trim();
        var end = text.LastIndexOf('》');
        if (text.StartsWith('《') && end > 1) return new(text[1..end], After(text[(end + 1)..]));
        if (IssueNumber.TryParse(text, out var whole, out _)) return new(null, whole.ToString());
        foreach (var (start, length, number) in IssueNumber.FindAll(text))
        {
            if (start + length < text.TrimEnd('）', ')', ' ').Length || start == 0 || text[start - 1] is not ('（' or '(' or ' ')) continue;
            return new(text[..(start - 1)].TrimEnd(), number.ToString());
        }

        return new(text);
    }

    private static string? After(string text)
    {
        var bare = text.Trim().Trim('（', '）', '(', ')').Trim();
        return bare.Length == 0 ? null : IssueNumber.TryParse(bare, out var number, out _) ? number.ToString() : bare;
    }
}

/// <summary>The papers that a document cites, as the register keeps them.</summary>
internal static class Citations
{
    /// <summary>States the bases anew.</summary>
    public static async Task StateBasesAsync(Work work, Guid documentId, IReadOnlyList<CitedPaper> bases)
    {
        await work.Db.ExecuteAsync(
            """
            -- Drafting/Citations: the bases are stated anew
            DELETE FROM Citation WHERE DocumentId = @documentId AND Relation = 'basis'
            """,
            new { documentId });
        foreach (var (no, basis) in bases.Index())
        {
            var number = IssueNumber.TryParse(basis.Number, out var parsed, out _) ? parsed.ToString() : basis.Number;
            await work.Db.ExecuteAsync(
                """
                -- Drafting/Citations: a basis
                INSERT INTO Citation (Id, DocumentId, Title, Number, Relation, No) VALUES (@Id, @documentId, @Title, @number, 'basis', @no)
                """,
                new { Id = Work.NewId(), documentId, basis.Title, number, no });
        }
    }

    /// <summary>The bases, in the order in which they were stated.</summary>
    public static async Task<IReadOnlyList<CitedPaper>> BasesAsync(Work work, Guid documentId) =>
        [.. (await work.Db.QueryAsync<Row>(
            """
            -- Drafting/Citations: the bases
            SELECT Title, Number FROM Citation WHERE DocumentId = @documentId AND Relation = 'basis' ORDER BY No
            """,
            new { documentId })).Select(r => new CitedPaper(r.Title, r.Number))];

    private sealed record Row
    {
        public string? Title { get; init; }
        public string? Number { get; init; }
    }
}
