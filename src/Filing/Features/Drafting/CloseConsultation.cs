using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>结束征求单位意见: every comment must have its answer first.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("close-unit-consultation", "结束征求单位意见")]
[Finishes("consult-units")]
public sealed record CloseUnitConsultation(Guid DocumentId, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

/// <summary>结束公开征求意见: not before its last day has passed, and every comment must have its answer first.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("close-public-consultation", "结束公开征求意见")]
[Finishes("consult-public")]
public sealed record ClosePublicConsultation(Guid DocumentId, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

internal sealed class CloseUnitConsultationHandler(Work work, CaseFlow flow) : IRequestHandler<CloseUnitConsultation, Result<Done>>
{
    public Task<Result<Done>> Handle(CloseUnitConsultation command, CancellationToken cancellationToken) =>
        ClosingConsultation.CloseAsync(work, flow, command.DocumentId, ConsultationAudience.Units);
}

internal sealed class ClosePublicConsultationHandler(Work work, CaseFlow flow) : IRequestHandler<ClosePublicConsultation, Result<Done>>
{
    public Task<Result<Done>> Handle(ClosePublicConsultation command, CancellationToken cancellationToken) =>
        ClosingConsultation.CloseAsync(work, flow, command.DocumentId, ConsultationAudience.Public);
}

/// <summary>What closing has in common for both audiences.</summary>
internal static class ClosingConsultation
{
    public static async Task<Result<Done>> CloseAsync(Work work, CaseFlow flow, Guid documentId, ConsultationAudience audience)
    {
        if (!(await flow.CaseAsync(documentId)).TryGet(out var file, out var error)) return error;
        var open = await RunningConsultation.OfAsync(work, documentId, audience);
        if (ConsultationChecks.Of(open, audience, file.Profile, work.Today).Select(c => c.Refusal).FirstOrDefault(r => r is not null) is { } hindrance) return hindrance;
        foreach (var consultation in open)
        {
            await work.Db.ExecuteAsync(
                """
                -- Drafting/CloseConsultation: closed
                UPDATE Consultation SET ClosedOn = @Today WHERE Id = @Id AND ClosedOn IS NULL
                """,
                new { work.Today, consultation.Id });
            work.Record(new ConsultationClosed(consultation.Id, audience, consultation.Comments, consultation.Adopted), documentId);
        }

        return await flow.RecordAsync(file, new(FactKind.ConsultationClosed, work.Today, "征求意见", Kebab.Of(audience))) is { } refused
            ? refused
            : await flow.FinishAsync("Closed");
    }
}
