using Elsa.Mediator.Contracts;
using Elsa.Workflows;
using Elsa.Workflows.Management.Mappers;
using Elsa.Workflows.Management.Models;
using Elsa.Workflows.Management.Notifications;
using Filing.Features.Cases;

namespace Filing.Elsa.Studio;

/// <summary>
/// What the Studio publishes is asked the same questions as a file of <c>workflows/</c>: with a flaw it stays a draft. What has none still starts no case
/// here: it is exported, put beside the others, and read at the next start like any of them.
/// </summary>
internal sealed class PublishCheck(Laws laws, WorkflowDefinitionMapper mapper, IApiSerializer serializer) : INotificationHandler<WorkflowDefinitionValidating>
{
    public Task HandleAsync(WorkflowDefinitionValidating notification, CancellationToken cancellationToken)
    {
        var json = serializer.Serialize(mapper.Map(notification.Workflow));
        foreach (var flaw in FlowCheck.Definition(json, "发布的流程", laws))
            notification.ValidationErrors.Add(new WorkflowValidationError(flaw.Message, flaw.Place));
        return Task.CompletedTask;
    }
}
