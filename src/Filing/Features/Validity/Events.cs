using Filing.Audit;
using Filing.Domain;

namespace Filing.Features.Validity;

/// <summary>A document was repealed, declared lapsed, suspended, resumed or annulled, or its task was found done.</summary>
public sealed record ValidityChanged(FactKind Kind, DateOnly On, string Source, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "validity-changed";
}

/// <summary>A dated fact was corrected; the earlier one stays in the register.</summary>
public sealed record FactCorrected(FactKind Kind, Guid Before, DateOnly From, DateOnly To, string? ValueBefore, string? ValueAfter, string Source, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "fact-corrected";
}

/// <summary>The evaluation before expiry came to a conclusion.</summary>
public sealed record DocumentEvaluated(EvaluationConclusion Conclusion, DateOnly On) : IEvent
{
    /// <inheritdoc/>
    public string Type => "document-evaluated";
}
