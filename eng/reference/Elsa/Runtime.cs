using Elsa.Common.Models;
using Elsa.Features.Services;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Api.Features;
using Elsa.Workflows.Management.Features;
using Elsa.Workflows.Management.Models;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime.Features;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Elsa.Common.Models
{
    public struct VersionOptions
    {
        public static VersionOptions SpecificVersion(int version) => throw null!;
    }
}

namespace Elsa.Features.Services
{
    public interface IModule
    {
        IServiceCollection Services { get; }
    }
}

namespace Elsa.Extensions
{
    // Classes of this name in several of Elsa's assemblies; as extension methods they read alike.
    public static class ModuleExtensions
    {
        public static IModule AddElsa(this IServiceCollection services, Action<IModule>? configure = null) => throw null!;
        public static IModule AddActivitiesFrom<TMarkerType>(this IModule module) => throw null!;
        public static IModule UseWorkflowManagement(this IModule module, Action<WorkflowManagementFeature>? configure = null) => throw null!;
        public static IModule UseWorkflowRuntime(this IModule module, Action<WorkflowRuntimeFeature>? configure = null) => throw null!;
        public static IModule UseWorkflowsApi(this IModule module, Action<WorkflowsApiFeature>? configure = null) => throw null!;
        public static WorkflowManagementFeature UseCache(this WorkflowManagementFeature feature, Action<CachingWorkflowDefinitionsFeature>? configure = null) => throw null!;
    }
}

namespace Elsa.Extensions
{
    public static class WebApplicationExtensions
    {
        public static IEndpointRouteBuilder MapWorkflowsApi(this IEndpointRouteBuilder routes, string routePrefix = "elsa/api") => throw null!;
    }
}

namespace Elsa.Workflows.Api.Features
{
    public class WorkflowsApiFeature
    {
        internal WorkflowsApiFeature() => throw null!;
    }
}

namespace Elsa.Workflows.Activities
{
    public class Workflow
    {
        internal Workflow() => throw null!;
    }
}

namespace Elsa.Workflows.Models
{
    public class WorkflowDefinitionHandle
    {
        public static WorkflowDefinitionHandle ByDefinitionId(string definitionId, VersionOptions? versionOptions = null) => throw null!;
    }
}

namespace Elsa.Workflows.Management.Models
{
    public class WorkflowDefinitionModel
    {
        internal WorkflowDefinitionModel(bool declared) => throw null!;
    }
}

namespace Elsa.Workflows.Management.Mappers
{
    public class WorkflowDefinitionMapper
    {
        internal WorkflowDefinitionMapper() => throw null!;

        public Workflow Map(WorkflowDefinitionModel source) => throw null!;
        public WorkflowDefinitionModel Map(Workflow workflow) => throw null!;
    }
}

namespace Elsa.Mediator.Contracts
{
    public interface INotification
    {
    }

    public interface INotificationHandler
    {
    }

    public interface INotificationHandler<in T> : INotificationHandler where T : INotification
    {
        Task HandleAsync(T notification, CancellationToken cancellationToken);
    }
}

namespace Elsa.Workflows.Management.Models
{
    public record WorkflowValidationError(string Message, string? ActivityId = null);
}

namespace Elsa.Workflows.Management.Notifications
{
    public record WorkflowDefinitionValidating(Workflow Workflow, ICollection<WorkflowValidationError> ValidationErrors) : Elsa.Mediator.Contracts.INotification;
}

namespace Elsa.Workflows
{
    public interface IApiSerializer
    {
        string Serialize(object model);
    }
}

namespace Elsa.Workflows.Management.Materializers
{
    public class JsonWorkflowMaterializer
    {
        internal JsonWorkflowMaterializer() => throw null!;

        public const string MaterializerName = "Json";
    }
}

namespace Elsa.Workflows.Runtime
{
    public interface IWorkflowsProvider
    {
        string Name { get; }
        ValueTask<IEnumerable<MaterializedWorkflow>> GetWorkflowsAsync(CancellationToken cancellationToken = default);
    }

    public record MaterializedWorkflow(Workflow Workflow, string ProviderName, string MaterializerName, object? MaterializerContext = null, string? OriginalSource = null);

    public interface IWorkflowRuntime
    {
        ValueTask<IWorkflowClient> CreateClientAsync(string? workflowInstanceId, CancellationToken cancellationToken = default);
    }

    public interface IWorkflowClient
    {
        Task<RunWorkflowInstanceResponse> CreateAndRunInstanceAsync(CreateAndRunWorkflowInstanceRequest request, CancellationToken cancellationToken = default);
        Task CancelAsync(CancellationToken cancellationToken = default);
        Task<bool> InstanceExistsAsync(CancellationToken cancellationToken = default);
    }

    public interface IWorkflowResumer
    {
        Task<RunWorkflowInstanceResponse?> ResumeAsync(string bookmarkId, IDictionary<string, object> input, CancellationToken cancellationToken = default);
    }
}

namespace Elsa.Workflows.Runtime.Messages
{
    public class CreateAndRunWorkflowInstanceRequest
    {
        public WorkflowDefinitionHandle WorkflowDefinitionHandle { get => throw null!; set => throw null!; }
        public string? CorrelationId { get => throw null!; set => throw null!; }
        public IDictionary<string, object>? Input { get => throw null!; set => throw null!; }
    }

    public record RunWorkflowInstanceResponse
    {
        public WorkflowSubStatus SubStatus { get => throw null!; set => throw null!; }
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    public static class DependencyInjectionExtensions
    {
        public static IServiceCollection AddNotificationHandler<THandler>(this IServiceCollection services) where THandler : class, Elsa.Mediator.Contracts.INotificationHandler => throw null!;
        public static IServiceCollection AddWorkflowsProvider<T>(this IServiceCollection services) where T : class, Elsa.Workflows.Runtime.IWorkflowsProvider => throw null!;
    }
}

namespace Elsa.Workflows.Management.Features
{
    public class CachingWorkflowDefinitionsFeature
    {
        internal CachingWorkflowDefinitionsFeature() => throw null!;
    }

    public class WorkflowManagementFeature
    {
        internal WorkflowManagementFeature() => throw null!;
    }
}

namespace Elsa.Workflows.Runtime.Features
{
    public class WorkflowRuntimeFeature
    {
        internal WorkflowRuntimeFeature() => throw null!;
    }
}

namespace Microsoft.EntityFrameworkCore.Infrastructure
{
    public class SqliteDbContextOptionsBuilder
    {
        internal SqliteDbContextOptionsBuilder() => throw null!;
    }
}

namespace Elsa.Persistence.EFCore
{
    public class ElsaDbContextOptions
    {
        internal ElsaDbContextOptions() => throw null!;
    }

    public abstract class ElsaDbContextBase
    {
        internal ElsaDbContextBase() => throw null!;
    }

    public abstract class PersistenceFeatureBase<TFeature, TDbContext> where TDbContext : ElsaDbContextBase
    {
        internal PersistenceFeatureBase() => throw null!;
    }
}

namespace Elsa.Persistence.EFCore.Extensions
{
    public static class SqliteProvidersExtensions
    {
        public static TFeature UseSqlite<TFeature, TDbContext>(
            this PersistenceFeatureBase<TFeature, TDbContext> feature, string? connectionString = null, ElsaDbContextOptions? options = null,
            Action<SqliteDbContextOptionsBuilder>? configure = null)
            where TDbContext : ElsaDbContextBase
            where TFeature : PersistenceFeatureBase<TFeature, TDbContext> => throw null!;
    }
}

namespace Elsa.Persistence.EFCore.Modules.Management
{
    public class ManagementElsaDbContext : ElsaDbContextBase
    {
        internal ManagementElsaDbContext() => throw null!;
    }

    public class WorkflowManagementPersistenceFeature : PersistenceFeatureBase<WorkflowManagementPersistenceFeature, ManagementElsaDbContext>
    {
        internal WorkflowManagementPersistenceFeature() => throw null!;
    }

    public static class WorkflowManagementFeatureExtensions
    {
        public static WorkflowManagementFeature UseEntityFrameworkCore(this WorkflowManagementFeature feature, Action<WorkflowManagementPersistenceFeature>? configure = null) =>
            throw null!;
    }
}

namespace Elsa.Persistence.EFCore.Modules.Runtime
{
    public class RuntimeElsaDbContext : ElsaDbContextBase
    {
        internal RuntimeElsaDbContext() => throw null!;
    }

    public class EFCoreWorkflowRuntimePersistenceFeature : PersistenceFeatureBase<EFCoreWorkflowRuntimePersistenceFeature, RuntimeElsaDbContext>
    {
        internal EFCoreWorkflowRuntimePersistenceFeature() => throw null!;
    }

    public static class Extensions
    {
        public static WorkflowRuntimeFeature UseEntityFrameworkCore(this WorkflowRuntimeFeature feature, Action<EFCoreWorkflowRuntimePersistenceFeature>? configure = null) =>
            throw null!;
    }
}
