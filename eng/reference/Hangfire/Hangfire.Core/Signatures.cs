// Declarations of just the members of Hangfire 1.8.24 (assembly Hangfire.Core) that src/Filing.Hangfire uses. They do nothing and are never shipped.
using System.Linq.Expressions;

namespace Hangfire.Common
{
    public abstract class JobFilterAttribute : Attribute;
}

namespace Hangfire
{
    public interface IGlobalConfiguration;

    public interface IGlobalConfiguration<out T> : IGlobalConfiguration;

    public static class GlobalConfigurationExtensions
    {
        public static IGlobalConfiguration UseSimpleAssemblyNameTypeSerializer(this IGlobalConfiguration configuration) => throw new NotSupportedException();

        public static IGlobalConfiguration UseRecommendedSerializerSettings(this IGlobalConfiguration configuration) => throw new NotSupportedException();
    }

    public interface IRecurringJobManager;

    public static class RecurringJobManagerExtensions
    {
        public static void AddOrUpdate<T>(
            this IRecurringJobManager manager, string recurringJobId, Expression<Func<T, Task>> methodCall, string cronExpression, RecurringJobOptions options) => throw new NotSupportedException();
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
    }

    public class DisableConcurrentExecutionAttribute(int timeoutInSeconds) : Common.JobFilterAttribute
    {
        public int TimeoutSec { get; } = timeoutInSeconds;
    }

    public class BackgroundJobServerOptions
    {
        public int WorkerCount { get; set; }

        public TimeSpan SchedulePollingInterval { get; set; }
    }
}
