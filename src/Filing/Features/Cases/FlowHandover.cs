using System.Text.Json;
using System.Text.Json.Serialization;
using Filing.Pipeline;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>One visit of a node in one workflow instance: what an effect happens once for.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="NodeId">The node's id in the definition.</param>
/// <param name="Visit">The how-manieth time the flow is at the node, from 1.</param>
public readonly record struct StepKey(Guid InstanceId, string NodeId, int Visit);

/// <summary>What the host that walks the definitions has to do; the payload of a delivery on <see cref="FlowHandover.Channel"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(StartFlow), "start")]
[JsonDerivedType(typeof(ResumeFlow), "resume")]
[JsonDerivedType(typeof(CancelFlow), "cancel")]
public abstract record FlowOrder(Guid InstanceId);

/// <summary>Start an instance under the id it has in the register.</summary>
public sealed record StartFlow(Guid InstanceId, string DefinitionId, int Version, Guid CaseId) : FlowOrder(InstanceId);

/// <summary>Tell a waiting node something.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="NodeId">The node.</param>
/// <param name="Visit">The visit that waited when the order was given; a later one hears it if an earlier order has moved the node on meanwhile.</param>
/// <param name="Signal">What is told: the outcome.</param>
/// <param name="Ring">The rung that rang, if one did.</param>
public sealed record ResumeFlow(Guid InstanceId, string NodeId, int Visit, string Signal, Ring? Ring = null) : FlowOrder(InstanceId);

/// <summary>Call an instance off.</summary>
public sealed record CancelFlow(Guid InstanceId) : FlowOrder(InstanceId);

/// <summary>
/// Puts what another host has to do into the outbox, in the transaction of the command. A case that the built-in runner walks gives no orders: it
/// advances at once.
/// </summary>
public sealed class FlowHandover(Work work)
{
    /// <summary>The channel of the outbox on which orders to the host lie.</summary>
    public const string Channel = "workflow";

    /// <summary>What all delivery keys of an instance begin with.</summary>
    public static string KeyOf(Guid instanceId) => $"{Channel}:{instanceId}:";

    private Guid _last;

    /// <summary>True when an order to an instance has not been carried out.</summary>
    internal async Task<bool> IsUnderWayAsync(Guid instanceId) => await work.Db.ScalarAsync<int>(
        """
        -- Cases/FlowHandover: orders under way
        SELECT COUNT(*) FROM Outbox WHERE Channel = @Channel AND DeliveredAt IS NULL AND DeliveryKey LIKE @ofInstance
        """,
        new { Channel, ofInstance = KeyOf(instanceId) + "%" }) > 0;

    /// <summary>The keys of the orders that this unit of work has given.</summary>
    public IReadOnlyList<string> Given => _given;

    private readonly List<string> _given = [];

    /// <summary>What was ordered was rolled back, and is about to be ordered again.</summary>
    internal void Forget() => _given.Clear();

    internal Task StartAsync(Guid instanceId, WorkflowDefinition definition, Guid caseId) =>
        PutAsync("start", new StartFlow(instanceId, definition.DefinitionId, definition.Version, caseId));

    internal Task ResumeAsync(StepKey step, string signal, Ring? ring) => PutAsync(
        ring is null ? $"{step.NodeId}:{step.Visit}:{signal}" : $"{step.NodeId}:{step.Visit}:{signal}:{ring.DeadlineId}:{ring.Projection}:{ring.Days}",
        new ResumeFlow(step.InstanceId, step.NodeId, step.Visit, signal, ring));

    internal Task CancelAsync(Guid instanceId) => PutAsync("cancel", new CancelFlow(instanceId));

    private Guid NextId()
    {
        // Ids grow within a command too: orders of one moment are carried out by them.
        Guid id;
        do id = Work.NewId();
        while (id.CompareTo(_last) <= 0);
        return _last = id;
    }

    // The same order given twice, as when two sub-workflows end alike, is one order.
    private Task<bool> PutAsync(string what, FlowOrder order)
    {
        var key = KeyOf(order.InstanceId) + what;
        _given.Add(key);
        return work.Db.InsertIfAbsentAsync(
            "Outbox", ["DeliveryKey"], ["Id", "Channel", "Payload", "CreatedAt", "Attempts", "NextAttemptAt"],
            new
            {
                DeliveryKey = key,
                Id = NextId(),
                Channel,
                Payload = JsonSerializer.Serialize(order, Json.Options),
                CreatedAt = work.Now,
                Attempts = 0,
                NextAttemptAt = (DateTimeOffset?)null,
            });
    }
}
