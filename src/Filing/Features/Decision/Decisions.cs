using System.Text.Json;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Pipeline;

namespace Filing.Features.Decision;

/// <summary>A decision as the table has it.</summary>
internal sealed record DecisionRow
{
    public required Guid Id { get; init; }
    public required Guid ReviewId { get; init; }
    public required DateOnly HeldOn { get; init; }
    public required string Outcome { get; init; }
    public required string Digest { get; init; }
    public Guid? ApprovedTextId { get; init; }
    public string? ApprovedDigest { get; init; }
    public DateOnly? ApprovedOn { get; init; }

    /// <summary>What was decided.</summary>
    public DecisionOutcome Decided => Kebab.Parse<DecisionOutcome>(Outcome);

    /// <summary>The latest decision on a document; null when there is none.</summary>
    public static Task<DecisionRow?> LatestAsync(Work work, Guid documentId) => work.Db.QueryFirstOrDefaultAsync<DecisionRow>(
        """
        -- Decision/Decisions: the latest
        SELECT Id, ReviewId, HeldOn, Outcome, Digest, ApprovedTextId, ApprovedDigest, ApprovedOn FROM Decision WHERE DocumentId = @documentId ORDER BY No DESC
        """,
        new { documentId });
}

/// <summary>A decision to be recorded.</summary>
internal sealed record NewDecision(
    DecisionMode Mode, DecisionOutcome Outcome, DateOnly HeldOn, string Chair, IReadOnlyList<string> Attendees, IReadOnlyList<string> Absent,
    string? Meeting, string? MeetingNumber, string? Dissent, string? Reason);

/// <summary>Records decisions. An adopted text is approved at once: from then on the approval binds its digest.</summary>
internal static class Decisions
{
    /// <summary>Adds one on the text that passed the review; earlier signatures stand no longer.</summary>
    public static async Task AddAsync(Work work, Guid documentId, NewDecision decision, PassedReview review, TextVersion text)
    {
        var (id, adopted) = (Work.NewId(), decision.Outcome == DecisionOutcome.Adopted);
        await Signatures.VoidAsync(work, documentId, "重新作出决定");
        await work.Db.ExecuteAsync(
            """
            -- Decision/Decisions: a decision
            INSERT INTO Decision (Id, DocumentId, No, ReviewId, Mode, Meeting, MeetingNumber, HeldOn, Chair, Attendees, Absent, Dissent, Outcome, Reason, TextId, Digest,
              ApprovedTextId, ApprovedDigest, ApprovedOn, RecordedBy)
            SELECT @id, @documentId, COALESCE(MAX(No), 0) + 1, @ReviewId, @Mode, @Meeting, @MeetingNumber, @HeldOn, @Chair, @Attendees, @Absent, @Dissent, @Outcome, @Reason,
              @TextId, @Digest, @ApprovedTextId, @ApprovedDigest, @ApprovedOn, @Name
            FROM Decision WHERE DocumentId = @documentId
            """,
            new
            {
                id,
                documentId,
                review.ReviewId,
                Mode = Kebab.Of(decision.Mode),
                decision.Meeting,
                decision.MeetingNumber,
                decision.HeldOn,
                decision.Chair,
                Attendees = JsonSerializer.Serialize(decision.Attendees, Json.Options),
                Absent = JsonSerializer.Serialize(decision.Absent, Json.Options),
                decision.Dissent,
                Outcome = Kebab.Of(decision.Outcome),
                decision.Reason,
                TextId = text.Id,
                text.Digest,
                ApprovedTextId = adopted ? text.Id : (Guid?)null,
                ApprovedDigest = adopted ? text.Digest : null,
                ApprovedOn = adopted ? decision.HeldOn : (DateOnly?)null,
                work.Actor.Name,
            });
        work.Record(
            new DecisionRecorded(
                id, decision.Mode, decision.Meeting, decision.MeetingNumber, decision.HeldOn, decision.Chair, decision.Attendees, decision.Absent, decision.Dissent, decision.Outcome,
                decision.Reason, text.Digest),
            documentId);
    }

    /// <summary>The value of the fact: the outcome and the digest of the text, e.g. <c>Adopted sha256:…</c>.</summary>
    public static string FactValue(DecisionOutcome outcome, string digest) => $"{outcome} {digest}";
}
