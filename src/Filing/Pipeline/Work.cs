using Filing.Audit;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Pipeline;

/// <summary>
/// The unit of work of one request: its transaction, its actor, its moment, and the events it has caused. One lives in each scope; a
/// command that is sent from inside another joins it.
/// </summary>
public sealed class Work(LegalClock clock, Caller caller)
{
    private readonly List<Recorded> _events = [];
    private Session? _db;

    /// <summary>True while a request runs; a request sent now joins it.</summary>
    public bool Active => _db is not null;

    /// <summary>The transaction, or the read snapshot of a query.</summary>
    /// <exception cref="InvalidOperationException">No request runs: a bug.</exception>
    public Session Db => _db ?? throw new InvalidOperationException("There is no unit of work outside a request.");

    /// <summary>Who acts.</summary>
    public Actor Actor => caller.Actor;

    /// <summary>The moment of the whole request, by the legal clock, to the millisecond.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The day in Asia/Shanghai of <see cref="Now"/>.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The process that this request is in the audit trail.</summary>
    public Guid ProcessId { get; private set; }

    /// <summary>The task that the command finishes, as the authorisation found it.</summary>
    public OpenTask? Task { get; set; }

    /// <summary>The desks at which the actor sits today; set by the authorisation.</summary>
    public IReadOnlyList<Desk> Desks { get; set; } = [];

    /// <summary>True while it is only tried what a request would come to: all of it is rolled back.</summary>
    internal bool IsTrial { get; set; }

    /// <summary>How many requests are within each other; only the outermost is authorised.</summary>
    internal int Depth { get; set; }

    /// <summary>Cases read or started in this unit of work, by document.</summary>
    internal Dictionary<Guid, Case> Cases { get; } = [];

    /// <summary>Deadlines that were met or closed in this unit of work.</summary>
    internal List<(Guid CaseId, string Name)> Closed { get; } = [];

    /// <summary>A new id. Ids grow, so that indexes grow at their end.</summary>
    public static Guid NewId() => OrderedId.Next();

    /// <summary>Puts an event into the record of this process.</summary>
    public void Record(IEvent happened, Guid? documentId = null) => _events.Add(new(happened, documentId));

    /// <summary>Whether the actor may act in a role for a body; the command line and the program itself may for all.</summary>
    public bool MaySitAt(Role role, Guid bodyId) => Actor.Kind != ActorKind.Person || Desks.Contains(new(role, DeskPlace.Body, bodyId));

    /// <summary>Lets commands about one document come one after the other; see <see cref="Session.HoldAsync"/>.</summary>
    /// <returns>True when somebody may have been before this one since it began.</returns>
    internal Task<bool> HoldAsync(Guid documentId) => Db.HoldAsync("document", documentId);

    internal void Begin(Session db)
    {
        _db = db;
        Stamp();
    }

    /// <summary>Takes the moment of the request; again when it had to wait for its turn before it did anything, so that moments follow the order of what happened.</summary>
    internal void Stamp()
    {
        var now = clock.GetUtcNow();
        Now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        Today = LegalClock.DayOf(Now);
        ProcessId = NewId();
    }

    internal void End()
    {
        _db = null;
        IsTrial = false;
        Depth = 0;
        Task = null;
        Desks = [];
        _events.Clear();
        Cases.Clear();
        Closed.Clear();
    }

    /// <summary>Writes the process and its events; a request that changed nothing leaves none.</summary>
    internal async Task WriteAuditAsync(string command, string? reason)
    {
        if (_events.Count == 0) return;
        await Db.ExecuteAsync(
            """
            -- Pipeline/Work: the process
            INSERT INTO Process (Id, Command, ActorKind, ActorId, ActorName, OnBehalfOf, Reason, At, TraceId)
            VALUES (@ProcessId, @Command, @ActorKind, @AccountId, @Name, @OnBehalfOf, @Reason, @Now, @TraceId)
            """,
            new { ProcessId, Command = command, ActorKind = Kebab.Of(Actor.Kind), Actor.AccountId, Actor.Name, Actor.OnBehalfOf, Reason = reason, Now, caller.TraceId });
        await Db.ExecuteAsync(
            """
            -- Pipeline/Work: the events
            INSERT INTO Event (Id, ProcessId, Seq, Type, DocumentId, At, Bytes, Digest)
            VALUES (@Id, @ProcessId, @Seq, @Type, @DocumentId, @Now, @Bytes, @Digest)
            """,
            _events.Select((e, i) =>
            {
                var bytes = EventBytes.Of(ProcessId, i + 1, e.Happened.Type, e.DocumentId, Now, e.Happened);
                return new { Id = NewId(), ProcessId, Seq = i + 1, e.Happened.Type, e.DocumentId, Now, Bytes = bytes, Digest = EventBytes.Digest(bytes) };
            }));
    }

    private readonly record struct Recorded(IEvent Happened, Guid? DocumentId);
}
