using System.Text.Json;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Web.Api;

/// <summary>Every command of the catalogue as <c>POST /api/v1/commands/{verb}</c>: what a page can do, a program can do.</summary>
internal static class Commands
{
    public const string KeyHeader = "Idempotency-Key";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static void MapCommands(this RouteGroupBuilder api)
    {
        foreach (var command in CommandCatalogue.All)
        {
            api.Operation(HttpMethods.Post, $"commands/{command.Name}", command.Name, command.Summary, command.Area, command.ResultType, context => SendAsync(command, context))
                .Takes("application/json", command.Type).WithMetadata(command);
        }
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> SendAsync(CommandInfo command, HttpContext context)
    {
        // What needs no sign-in is counted by address, whichever door it comes through. The bare status becomes a problem report on its way out.
        if (command.OpenToAll && !context.RequestServices.GetRequiredService<Security.PublicLimit>().Take(context)) return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        if (!Key(command, context.Request).TryGet(out var key, out var error)) return Problems.Of(context, error);
        if (!(await BodyAsync(command, context)).TryGet(out var request, out error)) return Problems.Of(context, error);
        context.Caller().IdempotencyKey = key;
        var (value, refused) = await CommandCatalogue.SendAsync(context.Mediator(), command, request, context.RequestAborted);
        return refused is null ? Results.Json(value, Json.Options) : Problems.Of(context, refused);
    }

    private static Result<string?> Key(CommandInfo command, HttpRequest request)
    {
        var keys = request.Headers[KeyHeader];
        if (keys.Count == 0 && !command.Once) return (string?)null;
        if (keys.Count == 0) return Error.Invalid("idempotency.key-required", $"“{command.Summary}”只能办一次，请在请求头 {KeyHeader} 中给出幂等键，重发时用同一个键。", KeyHeader);
        return keys.Count == 1 && keys[0] is { Length: > 0 and <= 200 } key && key.All(c => c is > ' ' and < '\x7f')
            ? key
            : Error.Invalid("idempotency.key-unreadable", $"请求头 {KeyHeader} 应为 1 至 200 个可见的 ASCII 字符。", KeyHeader);
    }

    private static async Task<Result<object>> BodyAsync(CommandInfo command, HttpContext context)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(context.Request.Body, Strict, context.RequestAborted);
            return CommandCatalogue.Read(command, json.RootElement);
        }
        catch (JsonException e)
        {
            return Error.Invalid("request.unreadable", "请求内容不是有效的 JSON。", line: (int?)e.LineNumber + 1);
        }
    }
}
