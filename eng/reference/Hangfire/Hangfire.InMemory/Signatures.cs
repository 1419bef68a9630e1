// Declarations of just the members of Hangfire.InMemory 1.0.0 that src/Filing.Hangfire uses. They do nothing and are never shipped.
namespace Hangfire.InMemory;

public sealed class InMemoryStorage : JobStorage
{
    public override Storage.IStorageConnection GetConnection() => throw new NotSupportedException();
}
