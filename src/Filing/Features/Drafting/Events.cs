using Filing.Audit;
using Filing.Domain;

namespace Filing.Features.Drafting;

/// <summary>A draft was submitted.</summary>
public sealed record DraftSubmitted(string Title, DocumentKind Kind, Issuance Issuance, Guid Government, Guid IssuingBody, Guid DraftingBody, string TextDigest) : IEvent
{
    /// <inheritdoc/>
    public string Type => "draft-submitted";
}

/// <summary>Whether a paper is a normative document was decided.</summary>
public sealed record DocumentIdentified(IdentificationOutcome Outcome, string? Ground, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "document-identified";
}

/// <summary>A file was added to a document.</summary>
public sealed record MaterialAdded(Guid Material, string Kind, string FileName, long Size, string Sha256) : IEvent
{
    /// <inheritdoc/>
    public string Type => "material-added";
}

/// <summary>A new version of a document's text was handed in.</summary>
public sealed record TextHandedIn(Guid Text, int No, string Digest) : IEvent
{
    /// <inheritdoc/>
    public string Type => "text-handed-in";
}

/// <summary>A consultation was opened.</summary>
public sealed record ConsultationOpened(Guid Consultation, ConsultationAudience Audience, DateOnly OpensOn, DateOnly ClosesOn) : IEvent
{
    /// <inheritdoc/>
    public string Type => "consultation-opened";
}

/// <summary>A comment came in.</summary>
public sealed record CommentReceived(Guid Consultation, Guid Comment) : IEvent
{
    /// <inheritdoc/>
    public string Type => "comment-received";
}

/// <summary>Whether a comment is adopted was decided.</summary>
public sealed record CommentDecided(Guid Comment, CommentAdoption Adoption, string? Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "comment-decided";
}

/// <summary>A consultation was closed.</summary>
public sealed record ConsultationClosed(Guid Consultation, ConsultationAudience Audience, int Comments, int Adopted) : IEvent
{
    /// <inheritdoc/>
    public string Type => "consultation-closed";
}

/// <summary>The drafting unit has studied and argued for what it drafts.</summary>
public sealed record ResearchConcluded(string Methods, string Conclusion) : IEvent
{
    /// <inheritdoc/>
    public string Type => "research-concluded";
}

/// <summary>The drafting unit's own legal section has checked the draft.</summary>
public sealed record DraftChecked(bool Passed, string Opinion) : IEvent
{
    /// <inheritdoc/>
    public string Type => "draft-checked";
}

/// <summary>The urgent path was taken.</summary>
public sealed record UrgencyDeclared(string Reason, string Authority, IReadOnlyList<UrgentShortening> Shortened) : IEvent
{
    /// <inheritdoc/>
    public string Type => "urgency-declared";
}

/// <summary>A draft was withdrawn.</summary>
public sealed record DraftWithdrawn(string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "draft-withdrawn";
}
