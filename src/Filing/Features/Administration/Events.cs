using Filing.Audit;
using Filing.Domain;

namespace Filing.Features.Administration;

/// <summary>A body came into being in the register.</summary>
public sealed record BodyEstablished(Guid Body, string Code, string Name, BodyKind Kind, DateOnly From) : IEvent
{
    /// <inheritdoc/>
    public string Type => "body-established";
}

/// <summary>A body ended; its desks passed to its successor.</summary>
public sealed record BodyDissolved(Guid Body, DateOnly On, Guid? Successor) : IEvent
{
    /// <inheritdoc/>
    public string Type => "body-dissolved";
}

/// <summary>An account was made.</summary>
public sealed record AccountCreated(Guid Account, string Login) : IEvent
{
    /// <inheritdoc/>
    public string Type => "account-created";
}

/// <summary>An account got another password: from its holder, or from somebody else, in which case the holder is to change it. The password is nowhere.</summary>
public sealed record PasswordSet(Guid Account, bool BySomebodyElse) : IEvent
{
    /// <inheritdoc/>
    public string Type => "password-set";
}

/// <summary>An account was disabled; its sessions ended.</summary>
public sealed record AccountDisabled(Guid Account, string Login) : IEvent
{
    /// <inheritdoc/>
    public string Type => "account-disabled";
}

/// <summary>A disabled account stands again.</summary>
public sealed record AccountEnabled(Guid Account, string Login) : IEvent
{
    /// <inheritdoc/>
    public string Type => "account-enabled";
}

/// <summary>Somebody was appointed to a post.</summary>
public sealed record PostGiven(Guid Post, Guid Account, Guid Body, Role Role, DateOnly From, DateOnly? To) : IEvent
{
    /// <inheritdoc/>
    public string Type => "post-given";
}

/// <summary>A post ended.</summary>
public sealed record PostEnded(Guid Post, DateOnly On) : IEvent
{
    /// <inheritdoc/>
    public string Type => "post-ended";
}

/// <summary>A program was given a key to an account.</summary>
public sealed record ApiKeyAdded(Guid Key, Guid Account, string Name, DateTimeOffset? ExpiresAt) : IEvent
{
    /// <inheritdoc/>
    public string Type => "api-key-added";
}

/// <summary>A key was taken back.</summary>
public sealed record ApiKeyRevoked(Guid Key) : IEvent
{
    /// <inheritdoc/>
    public string Type => "api-key-revoked";
}

/// <summary>
/// The calendar was changed: a year got a plan of rest days and make-up working days, or a government closes on days of its own. The days are all of the kind in the year, each written
/// <c>2027-01-01 rest 元旦</c>, <c>… work 春节</c> or <c>… closed 防汛</c>; open deadlines move afterwards, each with an event of its own.
/// </summary>
public sealed record CalendarChanged(Guid Version, int Number, string Kind, Guid? Government, int Year, IReadOnlyList<string> Days, string What, string Source) : IEvent
{
    /// <inheritdoc/>
    public string Type => "calendar-changed";
}
