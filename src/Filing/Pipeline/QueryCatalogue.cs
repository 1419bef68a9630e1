using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Filing.Domain;
using MediatR;

namespace Filing.Pipeline;

/// <summary>A question as the world outside the program knows it.</summary>
/// <param name="Name">Its name in kebab case, e.g. <c>read-status</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="ResultType">The type of its answer.</param>
public sealed record QueryInfo(string Name, Type Type, Type ResultType);

/// <summary>All questions, by the name of their type. A scenario asks them by name.</summary>
public static class QueryCatalogue
{
    private static readonly FrozenDictionary<string, QueryInfo> ByName = Find().ToFrozenDictionary(q => q.Name);

    private static readonly MethodInfo SendMethod = typeof(QueryCatalogue).GetMethod(nameof(SendBoxedAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The question of that name; null when there is none.</summary>
    public static QueryInfo? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Reads a question from JSON; an unknown or missing member is named.</summary>
    public static Result<object> Read(QueryInfo query, JsonElement body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, query.Type, Json.Options) is { } request) return request;
            return Error.Invalid("query.unreadable", "查询条件为空。");
        }
        catch (JsonException e)
        {
            var (message, field) = Json.Explain(e);
            return Error.Invalid("query.unreadable", $"查询条件有误{(field is null ? "" : $"（{field}）")}：{message}。", field);
        }
    }

    /// <summary>Asks a question that was read by name.</summary>
    public static async Task<(object? Value, Error? Error)> SendAsync(IMediator mediator, QueryInfo query, object request, CancellationToken ct = default) =>
        await (Task<(object?, Error?)>)SendMethod.MakeGenericMethod(query.ResultType).Invoke(null, [mediator, request, ct])!;

    private static async Task<(object? Value, Error? Error)> SendBoxedAsync<T>(IMediator mediator, IQuery<T> request, CancellationToken ct) =>
        (await mediator.Send(request, ct)).TryGet(out var value, out var error) ? (value, null) : (null, error);

    private static IEnumerable<QueryInfo> Find() =>
        from type in typeof(QueryCatalogue).Assembly.GetTypes()
        let face = type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>))
        where face is not null && type is { IsAbstract: false }
        select new QueryInfo(Kebab.Case(type.Name), type, face.GetGenericArguments()[0]);
}
