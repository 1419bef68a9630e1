using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Elsa.Steps;

/// <summary>The port over the product's commands, each in a scope of its own: Elsa's own scope outlives a transaction.</summary>
internal sealed class CaseSteps(IServiceScopeFactory scopes) : ICaseSteps
{
    public Task<StepAnswer> EnterAsync(StepKey step, IReadOnlyDictionary<string, string?> given, Ring? ring, CancellationToken ct) =>
        SendAsync(new EnterStep(step, given, ring), null, ct);

    public Task<StepAnswer> ResumeAsync(StepKey step, string signal, Ring? ring, CancellationToken ct) => SendAsync(new ResumeStep(step, signal, ring), null, ct);

    public Task WithdrawAsync(StepKey step, CancellationToken ct) => SendAsync(new WithdrawStep(step), null, ct);

    internal Task<int> AddressAsync(StepKey earliest, string deliveryKey, CancellationToken ct) => SendAsync(new AddressSignal(earliest, deliveryKey), deliveryKey, ct);

    internal Task<bool> SettleUnheardAsync(StepKey step, string signal, Ring? ring, CancellationToken ct) => SendAsync(new SettleUnheard(step, signal, ring), null, ct);

    private async Task<T> SendAsync<T>(IRequest<Result<T>> request, string? key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        (caller.Actor, caller.IdempotencyKey) = (Actor.System, key);
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
        return result.TryGet(out var value, out var error) ? value : throw new StepRefusedException(error);
    }
}
