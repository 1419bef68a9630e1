using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Filing.Tests.Support;

/// <summary>A test of what only the built-in runner does; on Elsa it is skipped by name, with its reason.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class BuiltInHostAttribute(string reason) : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (!TestHost.IsElsa || test.RunState == RunState.NotRunnable) return;
        test.RunState = RunState.Ignored;
        test.Properties.Set(PropertyNames.SkipReason, $"on Elsa: {reason}");
    }
}
