using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>One document, whole.</summary>
public sealed record DocumentView
{
    /// <summary>The document.</summary>
    public required Guid Id { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Whose document it is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Issued by one or by several.</summary>
    public required Issuance Issuance { get; init; }

    /// <summary>How it came into the register.</summary>
    public required DocumentOrigin Origin { get; init; }

    /// <summary>How far it has come, as a code.</summary>
    public required string Stage { get; init; }

    /// <summary>制定机关.</summary>
    public required string IssuingBody { get; init; }

    /// <summary>起草单位.</summary>
    public required string DraftingBody { get; init; }

    /// <summary>The government in whose register it is.</summary>
    public required string Government { get; init; }

    /// <summary>Whether it is in force today.</summary>
    public required ValidityStatus Status { get; init; }

    /// <summary>The last day of validity; null where there is none yet, or none at all.</summary>
    public DateOnly? LastValidDay { get; init; }

    /// <summary>The rules of its case.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The outcome of its case; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>The facts, superseded ones included, in the order of their recording.</summary>
    public required IReadOnlyList<DatedFact> Facts { get; init; }

    /// <summary>Its numbers, void ones included.</summary>
    public required IReadOnlyList<NumberLine> Numbers { get; init; }

    /// <summary>What is waited for.</summary>
    public required IReadOnlyList<TaskLine> Tasks { get; init; }

    /// <summary>Its deadlines, open ones first.</summary>
    public required IReadOnlyList<DeadlineLine> Deadlines { get; init; }

    /// <summary>Its materials.</summary>
    public required IReadOnlyList<MaterialLine> Materials { get; init; }

    /// <summary>What happened, newest first.</summary>
    public required IReadOnlyList<HistoryLine> History { get; init; }

    /// <summary>The alerts that it raised, newest first.</summary>
    public required IReadOnlyList<AlertLine> Alerts { get; init; }

    /// <summary>The workflows of its case, the outermost first.</summary>
    public required IReadOnlyList<InstanceLine> Instances { get; init; }
}

/// <summary>A number of a document.</summary>
public sealed record NumberLine
{
    /// <summary>The number as it is printed.</summary>
    public required string Text { get; init; }

    /// <summary><c>registration</c> or <c>issue</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it was given.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>When it was voided; null while it stands.</summary>
    public DateOnly? VoidedOn { get; init; }

    /// <summary>Why it was voided.</summary>
    public string? VoidReason { get; init; }
}

/// <summary>An open task, with the body where it lies today.</summary>
/// <param name="Id">The task.</param>
/// <param name="Code">What is to be done.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="Role">Who does it.</param>
/// <param name="Body">Where it lies today; null where no body is in being.</param>
/// <param name="Since">Since when.</param>
/// <param name="Mine">True when the account sits at its desk.</param>
/// <param name="Limit">The limit under which it stands, as <see cref="DeadlineLine.Name"/>; null where there is none.</param>
public sealed record TaskLine(Guid Id, string Code, string Name, Role Role, string? Body, DateTimeOffset Since, bool Mine, string? Limit = null);

/// <summary>A material of a document.</summary>
public sealed record MaterialLine
{
    /// <summary>The material.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is, as a code.</summary>
    public required string Kind { get; init; }

    /// <summary>The name it had.</summary>
    public required string FileName { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its digest.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who added it.</summary>
    public required string AddedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>A line of the history.</summary>
public sealed record HistoryLine
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required string ActorName { get; init; }

    /// <summary>The verb of the command.</summary>
    public required string Command { get; init; }

    /// <summary>Why, where a reason was given.</summary>
    public string? Reason { get; init; }
}

/// <summary>An alert.</summary>
public sealed record AlertLine
{
    /// <summary>The subject line.</summary>
    public required string Title { get; init; }

    /// <summary>The text.</summary>
    public required string Body { get; init; }

    /// <summary><c>info</c>, <c>warning</c> or <c>serious</c>.</summary>
    public required string Level { get; init; }

    /// <summary>Whose desk, as a role code.</summary>
    public required string Role { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it ceased to apply, because the due date moved.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
