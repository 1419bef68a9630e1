using Elsa.Workflows.Models;

namespace Elsa.Workflows
{
    public interface IActivity
    {
        string Id { get; set; }
        string NodeId { get; set; }
        string? Name { get; set; }
        string Type { get; set; }
        int Version { get; set; }
        IDictionary<string, object> CustomProperties { get; set; }
        IDictionary<string, object> SyntheticProperties { get; set; }
        IDictionary<string, object> Metadata { get; set; }
        ValueTask<bool> CanExecuteAsync(ActivityExecutionContext context);
        ValueTask ExecuteAsync(ActivityExecutionContext context);
    }

    public interface ITerminalNode;

    public abstract class Activity : IActivity
    {
        protected Activity(string? source = null, int? line = null) => throw null!;

        public string Id { get => throw null!; set => throw null!; }
        public string NodeId { get => throw null!; set => throw null!; }
        public string? Name { get => throw null!; set => throw null!; }
        public string Type { get => throw null!; set => throw null!; }
        public int Version { get => throw null!; set => throw null!; }
        public IDictionary<string, object> CustomProperties { get => throw null!; set => throw null!; }
        public IDictionary<string, object> SyntheticProperties { get => throw null!; set => throw null!; }
        public IDictionary<string, object> Metadata { get => throw null!; set => throw null!; }

        protected virtual ValueTask ExecuteAsync(ActivityExecutionContext context) => throw null!;
        protected virtual ValueTask OnSignalReceivedAsync(object signal, SignalContext context) => throw null!;

        ValueTask<bool> IActivity.CanExecuteAsync(ActivityExecutionContext context) => throw null!;
        ValueTask IActivity.ExecuteAsync(ActivityExecutionContext context) => throw null!;
    }

    public delegate ValueTask ExecuteActivityDelegate(ActivityExecutionContext context);

    public class ActivityExecutionContext
    {
        internal ActivityExecutionContext() => throw null!;

        public WorkflowExecutionContext WorkflowExecutionContext => throw null!;
        public IActivity Activity { get => throw null!; set => throw null!; }
        public CancellationToken CancellationToken => throw null!;
        public IDictionary<string, object> WorkflowInput => throw null!;
        public IDictionary<string, object> ActivityInput => throw null!;
        public Bookmark CreateBookmark(CreateBookmarkArgs? options = null) => throw null!;
        public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => throw null!;
        public T? GetProperty<T>(string key) => throw null!;
        public void SetProperty<T>(string key, T? value) => throw null!;
        public T GetRequiredService<T>() where T : notnull => throw null!;
        public T? Get<T>(Input<T>? input) => throw null!;
    }

    public class WorkflowExecutionContext
    {
        internal WorkflowExecutionContext() => throw null!;

        public string Id { get => throw null!; set => throw null!; }
        public T? GetProperty<T>(string key) => throw null!;
        public void SetProperty<T>(string key, T value) => throw null!;
    }

    public class SignalContext
    {
        internal SignalContext() => throw null!;

        public ActivityExecutionContext ReceiverActivityExecutionContext { get => throw null!; init => throw null!; }
        public bool IsSelf => throw null!;
        public CancellationToken CancellationToken { get => throw null!; init => throw null!; }
    }

    public enum WorkflowSubStatus
    {
        Pending,
        Executing,
        Suspended,
        Finished,
        Cancelled,
        Faulted,
    }

    public interface IActivitySerializer
    {
        T Deserialize<T>(string serializedValue);
    }
}

namespace Elsa.Workflows.Signals
{
    public record CancelSignal;
}

namespace Elsa.Workflows.Attributes
{
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method)]
    public class ActivityAttribute : Attribute
    {
        // An attribute is built when it is read, so these hold what they are given.
        public ActivityAttribute(string @namespace, string? description = null) => (Namespace, Description) = (@namespace, description);

        public string? Namespace { get; set; }
        public string? Type { get; set; }
        public int Version { get; set; } = 1;
        public string? Description { get; set; }
        public string? DisplayName { get; set; }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public class InputAttribute : Attribute
    {
        public string? UIHint { get; set; }
    }
}

namespace Elsa.Workflows.UIHints
{
    public static class InputUIHints
    {
        public const string DynamicOutcomes = "dynamic-outcomes";
    }
}

namespace Elsa.Workflows.Models
{
    public abstract class Argument;

    public abstract class Input : Argument
    {
        internal Input(bool declared) => throw null!;
    }

    public class Input<T> : Input
    {
        internal Input() : base(true) => throw null!;
    }

    public class Bookmark
    {
        internal Bookmark() => throw null!;
    }

    public class CreateBookmarkArgs
    {
        public string? BookmarkId { get => throw null!; set => throw null!; }
        public object? Stimulus { get => throw null!; set => throw null!; }
        public ExecuteActivityDelegate? Callback { get => throw null!; set => throw null!; }
        public bool IncludeActivityInstanceId { get => throw null!; set => throw null!; }
    }
}
