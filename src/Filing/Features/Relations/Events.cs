using Filing.Audit;

namespace Filing.Features.Relations;

/// <summary>A draft declares what it does to another paper, or on what it rests.</summary>
public sealed record RelationDeclared(Guid Relation, RelationKind Kind, Guid? Target, string? Title, string? Number, string? Articles, DateOnly? On) : IEvent
{
    /// <inheritdoc/>
    public string Type => "relation-declared";
}

/// <summary>A declared relation was taken back before the draft was approved; the row stays.</summary>
public sealed record RelationDropped(Guid Relation, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "relation-dropped";
}

/// <summary>With its publication a document did to another what it had declared: the dated fact stands with that one.</summary>
public sealed record RelationTookEffect(Guid Relation, RelationKind Kind, Guid Target, DateOnly On) : IEvent
{
    /// <inheritdoc/>
    public string Type => "relation-took-effect";
}
