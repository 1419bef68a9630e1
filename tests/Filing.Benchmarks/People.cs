using Filing.Data;
using Filing.Domain;
using MediatR;

namespace Filing.Tests.Support;

/// <summary>Those who send commands to a register, by their logins. Tests and benchmarks each have their own; the world and the lives are the same.</summary>
internal interface IPeople
{
    /// <summary>Remembers an account, so that its login is enough from then on.</summary>
    void Knows(string login, Guid account);

    /// <summary>Sends a request that must come through.</summary>
    /// <param name="login">Who sends it; null for the command line.</param>
    /// <param name="request">What is sent.</param>
    Task<T> Send<T>(string? login, IRequest<Result<T>> request);

    /// <summary>Stores the content of a file, so that a command may name it.</summary>
    Task<StoredMaterial> StoreAsync(byte[] content);
}
