using Filing.Audit;

namespace Filing.Features.FilingUp;

/// <summary>A document was filed with the superior.</summary>
public sealed record FilingSent(Guid Target, DateOnly On, string? ReportNumber, IReadOnlyList<string> Materials, bool Late) : IEvent
{
    /// <inheritdoc/>
    public string Type => "filing-sent";
}

/// <summary>A filing that was held was supplemented and sent again.</summary>
public sealed record FilingSupplemented(DateOnly On, string Note) : IEvent
{
    /// <inheritdoc/>
    public string Type => "filing-supplemented";
}

/// <summary>It was found out whether a document entered from elsewhere had been filed.</summary>
public sealed record FilingSettled(FilingFound Found, DateOnly? On, string Source) : IEvent
{
    /// <inheritdoc/>
    public string Type => "filing-settled";
}
