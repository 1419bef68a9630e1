using Filing.Domain;
using MediatR;

namespace Filing.Pipeline;

/// <summary>A request that changes something, in one transaction.</summary>
public interface ICommand<T> : IRequest<Result<T>>;

/// <summary>A request that reads one committed state.</summary>
public interface IQuery<T> : IRequest<Result<T>>;

/// <summary>A request about one document: the account must be able to see it.</summary>
public interface IForDocument
{
    /// <summary>The document.</summary>
    Guid DocumentId { get; }
}

/// <summary>A command that finishes a task: it may name the task that its author saw, so that a stale page is refused.</summary>
public interface IFinishesTask : IForDocument
{
    /// <summary>The task that the author had before his or her eyes; null takes the open one.</summary>
    Guid? TaskId { get; }
}

/// <summary>A command with a reason worth keeping in the record of its process.</summary>
public interface IReasoned
{
    /// <summary>Why.</summary>
    string? Reason { get; }
}

/// <summary>The name of a command outside the program: in the API, in scenarios, on the command line, in the audit trail.</summary>
/// <param name="name">Kebab case, a verb first.</param>
/// <param name="summary">One Chinese phrase: what the officer does with it.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class VerbAttribute(string name, string summary) : Attribute
{
    /// <summary>Kebab case, a verb first.</summary>
    public string Name { get; } = name;

    /// <summary>One Chinese phrase.</summary>
    public string Summary { get; } = summary;

    /// <summary>True when sending it twice would register, number, publish or file twice: the API demands an <c>Idempotency-Key</c>.</summary>
    public bool Once { get; init; }
}

/// <summary>
/// The command finishes an open task of this code; whoever sits at the task's desk may send it. With <see cref="NeedsAttribute"/> beside it, it may also
/// be sent while no such task is open, by whoever has the function there; its handler says when.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FinishesAttribute(string task) : Attribute
{
    /// <summary>The code of the task, as in the definitions.</summary>
    public string Task { get; } = task;
}

/// <summary>
/// The command belongs to an open task of this code without finishing it, e.g. a finding while a draft is under review; whoever sits at the
/// task's desk may send it. It is an <see cref="IForDocument"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DuringTaskAttribute(string task) : Attribute
{
    /// <summary>The code of the task, as in the definitions.</summary>
    public string Task { get; } = task;
}

/// <summary>The request needs a function, and where <see cref="At"/> says so, at that place of its document.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(Function function) : Attribute
{
    /// <summary>The function.</summary>
    public Function Function { get; } = function;

    /// <summary>The place of the document at which the actor must hold a post; null when seeing the document is enough.</summary>
    public Place[] At { get; init; } = [];
}

/// <summary>Whoever is signed in may send it, with a post or without; what it may do is for the handler to say.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignedInAttribute : Attribute;

/// <summary>
/// The member is a secret, such as a password: it goes into no digest of the request, no event, no row as it is, and no log. A request with one
/// writes itself out without it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>Anybody may send it, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToAllAttribute : Attribute;
