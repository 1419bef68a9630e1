using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Elsa.Steps;

/// <summary>
/// The orders that a command gave are carried out before its answer leaves, so that whoever acted finds the next step laid. The commit came first: where
/// this fails, or the process dies, the outbox delivers them.
/// </summary>
internal sealed class CarryBehaviour<TRequest, TResponse>(FlowHandover handover, Caller caller, Carrier carrier) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : struct, IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (response.Error is null && caller.Trial is null && handover.Given.Count > 0) await carrier.CarryAsync(handover.Given);
        return response;
    }
}
