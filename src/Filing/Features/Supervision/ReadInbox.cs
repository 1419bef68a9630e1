using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>待办: the open tasks on the desks at which the asker sits, the most urgent first, then the oldest.</summary>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give, 500 at most.</param>
/// <param name="Which">Which of them.</param>
[Needs(Function.ReadBoard)]
public sealed record ReadInbox(int Skip = 0, int Take = 100, InboxPart Which = InboxPart.All) : IQuery<Inbox>;

/// <summary>A part of an inbox.</summary>
public enum InboxPart
{
    /// <summary>全部.</summary>
    All,

    /// <summary>我在办的: taken by the asker, or handed over to him or her.</summary>
    Mine,

    /// <summary>待领: nobody holds them.</summary>
    Free,

    /// <summary>已逾期.</summary>
    Late,

    /// <summary>三日内到期, today included.</summary>
    DueSoon,

    /// <summary>已转交: handed over by the asker to others, and still open.</summary>
    HandedOver,
}

/// <summary>A page of open tasks.</summary>
/// <param name="Items">Those of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record Inbox(IReadOnlyList<InboxTask> Items, int Total);

/// <summary>An open task.</summary>
public sealed record InboxTask
{
    /// <summary>The task.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Its document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The document's title.</summary>
    public required string Title { get; init; }

    /// <summary>起草单位.</summary>
    public required string DraftingBody { get; init; }

    /// <summary>What is to be done, as the definitions call it.</summary>
    public required string Code { get; init; }

    /// <summary>What is to be done, in Chinese.</summary>
    public required string Name { get; init; }

    /// <summary>Since when it is open.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The deadline under which it stands; null when there is none.</summary>
    public Guid? DeadlineId { get; init; }

    /// <summary>The last day on which it is in time; null when there is no limit, the sources give no length, or the limit is suspended.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>True when a day that was counted lies in a year without an announced plan.</summary>
    public bool? Provisional { get; init; }

    /// <summary>True while its limit is suspended.</summary>
    public bool Suspended { get; init; }

    /// <summary>The derivation of <see cref="Due"/>, as a JSON array of Chinese sentences.</summary>
    public string? Steps { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public string? Source { get; init; }

    /// <summary>Who holds it; null while it lies on the desk.</summary>
    public Guid? HolderId { get; init; }

    /// <summary>The name of whoever holds it.</summary>
    public string? Holder { get; init; }

    /// <summary>Who handed it over.</summary>
    public string? HandedOverBy { get; init; }

    /// <summary>What was said with it.</summary>
    public string? HandoverNote { get; init; }
}

internal sealed class ReadInboxValidator : AbstractValidator<ReadInbox>
{
    public ReadInboxValidator()
    {
        RuleFor(q => q.Skip).GreaterThanOrEqualTo(0).WithMessage("跳过的条数不能为负。");
        RuleFor(q => q.Take).InclusiveBetween(1, 500).WithMessage("每页 1 至 500 条。");
    }
}

internal sealed class ReadInboxHandler(Work work) : IRequestHandler<ReadInbox, Result<Inbox>>
{
    public async Task<Result<Inbox>> Handle(ReadInbox query, CancellationToken cancellationToken)
    {
        var (filter, args) = Sight.Desks(work, "t");
        filter += Part(query.Which);
        args.Add("me", work.Actor.AccountId);
        args.Add("today", work.Today);
        args.Add("soon", work.Today.AddDays(3));
        var total = await work.Db.ScalarAsync<int>(
            $"""
            -- Supervision/ReadInbox: how many there are
            SELECT COUNT(*) FROM Task t LEFT JOIN Deadline l ON l.DocumentId = t.DocumentId AND l.CaseId = t.CaseId AND l.Name = t.LimitName AND l.ClosedAt IS NULL
            WHERE t.State = 'open' {filter}
            """,
            args);
        args.Add("Skip", query.Skip);
        args.Add("Take", query.Take);
        var items = await work.Db.QueryAsync<InboxTask>(
            work.Db.Dialect.Page(
                $"""
                -- Supervision/ReadInbox: the open tasks of some desks
                SELECT t.Id AS TaskId, t.DocumentId, d.Title, b.Name AS DraftingBody, t.Code, t.Name, t.OpenedAt, l.Id AS DeadlineId, l.Due, l.Provisional, l.Steps, l.Source,
                  t.HolderId, h.Name AS Holder, o.Name AS HandedOverBy, t.HandoverNote,
                  CASE WHEN l.Length IS NOT NULL AND l.Due IS NULL THEN 1 ELSE 0 END AS Suspended
                FROM Task t JOIN Document d ON d.Id = t.DocumentId JOIN Body b ON b.Id = d.DraftingBodyId
                  LEFT JOIN Account h ON h.Id = t.HolderId LEFT JOIN Account o ON o.Id = t.HandedOverBy
                  LEFT JOIN Deadline l ON l.DocumentId = t.DocumentId AND l.CaseId = t.CaseId AND l.Name = t.LimitName AND l.ClosedAt IS NULL
                WHERE t.State = 'open' {filter}
                ORDER BY CASE WHEN l.Due IS NULL THEN 1 ELSE 0 END, l.Due, t.OpenedAt, t.Id
                """),
            args);
        return new Inbox(items, total);
    }

    private static string Part(InboxPart which) => which switch
    {
        InboxPart.All => "",
        InboxPart.Mine => " AND t.HolderId = @me",
        InboxPart.Free => " AND t.HolderId IS NULL",
        InboxPart.Late => " AND l.Due < @today",
        InboxPart.DueSoon => " AND l.Due >= @today AND l.Due <= @soon",
        InboxPart.HandedOver => " AND t.HandedOverBy = @me AND t.HolderId <> @me",
    };
}
