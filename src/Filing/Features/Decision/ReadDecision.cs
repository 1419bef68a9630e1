using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Decision;

/// <summary>What was decided on a document and who signed it, voided signatures included.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadDecision(Guid DocumentId) : IQuery<DecisionSheet>, IForDocument;

/// <summary>The decisions on a document and its signatures.</summary>
/// <param name="Levels">The levels of signature, in order, and where they stand.</param>
/// <param name="Decisions">First to last.</param>
/// <param name="Signatures">In the order in which they were given.</param>
public sealed record DecisionSheet(Sourced<IReadOnlyList<string>> Levels, IReadOnlyList<DecisionLine> Decisions, IReadOnlyList<SignatureLine> Signatures)
{
    /// <summary>What the drafter said last to a text changed after an adoption in principle; null when none was handed in.</summary>
    public string? ChangesNote { get; init; }

    /// <summary>How many levels of the issuing body have signed what stands.</summary>
    public int Signed => Signatures.Count(s => s.VoidedAt is null && s.Level > 0);

    /// <summary>The level that signs next; null when all have.</summary>
    public string? NextLevel => Levels.Value.ElementAtOrDefault(Signed);
}

/// <summary>A decision.</summary>
/// <param name="Mode">How it was decided.</param>
/// <param name="Meeting">The meeting; null when the head decided.</param>
/// <param name="MeetingNumber">Its number.</param>
/// <param name="HeldOn">The day.</param>
/// <param name="Chair">Who chaired, or the head that decided.</param>
/// <param name="Attendees">Who took part.</param>
/// <param name="Absent">Who did not.</param>
/// <param name="Dissent">Other opinions.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Reason">What was to be changed, or why it was so decided.</param>
/// <param name="TextNo">The number of the text version that was before it.</param>
/// <param name="ApprovedTextNo">The number of the text version that the approval binds; null while there is none.</param>
/// <param name="ApprovedDigest">The digest that the approval binds; null while there is none.</param>
/// <param name="ApprovedOn">Since when.</param>
public sealed record DecisionLine(
    DecisionMode Mode, string? Meeting, string? MeetingNumber, DateOnly HeldOn, string Chair, IReadOnlyList<string> Attendees, IReadOnlyList<string> Absent, string? Dissent,
    DecisionOutcome Outcome, string? Reason, int TextNo, int? ApprovedTextNo, string? ApprovedDigest, DateOnly? ApprovedOn);

/// <summary>A signature.</summary>
public sealed record SignatureLine
{
    /// <summary>Counted from 1 in the issuing body; 0 for a co-issuing body.</summary>
    public required int Level { get; init; }

    /// <summary>The name of the level.</summary>
    public required string LevelName { get; init; }

    /// <summary>The body.</summary>
    public required string BodyName { get; init; }

    /// <summary>Who signed.</summary>
    public required string Signer { get; init; }

    /// <summary>True when it is the asker's own.</summary>
    public required bool Mine { get; init; }

    /// <summary>When.</summary>
    public required DateOnly SignedOn { get; init; }

    /// <summary>The digest of the text that was signed.</summary>
    public required string Digest { get; init; }

    /// <summary>Since when it stands no longer; null while it stands.</summary>
    public DateTimeOffset? VoidedAt { get; init; }

    /// <summary>Why not.</summary>
    public string? VoidReason { get; init; }
}

internal sealed class ReadDecisionHandler(Work work, CaseFlow flow) : IRequestHandler<ReadDecision, Result<DecisionSheet>>
{
    public async Task<Result<DecisionSheet>> Handle(ReadDecision query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var decisions = await work.Db.QueryAsync<Row>(
            """
            -- Decision/ReadDecision: the decisions on a document
            SELECT d.Mode, d.Meeting, d.MeetingNumber, d.HeldOn, d.Chair, d.Attendees, d.Absent, d.Dissent, d.Outcome, d.Reason, t.No AS TextNo, a.No AS ApprovedTextNo,
              d.ApprovedDigest, d.ApprovedOn
            FROM Decision d JOIN DocumentText t ON t.Id = d.TextId LEFT JOIN DocumentText a ON a.Id = d.ApprovedTextId
            WHERE d.DocumentId = @DocumentId ORDER BY d.No
            """,
            new { query.DocumentId });
        var signatures = await work.Db.QueryAsync<SignatureLine>(
            """
            -- Decision/ReadDecision: its signatures
            SELECT s.Level, s.LevelName, b.Name AS BodyName, s.Signer, CASE WHEN s.SignerId = @AccountId THEN 1 ELSE 0 END AS Mine, s.SignedOn, s.Digest, s.VoidedAt, s.VoidReason
            FROM Signature s JOIN Body b ON b.Id = s.BodyId WHERE s.DocumentId = @DocumentId ORDER BY s.SignedOn, s.Level, s.Id
            """,
            new { query.DocumentId, work.Actor.AccountId });
        var note = await work.Db.QueryFirstOrDefaultAsync<string>(
            """
            -- Decision/ReadDecision: what was said to the changed text
            SELECT p.Reason FROM Event e JOIN Process p ON p.Id = e.ProcessId
            WHERE e.DocumentId = @DocumentId AND e.Type = 'changes-submitted' ORDER BY e.At DESC
            """,
            new { query.DocumentId });
        return new DecisionSheet(file.Profile.SignatureLevels, [.. decisions.Select(Line)], signatures) { ChangesNote = note };
    }

    private static DecisionLine Line(Row row) => new(
        Kebab.Parse<DecisionMode>(row.Mode), row.Meeting, row.MeetingNumber, row.HeldOn, row.Chair, Names(row.Attendees), Names(row.Absent), row.Dissent,
        Kebab.Parse<DecisionOutcome>(row.Outcome), row.Reason, row.TextNo, row.ApprovedTextNo, row.ApprovedDigest, row.ApprovedOn);

    private static IReadOnlyList<string> Names(string json) => JsonSerializer.Deserialize<IReadOnlyList<string>>(json, Json.Options)!;

    private sealed record Row
    {
        public required string Mode { get; init; }
        public string? Meeting { get; init; }
        public string? MeetingNumber { get; init; }
        public required DateOnly HeldOn { get; init; }
        public required string Chair { get; init; }
        public required string Attendees { get; init; }
        public required string Absent { get; init; }
        public string? Dissent { get; init; }
        public required string Outcome { get; init; }
        public string? Reason { get; init; }
        public required int TextNo { get; init; }
        public int? ApprovedTextNo { get; init; }
        public string? ApprovedDigest { get; init; }
        public DateOnly? ApprovedOn { get; init; }
    }
}
