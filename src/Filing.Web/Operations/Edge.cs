using Filing.Domain;
using Filing.Web.Api;

namespace Filing.Web.Operations;

/// <summary>
/// The outermost step: an exception is a bug, caught here once, logged once with its trace id, and answered without details. A request that
/// the server itself could not read is answered as what it is; one whose sender has gone is not answered.
/// </summary>
internal sealed class Edge(RequestDelegate next, ILogger<Edge> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, Unreadable(e));
        }
        catch (Exception e)
        {
            log.LogError(e, "{Method} {Path} failed; trace {TraceId}", context.Request.Method, context.Request.Path, Problems.TraceId(context));
            if (context.Response.HasStarted) context.Abort();
            else await AnswerAsync(context, null);
        }
    }

    private static Error Unreadable(BadHttpRequestException e) => e.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? new Error(ErrorKind.TooLarge, "request.too-large", "请求内容超过上限。")
        : Error.Invalid("request.unreadable", "请求无法读取。");

    private async Task AnswerAsync(HttpContext context, Error? error)
    {
        context.Response.Clear();
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            await Problems.WriteAsync(context, error);
            return;
        }

        context.Response.StatusCode = error is null ? StatusCodes.Status500InternalServerError : Problems.StatusOf(error.Kind);
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        (context.Request.Path, context.Request.QueryString, context.Request.Method) = ("/error", QueryString.Empty, HttpMethods.Get);
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            log.LogError(e, "The error page failed; trace {TraceId}", Problems.TraceId(context));
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"系统出错，编号 {Problems.TraceId(context)}。");
        }
    }
}
