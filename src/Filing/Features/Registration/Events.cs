using Filing.Audit;

namespace Filing.Features.Registration;

/// <summary>A document entered the unified register.</summary>
public sealed record DocumentRegistered(DateOnly On, string TextDigest) : IEvent
{
    /// <inheritdoc/>
    public string Type => "document-registered";
}

/// <summary>The registrar sent a signed document back; its signatures no longer stand.</summary>
public sealed record ReturnedFromRegister(string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "returned-from-register";
}

/// <summary>A number was given here, or one that was given elsewhere was recorded.</summary>
public sealed record NumberAssigned(NumberKind Kind, string Text, string Series, int Year, int Serial, bool Allocated) : IEvent
{
    /// <inheritdoc/>
    public string Type => "number-assigned";
}

/// <summary>A number was declared void; its serial is never given again.</summary>
public sealed record NumberVoided(string Text, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "number-voided";
}

/// <summary>A series of a year begins here with this serial; lower ones were given before this register.</summary>
public sealed record SeriesOpened(string Series, int Year, int Opening, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "series-opened";
}

/// <summary>A document issued elsewhere was entered.</summary>
public sealed record EnteredElsewhere(string Title, string Source, string? IssueNumber, string? RegistrationNumber, string? TextDigest) : IEvent
{
    /// <inheritdoc/>
    public string Type => "entered-elsewhere";
}

/// <summary>The entry of a document issued elsewhere was checked.</summary>
public sealed record EntryChecked(EntryCheck Outcome, string? Reason, IReadOnlyList<string> Findings) : IEvent
{
    /// <inheritdoc/>
    public string Type => "entry-checked";
}
