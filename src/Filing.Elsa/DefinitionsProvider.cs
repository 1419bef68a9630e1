using Elsa.Workflows;
using Elsa.Workflows.Management.Mappers;
using Elsa.Workflows.Management.Materializers;
using Elsa.Workflows.Management.Models;
using Elsa.Workflows.Runtime;
using Filing.Features.Cases;

namespace Filing.Elsa;

/// <summary>
/// Offers Elsa the definitions of <c>workflows/*.json</c> as our loader has read and stored them, older versions that cases hold included.
/// What the loader refuses stops the start before Elsa is asked; profiles and calendars are no definitions and never come here.
/// </summary>
public sealed class DefinitionsProvider(Laws laws, IActivitySerializer serializer, WorkflowDefinitionMapper mapper) : IWorkflowsProvider
{
    /// <inheritdoc/>
    public string Name => "Filing";

    /// <inheritdoc/>
    public ValueTask<IEnumerable<MaterializedWorkflow>> GetWorkflowsAsync(CancellationToken cancellationToken = default) =>
        new([.. laws.AllDefinitions.Select(d => new MaterializedWorkflow(
            // Without the source: Elsa would show it in place of every later draft.
            mapper.Map(serializer.Deserialize<WorkflowDefinitionModel>(d.Json)), Name, JsonWorkflowMaterializer.MaterializerName))]);
}
