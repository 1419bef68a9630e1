using Filing.Audit;

namespace Filing.Features.Publication;

/// <summary>A document was published.</summary>
public sealed record DocumentPublished(DateOnly On, IReadOnlyList<Appearance> Carriers, string TextDigest, DateOnly InForce, string Term, IReadOnlyList<string> Warnings) : IEvent
{
    /// <inheritdoc/>
    public string Type => "document-published";
}
