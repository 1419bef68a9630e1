using Filing.Data;
using Filing.Domain;

namespace Filing.Features.Registration;

/// <summary>Which of the numbers of a paper.</summary>
public enum NumberKind
{
    /// <summary>统一登记号.</summary>
    Registration,

    /// <summary>发文字号.</summary>
    Issue,

    /// <summary>备案登记号: of the filing authority's receipt.</summary>
    FilingReceipt,
}

/// <summary>A number of a document, void ones included.</summary>
public sealed record NumberRow
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The code of <see cref="NumberKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The code of <see cref="NumberPool"/>.</summary>
    public required string Pool { get; init; }

    /// <summary>The canonical writing.</summary>
    public required string Text { get; init; }

    /// <summary>The year in it.</summary>
    public required int Year { get; init; }

    /// <summary>The serial in it.</summary>
    public required int Serial { get; init; }

    /// <summary>The day on which it was given.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>The day on which it was voided; null while it stands.</summary>
    public DateOnly? VoidedOn { get; init; }

    /// <summary>Why it was voided.</summary>
    public string? VoidReason { get; init; }

    /// <summary>The numbers of a document in the order in which they were given.</summary>
    public static Task<IReadOnlyList<NumberRow>> OfDocumentAsync(Session db, Guid documentId) => db.QueryAsync<NumberRow>(
        """
        -- Registration/NumberRow: the numbers of a document
        SELECT n.Id, s.Kind, s.Pool, n.Text, n.Year, n.Serial, n.IssuedOn, n.VoidedOn, n.VoidReason
        FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId = @documentId ORDER BY n.Id
        """,
        new { documentId });
}

/// <summary>Questions to the numbers of a document.</summary>
public static class NumberRows
{
    /// <summary>The number of a kind that stands; null when there is none.</summary>
    public static NumberRow? Standing(this IEnumerable<NumberRow> numbers, NumberKind kind) =>
        numbers.LastOrDefault(n => n.VoidedOn is null && n.Kind == Kebab.Of(kind));
}
