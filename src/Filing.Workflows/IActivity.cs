namespace Filing.Workflows;

/// <summary>
/// What a node of one activity type does. <typeparamref name="TContext"/> is the caller's own (unit of work, case, actor) and is passed through untouched.
/// An activity holds no state of its own: one object serves all cases at once.
/// </summary>
public interface IActivity<TContext>
{
    /// <summary>The type name, as in the catalogue.</summary>
    string Type { get; }

    /// <summary>The version, as in the catalogue.</summary>
    int Version => 1;

    /// <summary>The flow has reached the node.</summary>
    ValueTask<ActivityResult> EnterAsync(ActivityScope<TContext> scope);

    /// <summary>
    /// A signal has come for the waiting node. Unless overridden, the signal's name is the outcome;
    /// a signal that is none of the node's outcomes fails with <c>workflow.unknown-outcome</c>.
    /// </summary>
    ValueTask<ActivityResult> ResumeAsync(ActivityScope<TContext> scope, Signal signal) => new(ActivityResult.Complete(signal.Name));

    /// <summary>The waiting node is no longer wanted: withdraw what it asked for. A failure stops the whole advance.</summary>
    ValueTask<Failure?> CancelAsync(ActivityScope<TContext> scope) => default;

    /// <summary>
    /// The waiting node goes on as another one of its type, in a newer version of the definition. Unless overridden, what it asked for is withdrawn and
    /// asked anew. An activity that answers anything but <see cref="ActivityResult.Wait"/> or a failure stops the move with <c>workflow.not-waiting</c>.
    /// </summary>
    /// <param name="before">The node that waits, with its visit.</param>
    /// <param name="after">The node that is to wait instead, with its visit.</param>
    async ValueTask<ActivityResult> MoveAsync(ActivityScope<TContext> before, ActivityScope<TContext> after) =>
        await CancelAsync(before).ConfigureAwait(false) is { } failure ? ActivityResult.Fail(failure) : await EnterAsync(after).ConfigureAwait(false);
}

/// <summary>What a waiting node is told.</summary>
/// <param name="Name">What happened, e.g. <c>Approved</c> or <c>DueSoon</c>.</param>
/// <param name="Payload">What goes with it, in a form of the activity's own; null when nothing does.</param>
public sealed record Signal(string Name, string? Payload = null);

/// <summary>An expected "no" on the way of a flow. Nothing of the advance holds; the caller rolls back.</summary>
/// <param name="Code">Stable, dotted; the runner's own begin with <c>workflow.</c>.</param>
/// <param name="Message">One Chinese sentence.</param>
public sealed record Failure(string Code, string Message)
{
    /// <summary>The node where it happened; null when it was not at one.</summary>
    public string? NodeId { get; init; }

    /// <summary>The caller's own error, as the activity gave it.</summary>
    public object? Detail { get; init; }
}

/// <summary>What an activity answers.</summary>
public readonly record struct ActivityResult
{
    private static readonly string[] Default = ["Done"];

    private ActivityResult(ResultKind kind, IReadOnlyList<string> outcomes, Failure? failure) => (Kind, Outcomes, Failure) = (kind, outcomes, failure);

    internal ResultKind Kind { get; }

    /// <summary>True when the node waits.</summary>
    public bool Waits => Kind == ResultKind.Wait;

    /// <summary>True when the whole workflow is finished.</summary>
    public bool Finishes => Kind == ResultKind.Finish;

    /// <summary>The outcomes of a completion; the outcome of the workflow when it finishes; otherwise empty.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>The expected failure, if it is one.</summary>
    public Failure? Failure { get; }

    /// <summary>The node is done, with its only outcome.</summary>
    public static ActivityResult Done { get; } = new(ResultKind.Complete, Default, null);

    /// <summary>The node waits for a signal.</summary>
    public static ActivityResult Wait { get; } = new(ResultKind.Wait, [], null);

    /// <summary>The node is done, with one outcome or several at once.</summary>
    public static ActivityResult Complete(params string[] outcomes) => outcomes.Length == 0 ? Done : new(ResultKind.Complete, outcomes, null);

    /// <summary>The whole workflow is finished, other branches included.</summary>
    public static ActivityResult Finish(string outcome) => new(ResultKind.Finish, [outcome], null);

    /// <summary>It cannot be done, and that was to be expected.</summary>
    public static ActivityResult Fail(string code, string message, object? detail = null) =>
        new(ResultKind.Fail, [], new Failure(code, message) { Detail = detail });

    /// <summary>It cannot be done, and that was to be expected.</summary>
    public static ActivityResult Fail(Failure failure) => new(ResultKind.Fail, [], failure);
}

internal enum ResultKind
{
    Complete,
    Wait,
    Finish,
    Fail,
}
