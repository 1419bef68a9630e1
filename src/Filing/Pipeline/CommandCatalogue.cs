using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Filing.Domain;
using MediatR;

namespace Filing.Pipeline;

/// <summary>A command as the world outside the program knows it.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Summary">What the officer does with it, in Chinese.</param>
/// <param name="Area">The area, as in the folder of its file.</param>
/// <param name="Type">Its type.</param>
/// <param name="ResultType">The type of what it answers.</param>
/// <param name="Once">True when it must act once.</param>
public sealed record CommandInfo(string Name, string Summary, string Area, Type Type, Type ResultType, bool Once)
{
    /// <summary>The task that it finishes; null when it finishes none.</summary>
    public string? Finishes { get; } = Type.GetCustomAttribute<FinishesAttribute>()?.Task;

    /// <summary>The task that must be open for it, where it belongs to one without finishing it; otherwise null.</summary>
    public string? During { get; } = Type.GetCustomAttribute<DuringTaskAttribute>()?.Task;

    /// <summary>True when nobody has to be signed in for it.</summary>
    public bool OpenToAll { get; } = Type.GetCustomAttribute<OpenToAllAttribute>() is not null;
}

/// <summary>All commands with a verb. The API, scenarios and the command line send them by name: what a page can do, each of them can do.</summary>
public static class CommandCatalogue
{
    private static readonly FrozenDictionary<string, CommandInfo> ByName = Find().ToFrozenDictionary(c => c.Name);

    /// <summary>All of them, by name.</summary>
    public static IEnumerable<CommandInfo> All => ByName.Values.OrderBy(c => c.Name, StringComparer.Ordinal);

    /// <summary>The command of that name; null when there is none.</summary>
    public static CommandInfo? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Reads a command from JSON; an unknown or missing member is named.</summary>
    public static Result<object> Read(CommandInfo command, JsonElement body)
    {
        try
        {
            // Not a conditional expression: its type would be object, and the error would pass for the request.
            if (JsonSerializer.Deserialize(body, command.Type, Json.Options) is { } request) return request;
            return Error.Invalid("request.empty", "请求内容为空。");
        }
        catch (JsonException e)
        {
            var (message, field) = Json.Explain(e);
            return Error.Invalid("request.unreadable", $"“{command.Summary}”的内容有误{(field is null ? "" : $"（{field}）")}：{message}。", field);
        }
    }

    /// <summary>Sends a command that was read by name.</summary>
    public static async Task<(object? Value, Error? Error)> SendAsync(IMediator mediator, CommandInfo command, object request, CancellationToken ct = default)
    {
        return await (Task<(object?, Error?)>)SendMethod.MakeGenericMethod(command.ResultType).Invoke(null, [mediator, request, ct])!;
    }

    private static readonly MethodInfo SendMethod = typeof(CommandCatalogue).GetMethod(nameof(SendBoxedAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task<(object? Value, Error? Error)> SendBoxedAsync<T>(IMediator mediator, ICommand<T> request, CancellationToken ct) =>
        (await mediator.Send(request, ct)).TryGet(out var value, out var error) ? (value, null) : (null, error);

    private static IEnumerable<CommandInfo> Find() =>
        from type in typeof(CommandCatalogue).Assembly.GetTypes()
        let verb = type.GetCustomAttribute<VerbAttribute>()
        where verb is not null
        let command = type.GetInterfaces().First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))
        select new CommandInfo(verb.Name, verb.Summary, type.Namespace!.Split('.').Last(), type, command.GetGenericArguments()[0], verb.Once);
}
