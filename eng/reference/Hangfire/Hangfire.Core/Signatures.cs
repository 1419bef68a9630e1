// Declarations of just the members of Hangfire 1.8.24 (assembly Hangfire.Core) that src/Filing.Hangfire uses. They do nothing and are never shipped.
using System.Linq.Expressions;
using Hangfire.Dashboard;

namespace Hangfire.Common
{
    public abstract class JobFilterAttribute : Attribute;
}

namespace Hangfire.Storage
{
    public interface IStorageConnection : IDisposable;

    public static class StorageConnectionExtensions
    {
        public static List<RecurringJobDto> GetRecurringJobs(this IStorageConnection connection) => throw new NotSupportedException();
    }

    public class RecurringJobDto
    {
        public string Id { get; set; } = "";

        public string LastJobState { get; set; } = "";

        public DateTime? LastExecution { get; set; }
    }
}

namespace Hangfire.Dashboard
{
    public abstract class DashboardContext
    {
        private protected DashboardContext()
        {
        }
    }

    public interface IDashboardAuthorizationFilter;

    public interface IDashboardAsyncAuthorizationFilter
    {
        Task<bool> AuthorizeAsync(DashboardContext context);
    }
}

namespace Hangfire
{
    public interface IGlobalConfiguration;

    public static class GlobalConfigurationExtensions
    {
        public static IGlobalConfiguration UseSimpleAssemblyNameTypeSerializer(this IGlobalConfiguration configuration) => throw new NotSupportedException();

        public static IGlobalConfiguration UseRecommendedSerializerSettings(this IGlobalConfiguration configuration) => throw new NotSupportedException();
    }

    public static class CompatibilityLevelExtensions
    {
        public static IGlobalConfiguration SetDataCompatibilityLevel(this IGlobalConfiguration configuration, CompatibilityLevel compatibilityLevel) => throw new NotSupportedException();
    }

    public enum CompatibilityLevel
    {
        Version_180 = 180,
    }

    public abstract class JobStorage
    {
        public abstract Storage.IStorageConnection GetConnection();
    }

    public class JobActivator;

    public interface IRecurringJobManager
    {
        void Trigger(string recurringJobId);
    }

    public static class RecurringJobManagerExtensions
    {
        public static void AddOrUpdate<T>(
            this IRecurringJobManager manager, string recurringJobId, string queue, Expression<Func<T, Task>> methodCall, string cronExpression, RecurringJobOptions options) =>
            throw new NotSupportedException();
    }

    public class RecurringJobOptions
    {
        public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

        public MisfireHandlingMode MisfireHandling { get; set; }
    }

    public enum MisfireHandlingMode
    {
        Relaxed = 0,
        Strict = 1,
        Ignorable = 2,
    }

    public sealed class AutomaticRetryAttribute : Common.JobFilterAttribute
    {
        public int Attempts { get; set; }

        public AttemptsExceededAction OnAttemptsExceeded { get; set; }
    }

    public enum AttemptsExceededAction
    {
        Fail = 0,
        Delete = 1,
    }

    public class BackgroundJobServerOptions
    {
        public string ServerName { get; set; } = "";

        public string[] Queues { get; set; } = [];

        public int WorkerCount { get; set; }

        public TimeSpan SchedulePollingInterval { get; set; }
    }

    public class DashboardOptions
    {
        public string DashboardTitle { get; set; } = "";

        public bool DisplayStorageConnectionString { get; set; }

        public int StatsPollingInterval { get; set; }

        public IEnumerable<IDashboardAuthorizationFilter> Authorization { get; set; } = [];

        public IEnumerable<IDashboardAsyncAuthorizationFilter> AsyncAuthorization { get; set; } = [];

        public Func<DashboardContext, bool> IsReadOnlyFunc { get; set; } = _ => true;
    }
}
