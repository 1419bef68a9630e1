using Filing.Audit;

namespace Filing.Features.Decision;

/// <summary>It was decided on a draft, and on which text.</summary>
public sealed record DecisionRecorded(
    Guid Decision, DecisionMode Mode, string? Meeting, string? MeetingNumber, DateOnly HeldOn, string Chair, IReadOnlyList<string> Attendees, IReadOnlyList<string> Absent,
    string? Dissent, DecisionOutcome Outcome, string? Reason, string TextDigest) : IEvent
{
    /// <inheritdoc/>
    public string Type => "decision-recorded";
}

/// <summary>After an adoption in principle the drafter handed in the changed text.</summary>
public sealed record ChangesSubmitted(string TextDigest, string Note) : IEvent
{
    /// <inheritdoc/>
    public string Type => "changes-submitted";
}

/// <summary>The changes after an adoption in principle are lawful: the approval now binds the changed text.</summary>
public sealed record ChangesConfirmed(Guid Decision, string TextDigest, DateOnly ConfirmedOn) : IEvent
{
    /// <inheritdoc/>
    public string Type => "changes-confirmed";
}

/// <summary>The changes after an adoption in principle need a review of their own.</summary>
public sealed record ChangesReturned(Guid Decision, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "changes-returned";
}

/// <summary>Somebody signed at a level of the issuing body.</summary>
public sealed record DocumentSigned(Guid Signature, int Level, string LevelName, string TextDigest, DateOnly SignedOn) : IEvent
{
    /// <inheritdoc/>
    public string Type => "document-signed";
}

/// <summary>A signer sent the document back.</summary>
public sealed record SigningReturned(int Level, string LevelName, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "signing-returned";
}

/// <summary>A co-issuing body signed.</summary>
public sealed record DocumentCountersigned(Guid Signature, Guid Body, string TextDigest, DateOnly SignedOn) : IEvent
{
    /// <inheritdoc/>
    public string Type => "document-countersigned";
}

/// <summary>A co-issuing body refused.</summary>
public sealed record CountersigningRefused(Guid Body, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "countersigning-refused";
}

/// <summary>Signatures that stood do so no longer.</summary>
public sealed record SignaturesVoided(int Count, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "signatures-voided";
}
