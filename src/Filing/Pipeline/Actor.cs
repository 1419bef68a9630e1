using Filing.Domain;

namespace Filing.Pipeline;

/// <summary>What kind of actor it is.</summary>
public enum ActorKind
{
    /// <summary>A signed-in person.</summary>
    Person,

    /// <summary>Somebody with access to the data folder, at the command line: <c>operator:&lt;os user&gt;</c>.</summary>
    Operator,

    /// <summary>The program itself: sweeps, deliveries.</summary>
    System,

    /// <summary>Nobody is signed in: the public.</summary>
    Public,
}

/// <summary>Who acts.</summary>
/// <param name="Kind">What kind of actor.</param>
/// <param name="AccountId">The account, for a person.</param>
/// <param name="Name">The name that the record shows.</param>
public sealed record Actor(ActorKind Kind, Guid? AccountId, string Name)
{
    /// <summary>On whose behalf, where somebody acts for another.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The program itself.</summary>
    public static Actor System { get; } = new(ActorKind.System, null, "系统");

    /// <summary>The public.</summary>
    public static Actor Public { get; } = new(ActorKind.Public, null, "公众");

    /// <summary>Who is at the command line.</summary>
    public static Actor Operator(string user) => new(ActorKind.Operator, null, $"operator:{user}");
}

/// <summary>Where a desk stands: in a body itself, or in an office of a government whatever its name on the day.</summary>
public enum DeskPlace
{
    /// <summary>The anchor is the body itself.</summary>
    Body,

    /// <summary>The anchor is the government whose legal office it is.</summary>
    LegalOffice,

    /// <summary>The anchor is the government whose office it is.</summary>
    GovernmentOffice,
}

/// <summary>A desk: a role at a place. Tasks and alerts lie on desks; people sit at them by their posts.</summary>
/// <param name="Role">What is done there.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="AnchorId">The body that <paramref name="Place"/> is counted from.</param>
public readonly record struct Desk(Role Role, DeskPlace Place, Guid AnchorId);

/// <summary>The request's origin, set at the edge (sign-in, API key, command line) before anything is sent.</summary>
public sealed class Caller
{
    /// <summary>Who acts.</summary>
    public Actor Actor { get; set; } = Actor.Public;

    /// <summary>The key under which this request acts once; null when it has none.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>Set where the next command is only to be tried out: nothing of it remains. Null where it is meant.</summary>
    public Trial? Trial { get; set; }

    /// <summary>The trace id that logs and problem reports show.</summary>
    public string? TraceId { get; set; }
}
