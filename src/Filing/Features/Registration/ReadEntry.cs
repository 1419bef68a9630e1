using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>补录: what was entered of a document that was issued elsewhere, to be compared with the paper.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadEntry(Guid DocumentId) : IQuery<EntryView>, IForDocument;

/// <summary>An entry.</summary>
public sealed record EntryView
{
    /// <summary>Where it is known from.</summary>
    public required string Source { get; init; }

    /// <summary>发文字号; null when none was entered.</summary>
    public string? IssueNumber { get; init; }

    /// <summary>统一登记号; null when none was entered.</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary><c>entered</c>, <c>confirmed</c> or <c>rejected</c>.</summary>
    public required string State { get; init; }

    /// <summary>Who entered it.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>What is to be looked into, as it was found in the check.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>The facts, in the order of their dates.</summary>
    public required IReadOnlyList<DatedFact> Facts { get; init; }

    /// <summary>False when it was issued and never published (漏公布).</summary>
    public required bool Published { get; init; }
}

internal sealed class ReadEntryHandler(Work work, CaseFlow flow) : IRequestHandler<ReadEntry, Result<EntryView>>
{
    public async Task<Result<EntryView>> Handle(ReadEntry query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var row = await work.Db.QuerySingleOrDefaultAsync<Row>(
            """
            -- Registration/ReadEntry: what was entered
            SELECT Source, IssueNumber, RegistrationNumber, State, EnteredBy, Findings FROM ElsewhereEntry WHERE DocumentId = @DocumentId
            """,
            new { query.DocumentId });
        return row is null
            ? Error.NotFound("补录")
            : new EntryView
            {
                Source = row.Source,
                IssueNumber = row.IssueNumber,
                RegistrationNumber = row.RegistrationNumber,
                State = row.State,
                EnteredBy = row.EnteredBy,
                Findings = JsonSerializer.Deserialize<string[]>(row.Findings, Json.Options)!,
                Facts = [.. file.Facts.OrderBy(f => f.LegalDate)],
                Published = file.Has(FactKind.Published),
            };
    }

    private sealed record Row
    {
        public required string Source { get; init; }
        public string? IssueNumber { get; init; }
        public string? RegistrationNumber { get; init; }
        public required string State { get; init; }
        public required string EnteredBy { get; init; }
        public required string Findings { get; init; }
    }
}
