using System.Diagnostics;
using System.Diagnostics.Metrics;
using Filing.Domain;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Filing.Pipeline;

/// <summary>The source of traces and of measures, and of their names.</summary>
public static class Tracing
{
    /// <summary>Every request is an activity of this source.</summary>
    public static readonly ActivitySource Source = new("Filing");

    /// <summary>What the product measures. Who reads it is the host's business; unread it costs nothing.</summary>
    public static readonly Meter Meter = new(Source.Name);

    internal static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "filing.request.duration", "s", "Commands and queries, by filing.request; a refused one has its code in error.type.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    internal static readonly Counter<long> Retries = Meter.CreateCounter<long>("filing.request.retries", "{attempt}", "Requests that a server of SQL threw out and that were sent again, by filing.request.");
}

/// <summary>One log line and one trace span a request; an expected refusal is information, not an error.</summary>
internal sealed class LogBehaviour<TRequest, TResponse>(ILogger<LogBehaviour<TRequest, TResponse>> log, Work work) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : struct, IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (work.Active || !(log.IsEnabled(LogLevel.Information) || Tracing.Duration.Enabled)) return await next();
        using var span = Tracing.Source.StartActivity(RequestRule<TRequest>.Name);
        var start = Stopwatch.GetTimestamp();
        var response = await next();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (Tracing.Duration.Enabled) Measure(response.Error?.Code, took / 1000);
        if (response.Error is { } error)
        {
            span?.SetTag("error.code", error.Code);
            log.LogInformation("{Request} by {Actor} refused: {Code} in {Milliseconds:0.0} ms", RequestRule<TRequest>.Name, work.Actor.Name, error.Code, took);
        }
        else
        {
            log.LogInformation("{Request} by {Actor} done in {Milliseconds:0.0} ms", RequestRule<TRequest>.Name, work.Actor.Name, took);
        }

        return response;
    }

    private static void Measure(string? refusal, double seconds)
    {
        var tags = new TagList { { "filing.request", RequestRule<TRequest>.Name } };
        if (refusal is not null) tags.Add("error.type", refusal);
        Tracing.Duration.Record(seconds, tags);
    }
}

/// <summary>The shape of the request, before anything is opened. The first fault is the answer; its field is named.</summary>
internal sealed class ValidateBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : struct, IResult<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
        {
            if (validator.Validate(request).Errors is [var fault, ..])
            {
                var field = fault.PropertyName is { Length: > 0 } name ? char.ToLowerInvariant(name[0]) + name[1..] : null;
                var code = fault.ErrorCode.Contains('.', StringComparison.Ordinal) ? fault.ErrorCode : "invalid";
                return Task.FromResult(TResponse.Fail(Error.Invalid(code, fault.ErrorMessage, field)));
            }
        }

        return next();
    }
}

/// <summary>
/// One transaction a command, one snapshot a query; a request sent from inside another joins it. A command under an idempotency key
/// stores its answer in the same transaction, so that the key's second use gives that answer and does nothing. A <see cref="Trial"/> is rolled back. On a server a request
/// that was a deadlock's victim, waited too long or lost its connection is sent again, a few times; where the commit itself may have come through, only under a key.
/// </summary>
internal sealed class TransactionBehaviour<TRequest, TResponse>(Data.Database database, Work work, Caller caller, RunningKeys running, Features.Cases.Laws laws, Features.Cases.CaseFlow flow, Features.Cases.FlowHandover handover)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : struct, IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (work.Active) return await next();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(request, next, cancellationToken);
            }
            catch (Exception e) when (attempt < Attempts && database.Dialect == Data.Dialect.SqlServer && (database.IsTransient(e) || (e is Data.CommitUnknownException && caller.IdempotencyKey is not null)))
            {
                // Nothing of it was done, or the key knows. All that is kept between attempts is what the request itself says.
                handover.Forget();
                Tracing.Retries.Add(1, new KeyValuePair<string, object?>("filing.request", RequestRule<TRequest>.Name));
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 50) << attempt), cancellationToken);
            }
        }
    }

    private const int Attempts = 5;

    private async Task<TResponse> OnceAsync(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        if (!RequestRule<TRequest>.Changes) return await database.ReadAsync(db => RunAsync(db, next), cancellationToken);
        if (caller.Trial is { } trial) return await database.WriteAsync(db => RunAsync(db, () => TryAsync(trial, request, next)), static _ => false, cancellationToken);
        if (caller.IdempotencyKey is not { } key)
            return await database.WriteAsync(db => RunAsync(db, () => ChangeAsync(request, next)), r => r.Error is null, cancellationToken);

        var scope = $"{work.Actor.Kind}:{work.Actor.AccountId?.ToString() ?? work.Actor.Name}";
        using var hold = running.Hold(scope, key);
        if (hold is null) return TResponse.Fail(Error.Conflict("idempotency.running", "同一幂等键的请求正在处理，请稍后再试。"));
        return await database.WriteAsync(
            db => RunAsync(db, () => Idempotency.OnceAsync(work, scope, key, request, () => ChangeAsync(request, next))), r => r.Error is null, cancellationToken);
    }

    private async Task<TResponse> RunAsync(Data.Session db, RequestHandlerDelegate<TResponse> next)
    {
        work.Begin(db);
        try
        {
            await laws.Calendars.FreshenAsync(db, RequestRule<TRequest>.Changes);
            return await next();
        }
        finally
        {
            work.End();
        }
    }

    private async Task<TResponse> TryAsync(Trial trial, TRequest request, RequestHandlerDelegate<TResponse> next)
    {
        work.IsTrial = true;
        var before = await Trial.LookAsync(work.Db, Trial.DocumentOf(request));
        var response = await ChangeAsync(request, next);
        if (response.Error is null) await trial.SeeAsync(work, before, Trial.DocumentOf(request) ?? Trial.DocumentOf(response.Boxed), response.Boxed);
        return response;
    }

    private async Task<TResponse> ChangeAsync(TRequest request, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (response.Error is not null) return response;
        if (await flow.SettleAsync() is { } error) return TResponse.Fail(error);
        await work.WriteAuditAsync(RequestRule<TRequest>.Name, (request as IReasoned)?.Reason);
        return response;
    }
}
