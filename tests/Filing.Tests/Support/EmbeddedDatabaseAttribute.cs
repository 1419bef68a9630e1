using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Filing.Tests.Support;

/// <summary>A test of what only the embedded database does; on a server it is skipped by name, with its reason.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class EmbeddedDatabaseAttribute(string reason) : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (!TestDatabase.IsSqlServer || test.RunState == RunState.NotRunnable) return;
        test.RunState = RunState.Ignored;
        test.Properties.Set(PropertyNames.SkipReason, $"on SQL Server: {reason}");
    }
}
