#if FULL_EDITION
using Elsa.Common.Models;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Filing.Elsa;
using Filing.Features.Cases;
using Filing.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Filing.Benchmarks.Hosts;

/// <summary>Elsa's runtime with its own database file and our definitions, whose activities do nothing but wait and go on.</summary>
internal sealed class ElsaAlone : ICaseSteps, IAsyncDisposable
{
    private const string Definition = "government-document";

    private readonly string _folder = Directory.CreateTempSubdirectory("filing-bench-").FullName;
    private readonly Laws _laws = Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows"));
    private readonly WorkflowDefinition _definition;
    private readonly ServiceProvider _services;

    private ElsaAlone()
    {
        _definition = _laws.Latest(Definition);
        _services = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning)).AddSingleton(_laws).AddElsaHost(ElsaStore.In(_folder))
            .Replace(ServiceDescriptor.Singleton<ICaseSteps>(this)).BuildServiceProvider();
    }

    /// <summary>Starts it over an empty file.</summary>
    public static async Task<ElsaAlone> OpenAsync()
    {
        var elsa = new ElsaAlone();
        foreach (var service in elsa._services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
        return elsa;
    }

    /// <summary>One case: started, waiting for the identification, resumed with "not normative", completed.</summary>
    public async Task WalkAsync()
    {
        var instance = Guid.CreateVersion7();
        await using (var scope = _services.CreateAsyncScope())
        {
            var client = await scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(instance.ToString());
            await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest
            {
                WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId(_definition.DefinitionId, VersionOptions.SpecificVersion(_definition.Version)),
            });
        }

        await using (var scope = _services.CreateAsyncScope())
        {
            var response = await scope.ServiceProvider.GetRequiredService<IWorkflowResumer>().ResumeAsync(
                Wake.BookmarkOf(new(instance, "identify", 1)), Wake.InputOf("NotNormative", null));
            if (response?.Status != global::Elsa.Workflows.WorkflowStatus.Finished) throw new InvalidOperationException($"Elsa did not finish: {response?.Status} {response?.SubStatus}");
        }
    }

    public Task<StepAnswer> EnterAsync(StepKey step, IReadOnlyDictionary<string, string?> given, Ring? ring, CancellationToken ct)
    {
        var node = _definition[step.NodeId];
        return Task.FromResult(node.Activity.CanWait ? new StepAnswer(StepFate.Waits, [])
            : node.Outcomes.Count > 0 ? new(StepFate.Done, [node.Outcomes[0]])
            : new(StepFate.Ended, [node.Text("outcome")!]));
    }

    public Task<StepAnswer> ResumeAsync(StepKey step, string signal, Ring? ring, CancellationToken ct) => Task.FromResult(new StepAnswer(StepFate.Done, [signal]));

    public Task WithdrawAsync(StepKey step, CancellationToken ct) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, true);
    }
}
#endif
