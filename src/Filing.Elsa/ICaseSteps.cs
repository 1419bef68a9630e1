using Filing.Features.Cases;

namespace Filing.Elsa;

/// <summary>
/// All that an activity on Elsa asks of the product. Each call is a command of its own transaction; the same step asked again is answered as
/// before and does nothing, so that Elsa may repeat whatever it had not saved.
/// </summary>
public interface ICaseSteps
{
    /// <summary>The flow has reached a node: its effect happens, once.</summary>
    /// <param name="step">The visit.</param>
    /// <param name="given">The inputs as Elsa evaluated them, by the names of the definition.</param>
    /// <param name="ring">The rung whose ringing led here, if one did.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="StepRefusedException">The product refused; nothing happened.</exception>
    Task<StepAnswer> EnterAsync(StepKey step, IReadOnlyDictionary<string, string?> given, Ring? ring, CancellationToken ct);

    /// <summary>A waiting node was woken.</summary>
    /// <exception cref="StepRefusedException">The product refused; nothing happened.</exception>
    Task<StepAnswer> ResumeAsync(StepKey step, string signal, Ring? ring, CancellationToken ct);

    /// <summary>A node is no longer wanted: what it asked for is withdrawn, if it still waits.</summary>
    /// <exception cref="StepRefusedException">The product refused; nothing happened.</exception>
    Task WithdrawAsync(StepKey step, CancellationToken ct);
}
