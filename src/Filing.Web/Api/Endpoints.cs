using Filing.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Http.Metadata;

namespace Filing.Web.Api;

/// <summary>
/// Endpoints whose delegates are written out. The framework would compile one for each of them at every start, which takes longer than
/// everything else that a start does.
/// </summary>
internal static class Endpoints
{
    /// <summary>An operation of the API.</summary>
    /// <param name="api">The group.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="route">The route within the group.</param>
    /// <param name="name">The operation's id.</param>
    /// <param name="summary">What it is, in Chinese.</param>
    /// <param name="area">Where it belongs.</param>
    /// <param name="answer">The type of its answer.</param>
    /// <param name="handle">What it does.</param>
    public static IEndpointConventionBuilder Operation(
        this RouteGroupBuilder api, string method, string route, string name, string summary, string area, Type answer, Func<HttpContext, Task<Microsoft.AspNetCore.Http.IResult>> handle) =>
        api.MapMethods(route, [method], async context => await (await handle(context)).ExecuteAsync(context))
            .WithName(name).WithSummary(summary).WithTags(area)
            // Without a method the API document leaves an endpoint out; without parameters of its own, what it accepts is said by metadata.
            .WithMetadata(handle.Method, new ProducesResponseTypeMetadata(StatusCodes.Status200OK, answer, ["application/json"]));

    /// <summary>What it accepts as its body.</summary>
    public static IEndpointConventionBuilder Takes(this IEndpointConventionBuilder operation, string mediaType, Type type) =>
        operation.WithMetadata(new AcceptsMetadata([mediaType], type));

    /// <summary>The pipeline of this request.</summary>
    public static IMediator Mediator(this HttpContext context) => context.RequestServices.GetRequiredService<IMediator>();

    /// <summary>Who acts in this request.</summary>
    public static Caller Caller(this HttpContext context) => context.RequestServices.GetRequiredService<Caller>();
}
