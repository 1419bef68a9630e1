using System.Text.Json;
using Elsa.Common.Models;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Filing.Elsa.Steps;
using Filing.Features.Cases;
using Filing.Features.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Elsa;

/// <summary>
/// Carries the orders of the outbox to Elsa's runtime. Each may come twice: an instance is started under the register's own id, and a visit is
/// woken by a bookmark that exists once.
/// </summary>
internal sealed class ElsaChannel(IServiceScopeFactory scopes, CaseSteps steps) : IDeliveryChannel
{
    public string Name => FlowHandover.Channel;

    // Somebody waits for the next step, and what fails is mostly an order that has overtaken another.
    public TimeSpan FirstWait => TimeSpan.FromSeconds(1);

    public async Task DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<FlowOrder>(delivery.Payload, Pipeline.Json.Options)!;
        await using var scope = scopes.CreateAsyncScope();
        if (order is ResumeFlow resume)
        {
            await ResumeAsync(scope.ServiceProvider.GetRequiredService<IWorkflowResumer>(), resume, delivery.Key, ct);
            return;
        }

        var client = await scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(order.InstanceId.ToString(), ct);
        var exists = await client.InstanceExistsAsync(ct);
        switch (order)
        {
            case StartFlow start when !exists:
                Check(await client.CreateAndRunInstanceAsync(
                    new CreateAndRunWorkflowInstanceRequest
                    {
                        WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId(start.DefinitionId, VersionOptions.SpecificVersion(start.Version)),
                        CorrelationId = start.CaseId.ToString(),
                    },
                    ct));
                break;
            case CancelFlow when exists:
                await client.CancelAsync(ct);
                break;
        }
    }

    private async Task ResumeAsync(IWorkflowResumer resumer, ResumeFlow order, string key, CancellationToken ct)
    {
        var visit = await steps.AddressAsync(new(order.InstanceId, order.NodeId, order.Visit), key, ct);
        if (visit == 0) return;
        var step = new StepKey(order.InstanceId, order.NodeId, visit);
        if (await resumer.ResumeAsync(Wake.BookmarkOf(step), Wake.InputOf(order.Signal, order.Ring), ct) is { } response) Check(response);
        else if (!await steps.SettleUnheardAsync(step, order.Signal, order.Ring, ct)) throw new InvalidOperationException($"流程引擎中还没有“{order.NodeId}”的等待点，稍后再试。");
    }

    private static void Check(RunWorkflowInstanceResponse response)
    {
        if (response.SubStatus == WorkflowSubStatus.Faulted) throw new InvalidOperationException("流程引擎执行该步骤时出错，请在引擎中查看事件并处理。");
    }
}
