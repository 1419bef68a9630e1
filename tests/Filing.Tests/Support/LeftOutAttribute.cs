using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Filing.Tests.Support;

/// <summary>A test of what only one kind of stack does; on the others it is skipped by name, with its reason.</summary>
/// <param name="stack">Where it is skipped.</param>
/// <param name="here">True when the tests run there.</param>
/// <param name="reason">Why.</param>
internal abstract class LeftOutAttribute(string stack, bool here, string reason) : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (!here || test.RunState == RunState.NotRunnable) return;
        test.RunState = RunState.Ignored;
        test.Properties.Set(PropertyNames.SkipReason, $"on {stack}: {reason}");
    }
}

/// <summary>A test of what only the built-in runner does.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class BuiltInHostAttribute(string reason) : LeftOutAttribute("Elsa", TestHost.IsElsa, reason);

/// <summary>A test of what only the embedded database does.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class EmbeddedDatabaseAttribute(string reason) : LeftOutAttribute("SQL Server", TestDatabase.IsSqlServer, reason);
