using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Elsa.Steps;

/// <summary>Elsa has reached a node. Only the program sends it.</summary>
[Needs(Function.Sweep)]
internal sealed record EnterStep(StepKey Step, IReadOnlyDictionary<string, string?> Given, Ring? Ring) : ICommand<StepAnswer>;

/// <summary>Elsa has woken a node. Only the program sends it.</summary>
[Needs(Function.Sweep)]
internal sealed record ResumeStep(StepKey Step, string Signal, Ring? Ring) : ICommand<StepAnswer>;

/// <summary>Elsa no longer wants a node. Only the program sends it.</summary>
[Needs(Function.Sweep)]
internal sealed record WithdrawStep(StepKey Step) : ICommand<StepAnswer>;

/// <summary>
/// Which visit a signal is for: the one that waits, from the given one on; 0 when none does. Sent under the delivery's key, so that a repeated
/// delivery wakes the same visit and no other. Refused while an older order to the same instance is still to be carried out.
/// </summary>
[Needs(Function.Sweep)]
internal sealed record AddressSignal(StepKey Earliest, string DeliveryKey) : ICommand<int>;

/// <summary>Elsa has nobody waiting at a step that was to be woken: whether that is as it should be. False when Elsa has yet to come to it.</summary>
[Needs(Function.Sweep)]
internal sealed record SettleUnheard(StepKey Step, string Signal, Ring? Ring) : ICommand<bool>;

internal sealed class StepHandlers(CaseFlow flow) :
    IRequestHandler<EnterStep, Result<StepAnswer>>, IRequestHandler<ResumeStep, Result<StepAnswer>>, IRequestHandler<WithdrawStep, Result<StepAnswer>>,
    IRequestHandler<AddressSignal, Result<int>>, IRequestHandler<SettleUnheard, Result<bool>>
{
    public Task<Result<StepAnswer>> Handle(EnterStep command, CancellationToken cancellationToken) => flow.EnterStepAsync(command.Step, command.Given, command.Ring);

    public Task<Result<StepAnswer>> Handle(ResumeStep command, CancellationToken cancellationToken) => flow.ResumeStepAsync(command.Step, command.Signal, command.Ring);

    public Task<Result<StepAnswer>> Handle(WithdrawStep command, CancellationToken cancellationToken) => flow.WithdrawStepAsync(command.Step);

    public async Task<Result<int>> Handle(AddressSignal command, CancellationToken cancellationToken) =>
        await flow.OlderOrderWaitsAsync(command.Earliest.InstanceId, command.DeliveryKey)
            ? Error.Conflict("workflow.in-progress", "该流程的上一步仍在处理中，稍后自动继续。")
            : await flow.WaitingVisitAsync(command.Earliest) ?? 0;

    public Task<Result<bool>> Handle(SettleUnheard command, CancellationToken cancellationToken) => flow.SettleUnheardAsync(command.Step, command.Signal, command.Ring);
}
