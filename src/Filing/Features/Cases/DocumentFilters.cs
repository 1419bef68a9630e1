using Dapper;
using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>Which documents a filter of the list means: one text for the list and for the figures beside its filters.</summary>
internal static class DocumentFilters
{
    private const string Closed = "d.Stage IN ('withdrawn', 'abandoned')";
    private const string Ended = "d.Stage IN ('repealed', 'declared-lapsed', 'annulled', 'suspended')";
    private const string Published = "d.Stage IN ('published', 'filed', 'filing-registered', 'filing-held', 'filing-refused')";

    /// <summary>The group of a document, as the number of a <see cref="StageGroup"/>.</summary>
    public const string Group =
        $"""
        CASE WHEN {Ended} THEN 5 WHEN {Published} THEN 4 WHEN {Closed} OR d.ClosedAt IS NOT NULL THEN 6
          WHEN d.Stage IN ('registered', 'numbered') THEN 3 WHEN d.Stage IN ('decided', 'signed') THEN 2
          WHEN d.Stage IN ('department-checked', 'review-received', 'review-concluded', 'opinion-followed', 'opinion-not-followed') THEN 1 ELSE 0 END
        """;

    // Sets and not questions of each document: few are late, and few are anybody's own.

    /// <summary>A duty is overdue.</summary>
    public const string Late =
        "d.Id IN (SELECT l.DocumentId FROM Deadline l WHERE l.ClosedAt IS NULL AND l.Due IS NOT NULL AND l.Due < @today AND l.UntilFact <> 'term-ended')";

    /// <summary>The asker submitted it, or holds or held a task of it.</summary>
    public const string Mine = "(d.SubmittedBy = @me OR d.Id IN (SELECT m.DocumentId FROM Task m WHERE m.HolderId = @me))";

    private const string Numbered = "d.Id IN (SELECT n.DocumentId FROM Number n WHERE n.Text = @number)";

    private const string Titled = "d.Title LIKE @like ESCAPE '!'";

    private const string TitledOrNumbered = $"({Titled} OR d.Id IN (SELECT n.DocumentId FROM Number n WHERE n.Text LIKE @like ESCAPE '!'))";

    /// <summary>Conditions, each beginning with AND; only those that are asked for.</summary>
    public static string Of(ListDocuments query) => string.Concat(
        Search(query.Search),
        query.Group is null ? "" : $" AND {Group} = @group",
        query.Kind is null ? "" : " AND d.Kind = @kind",
        query.Origin is null ? "" : " AND d.Origin = @origin",
        query.Year is null ? "" : " AND d.CreatedAt >= @first AND d.CreatedAt < @next",
        query.Mine ? $" AND {Mine}" : "",
        query.Late ? $" AND {Late}" : "");

    // A whole number is found by its index; only what looks like a part of one is looked for in all of them.
    private static string Search(string? words) => string.IsNullOrWhiteSpace(words) ? ""
        : DocumentNumber.TryParse(words.Trim(), out _, out _) ? $" AND {Numbered}"
        : words.Any(char.IsDigit) ? $" AND {TitledOrNumbered}" : $" AND {Titled}";

    /// <summary>Their parameters.</summary>
    public static DynamicParameters Args(Work work, ListDocuments query)
    {
        var search = string.IsNullOrWhiteSpace(query.Search) ? null : query.Search.Trim();
        return Gathered.Of(new
        {
            like = search is null ? null : $"%{Like.Escape(search)}%",
            number = DocumentNumber.TryParse(search, out var parsed, out _) ? parsed.Text : null,
            group = query.Group is { } group ? (int)group : (int?)null,
            kind = query.Kind is { } kind ? Kebab.Of(kind) : null,
            origin = query.Origin is { } origin ? Kebab.Of(origin) : null,
            first = query.Year is { } year ? LegalClock.StartOf(new DateOnly(year, 1, 1)) : (DateTimeOffset?)null,
            next = query.Year is { } last ? LegalClock.StartOf(new DateOnly(last + 1, 1, 1)) : (DateTimeOffset?)null,
            me = work.Actor.AccountId,
            today = work.Today,
        });
    }
}

/// <summary>The words of <see cref="StageGroup"/>.</summary>
public static class StageGroups
{
    /// <summary>For people.</summary>
    public static string Chinese(this StageGroup group) => group switch
    {
        StageGroup.Drafting => "起草、征求意见",
        StageGroup.Review => "审查",
        StageGroup.Decision => "决定、签发",
        StageGroup.Issuing => "登记、编号",
        StageGroup.Published => "已公布",
        StageGroup.Ended => "停止、终止效力",
        StageGroup.Dropped => "未公布而办结",
    };
}
