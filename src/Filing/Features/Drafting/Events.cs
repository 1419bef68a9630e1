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
