using System.Diagnostics;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Web.Api;

/// <summary>An answer that says no (RFC 9457).</summary>
/// <param name="Type"><c>urn:filing:error:</c> and the code.</param>
/// <param name="Title">What kind of no it is, in Chinese.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and, where it helps, what to do, in Chinese.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Field">The field that is wrong, in camelCase.</param>
/// <param name="Line">The line of the input, counted from 1.</param>
/// <param name="TraceId">What logs and the audit trail show for this request.</param>
public sealed record Problem(string Type, string Title, int Status, string? Detail, string Code, string? Field, int? Line, string TraceId);

/// <summary>The one place where an expected failure becomes an HTTP answer.</summary>
internal static class Problems
{
    public const string MediaType = "application/problem+json";

    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Refused => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>What a status is called.</summary>
    public static string TitleOf(int status) => status switch
    {
        400 => "请求有误",
        401 => "尚未登录或密钥无效",
        403 => "没有权限",
        404 => "没有找到",
        405 => "不支持这种请求方法",
        409 => "与最新情况冲突",
        413 => "内容过大",
        415 => "不支持这种内容类型",
        422 => "按规定不能办理",
        429 => "请求过于频繁",
        >= 500 => "系统出错",
        _ => "请求未能完成",
    };

    /// <summary>The trace of the request, as logs and the audit trail show it.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <summary>An expected failure as the result of an endpoint.</summary>
    public static Microsoft.AspNetCore.Http.IResult Of(HttpContext context, Error error)
    {
        if (error.Kind == ErrorKind.Unauthenticated) context.Response.Headers.WWWAuthenticate = "Bearer";
        var status = StatusOf(error.Kind);
        return Results.Json(
            new Problem($"urn:filing:error:{error.Code}", TitleOf(status), status, error.Message, error.Code, error.Field, error.Line, TraceId(context)), Json.Options, MediaType, status);
    }

    /// <summary>Writes an expected failure; null for a bug, of which nothing is told.</summary>
    public static Task WriteAsync(HttpContext context, Error? error) => error is not null ? Of(context, error).ExecuteAsync(context) : WriteStatusAsync(context, 500);

    /// <summary>Writes what the framework answered with a bare status.</summary>
    public static Task WriteStatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Results.Json(
            new Problem("about:blank", TitleOf(status), status, null, $"http.{status}", null, null, TraceId(context)), Json.Options, MediaType, status).ExecuteAsync(context);
    }
}
