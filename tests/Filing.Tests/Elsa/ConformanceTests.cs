#if FULL_EDITION
using System.Collections.Concurrent;
using Elsa.Common.Models;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Filing.Activities;
using Filing.Elsa;
using Filing.Features.Cases;
using Filing.Tests.Support;
using Filing.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Filing.Tests.Elsa;

/// <summary>Every definition along every outcome, on the built-in runner and on Elsa's: the same nodes are visited, the same wait, and both end alike.</summary>
[TestFixture]
internal sealed class ConformanceTests
{
    private static readonly Laws Laws = Laws.Read(LawFolder.Original);

    private readonly Told _told = new();
    private ServiceProvider _elsa = null!;

    private static IEnumerable<string> Definitions => Laws.Definitions.Select(d => d.DefinitionId).Order(StringComparer.Ordinal);

    [OneTimeSetUp]
    public async Task Start_Elsa()
    {
        _elsa = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.None)).AddSingleton(Laws).AddElsaHost(ElsaStore.Memory)
            .Replace(ServiceDescriptor.Singleton<ICaseSteps>(_told)).BuildServiceProvider();
        foreach (var service in _elsa.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _elsa.DisposeAsync();

    [TestCaseSource(nameof(Definitions))]
    public async Task Both_hosts_go_the_same_way(string definitionId)
    {
        var definition = Laws.Latest(definitionId);
        var walks = new FlowAnalysis(definition).Walks().ToList();
        Assert.That(walks, Is.Not.Empty);
        foreach (var walk in walks)
        {
            var (here, there) = (new Told.Case(definition, walk), new Told.Case(definition, walk));
            await WalkAsync(here);
            await WalkOnElsaAsync(there);
            Assert.That(there.Visited.Order(StringComparer.Ordinal), Is.EqualTo(here.Visited.Order(StringComparer.Ordinal)), $"{walk}");
            Assert.That(there.Ended, Is.EqualTo(here.Ended), $"{walk}");
            // What still waits when a workflow ends is withdrawn by the register.
            if (here.Ended is null) Assert.That(there.Waiting.Order(StringComparer.Ordinal), Is.EqualTo(here.Waiting.Order(StringComparer.Ordinal)), $"{walk}");
        }
    }

    private static async Task WalkAsync(Told.Case told)
    {
        var runner = new FlowRunner<Told.Case>(ActivityTypes.Catalogue, ActivityTypes.Catalogue.Types.Where(t => t.Name.StartsWith("Filing.", StringComparison.Ordinal)).Select(t => new Told.Activity(t.Name)));
        var advance = await runner.StartAsync(told.Definition, FlowState.New(told.Definition), told);
        foreach (var choice in told.Signals)
        {
            Assert.That(advance.Failure, Is.Null);
            advance = await runner.ResumeAsync(told.Definition, advance.State, choice.NodeId, choice.Visit, new(choice.Outcome), told);
        }

        Assert.That(advance.Failure, Is.Null);
    }

    private async Task WalkOnElsaAsync(Told.Case told)
    {
        var instance = Guid.CreateVersion7();
        _told.Cases[instance] = told;
        await using (var scope = _elsa.CreateAsyncScope())
        {
            var client = await scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(instance.ToString());
            await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest
            {
                WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId(told.Definition.DefinitionId, VersionOptions.SpecificVersion(told.Definition.Version)),
            });
        }

        foreach (var choice in told.Signals)
        {
            await using var scope = _elsa.CreateAsyncScope();
            var step = new StepKey(instance, choice.NodeId, choice.Visit);
            var response = await scope.ServiceProvider.GetRequiredService<IWorkflowResumer>().ResumeAsync(Wake.BookmarkOf(step), Wake.InputOf(choice.Outcome, null));
            Assert.That(response, Is.Not.Null, $"{choice}#{choice.Visit} does not wait on Elsa");
        }
    }

    /// <summary>Activities that do as a walk says, on both hosts.</summary>
    private sealed class Told : ICaseSteps
    {
        public ConcurrentDictionary<Guid, Case> Cases { get; } = [];

        public Task<StepAnswer> EnterAsync(StepKey step, IReadOnlyDictionary<string, string?> given, Ring? ring, CancellationToken ct)
        {
            var told = Cases[step.InstanceId];
            return Task.FromResult(told.Enter(told.Definition[step.NodeId], step.Visit));
        }

        public Task<StepAnswer> ResumeAsync(StepKey step, string signal, Ring? ring, CancellationToken ct)
        {
            Cases[step.InstanceId].Leave(step.NodeId, step.Visit);
            return Task.FromResult(new StepAnswer(StepFate.Done, [signal]));
        }

        public Task WithdrawAsync(StepKey step, CancellationToken ct)
        {
            Cases[step.InstanceId].Leave(step.NodeId, step.Visit);
            return Task.CompletedTask;
        }

        internal sealed class Case(WorkflowDefinition definition, Filing.Workflows.Walk walk)
        {
            public WorkflowDefinition Definition => definition;

            public IEnumerable<Choice> Signals => walk.Choices.Where(c => c.Waits);

            public List<string> Visited { get; } = [];

            public List<string> Waiting { get; } = [];

            public string? Ended { get; private set; }

            public StepAnswer Enter(Node node, int visit)
            {
                Visited.Add($"{node.Id}#{visit}");
                if (node.Activity.CanWait)
                {
                    Waiting.Add($"{node.Id}#{visit}");
                    return new(StepFate.Waits, []);
                }

                if (node.Outcomes.Count > 0)
                    return new(StepFate.Done, [walk.Choices.FirstOrDefault(c => c.NodeId == node.Id && c.Visit == visit)?.Outcome ?? node.Outcomes[0]]);
                Ended = node.Text("outcome");
                return new(StepFate.Ended, [Ended!]);
            }

            public void Leave(string node, int visit) => Waiting.Remove($"{node}#{visit}");
        }

        internal sealed class Activity(string type) : IActivity<Case>
        {
            public string Type => type;

            public ValueTask<ActivityResult> EnterAsync(ActivityScope<Case> scope)
            {
                var answer = scope.Context.Enter(scope.Node, scope.Visit);
                return new(answer.Fate switch
                {
                    StepFate.Waits => ActivityResult.Wait,
                    StepFate.Ended => ActivityResult.Finish(answer.Outcomes[0]),
                    _ => ActivityResult.Complete([.. answer.Outcomes]),
                });
            }

            public ValueTask<ActivityResult> ResumeAsync(ActivityScope<Case> scope, Signal signal)
            {
                scope.Context.Leave(scope.Node.Id, scope.Visit);
                return new(ActivityResult.Complete(signal.Name));
            }

            public ValueTask<Failure?> CancelAsync(ActivityScope<Case> scope)
            {
                scope.Context.Leave(scope.Node.Id, scope.Visit);
                return new((Failure?)null);
            }
        }
    }
}
#endif
