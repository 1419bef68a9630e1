using Filing.Audit;

namespace Filing.Features.FilingReview;

/// <summary>The filing authority answered a filing.</summary>
public sealed record FilingAnswered(FilingAnswer Outcome, DateOnly ReceivedOn, DateOnly On, string? ReceiptNumber, FilingRefusal? Ground, string? Note) : IEvent
{
    /// <inheritdoc/>
    public string Type => "filing-answered";
}
