using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Filing.Elsa.Steps;

/// <summary>
/// The orders that a command gave are carried out before its answer leaves, so that whoever acted finds the next step laid. The commit came first: where
/// this fails, or the process dies, the outbox delivers them, and the answer says what was committed.
/// </summary>
internal sealed class CarryBehaviour<TRequest, TResponse>(FlowHandover handover, Caller caller, Carrier carrier, ILogger<Carrier> log) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : struct, IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (response.Error is not null || caller.Trial is not null || handover.Given.Count == 0) return response;
        try
        {
            await carrier.CarryAsync(handover.Given);
        }
        catch (Exception e)
        {
            log.LogError(e, "Orders of {Request} could not be carried at once; the outbox delivers them.", typeof(TRequest).Name);
        }

        return response;
    }
}
