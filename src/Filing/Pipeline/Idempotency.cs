using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Filing.Domain;

namespace Filing.Pipeline;

/// <summary>The keys whose requests run in this process just now.</summary>
public sealed class RunningKeys
{
    private readonly ConcurrentDictionary<(string Scope, string Key), bool> _running = new();

    /// <summary>Holds a key until disposed; null when it is held already.</summary>
    internal IDisposable? Hold(string scope, string key) => _running.TryAdd((scope, key), true) ? new Release(this, (scope, key)) : null;

    private sealed class Release(RunningKeys keys, (string, string) entry) : IDisposable
    {
        public void Dispose() => keys._running.TryRemove(entry, out _);
    }
}

/// <summary>Requests that act once: the answer lies beside what it did, in the same transaction, for 30 days.</summary>
internal static class Idempotency
{
    public static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    public static async Task<TResponse> OnceAsync<TRequest, TResponse>(Work work, string scope, string key, TRequest request, Func<Task<TResponse>> act)
        where TResponse : struct, IResult<TResponse>
    {
        var hash = Hash(request);
        var seen = await work.Db.QuerySingleOrDefaultAsync<Seen>(
            """
            -- Pipeline/Idempotency: seen before?
            SELECT RequestHash, Response FROM Idempotency WHERE Caller = @scope AND RequestKey = @key
            """,
            new { scope, key });
        if (seen is not null)
        {
            return seen.RequestHash == hash
                ? TResponse.Of(JsonSerializer.Deserialize(seen.Response, TResponse.ValueType, Json.Options))
                : TResponse.Fail(Error.Refused("idempotency.other-body", "该幂等键已用于另一份内容不同的请求，请换用新的键。"));
        }

        // Where several write at once, the key is taken first: who sends it again meanwhile waits here, and then finds the answer.
        var first = work.Db.Dialect == Data.Dialect.SqlServer;
        if (first && !await work.Db.InsertIfAbsentAsync("Idempotency", ["Caller", "RequestKey"], ["RequestHash", "Response", "CreatedAt"], new { Caller = scope, RequestKey = key, RequestHash = hash, Response = "", CreatedAt = work.Now }))
            return await OnceAsync(work, scope, key, request, act);
        var response = await act();
        if (response.Error is not null) return response;
        var json = JsonSerializer.Serialize(response.Boxed, TResponse.ValueType, Json.Options);
        if (first)
        {
            await work.Db.ExecuteAsync(
                """
                -- Pipeline/Idempotency: keep the answer under the key that was taken
                UPDATE Idempotency SET Response = @json WHERE Caller = @scope AND RequestKey = @key
                """,
                new { scope, key, json });
            return response;
        }

        await work.Db.ExecuteAsync(
            """
            -- Pipeline/Idempotency: keep the answer
            INSERT INTO Idempotency (Caller, RequestKey, RequestHash, Response, CreatedAt) VALUES (@scope, @key, @hash, @json, @Now)
            """,
            new { scope, key, hash, json, work.Now });
        return response;
    }

    /// <summary>What tells one request from another, secrets left out: a digest of a short secret could be tried until it fits.</summary>
    private static string Hash<TRequest>(TRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RequestRule<TRequest>.Name + "\n" + JsonSerializer.Serialize(request, WithoutSecrets))));

    private static readonly JsonSerializerOptions WithoutSecrets = new(Json.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } } };

    private static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var secret in type.Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(SecretAttribute), false) == true).ToList()) type.Properties.Remove(secret);
    }

    private sealed record Seen
    {
        public required string RequestHash { get; init; }
        public required string Response { get; init; }
    }
}
