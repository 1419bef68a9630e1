using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>等待他人: open tasks at other desks on the documents that the asker's own body drafts, or on which the asker acted.</summary>
[Needs(Function.ReadDocuments)]
public sealed record ReadWaiting : IQuery<IReadOnlyList<WaitingTask>>
{
    /// <summary>How many are listed at most: those whose limits end first.</summary>
    public const int Most = 200;
}

/// <summary>A task that others have to do.</summary>
public sealed record WaitingTask
{
    /// <summary>The task.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Its document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The document's title.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be done, in Chinese.</summary>
    public required string Name { get; init; }

    /// <summary>The role at whose desk it lies.</summary>
    public required string Role { get; init; }

    /// <summary>The kind of place.</summary>
    public required string Place { get; init; }

    /// <summary>The body that the place is counted from.</summary>
    public required Guid AnchorId { get; init; }

    /// <summary>The body at which it lies today; null where none is in being.</summary>
    public string? Body { get; init; }

    /// <summary>Since when it is open.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it is due; null where there is no limit.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The derivation of <see cref="Due"/>, as a JSON array of Chinese sentences.</summary>
    public string? Steps { get; init; }

    /// <summary>The last day on which its desk was reminded.</summary>
    public DateOnly? RemindedOn { get; init; }
}

internal sealed class ReadWaitingHandler(Work work) : IRequestHandler<ReadWaiting, Result<IReadOnlyList<WaitingTask>>>
{
    public async Task<Result<IReadOnlyList<WaitingTask>>> Handle(ReadWaiting query, CancellationToken cancellationToken)
    {
        if (work.Actor.AccountId is not { } me) return Array.Empty<WaitingTask>();
        var drafts = work.Desks.Where(d => d.Role is Role.Drafter or Role.DepartmentLegal).Select(d => d.AnchorId).Distinct().ToArray();
        var (mine, args) = Sight.Desks(work, "o");
        args.Add("me", me);
        args.Add("Skip", 0);
        args.Add("Take", ReadWaiting.Most);
        foreach (var (index, id) in drafts.Index()) args.Add($"body{index}", id);
        var drafted = drafts.Length == 0 ? "" : $"OR d.DraftingBodyId IN ({string.Join(", ", drafts.Select((_, i) => $"@body{i}"))})";
        var rows = await work.Db.QueryAsync<WaitingTask>(
            work.Db.Dialect.Page(
                $"""
                -- Desks/ReadWaiting: the open tasks of others on my documents
                SELECT t.Id AS TaskId, t.DocumentId, d.Title, t.Name, t.Role, t.Place, t.AnchorId, t.OpenedAt, l.Due, l.Steps, t.RemindedOn
                FROM Task t JOIN Document d ON d.Id = t.DocumentId
                  LEFT JOIN Deadline l ON l.DocumentId = t.DocumentId AND l.CaseId = t.CaseId AND l.Name = t.LimitName AND l.ClosedAt IS NULL
                WHERE t.State = 'open' AND t.Id NOT IN (SELECT o.Id FROM Task o WHERE o.State = 'open' {mine})
                  AND (t.DocumentId IN (SELECT m.DocumentId FROM Task m WHERE m.HolderId = @me) {drafted})
                ORDER BY CASE WHEN l.Due IS NULL THEN 1 ELSE 0 END, l.Due, t.OpenedAt, t.Id
                """),
            args);
        var seen = new List<WaitingTask>(rows.Count);
        foreach (var row in rows)
            seen.Add(row with { Body = await DesksOf.BodyNameAsync(work.Db, Kebab.Parse<DeskPlace>(row.Place), row.AnchorId, work.Today) });
        return seen;
    }
}
