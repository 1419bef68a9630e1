using Filing.Domain;

namespace Filing.Elsa;

/// <summary>The product refused a step. Elsa keeps it as the incident of the workflow, and the delivery that led here is tried again.</summary>
#pragma warning disable CA1032 // Without the error the exception says nothing.
public sealed class StepRefusedException(Error error) : Exception($"{error.Message}（{error.Code}）")
#pragma warning restore CA1032
{
    /// <summary>Why.</summary>
    public Error Error { get; } = error;
}
