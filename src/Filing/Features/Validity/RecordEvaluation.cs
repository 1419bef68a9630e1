using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>What the evaluation before expiry advises.</summary>
public enum EvaluationConclusion
{
    /// <summary>续期: to be registered, numbered and published anew.</summary>
    Renew,

    /// <summary>修改后重新公布.</summary>
    Amend,

    /// <summary>届满失效.</summary>
    LetLapse,
}

/// <summary>届满前评估: the drafting unit says what should become of a document whose term ends. It changes nothing by itself: who wants it renewed submits anew.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Conclusion">What it advises.</param>
/// <param name="Report">The report.</param>
/// <param name="On">The day; today when absent.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("record-evaluation", "届满前评估")]
[Finishes("evaluate")]
public sealed record RecordEvaluation(Guid DocumentId, EvaluationConclusion Conclusion, string Report, DateOnly? On = null, Guid? TaskId = null)
    : ICommand<Done>, IFinishesTask;

internal sealed class RecordEvaluationValidator : AbstractValidator<RecordEvaluation>
{
    public RecordEvaluationValidator() => RuleFor(c => c.Report).NotEmpty().WithMessage("请填写评估报告。").MaximumLength(100_000).WithMessage("评估报告过长。");
}

internal sealed class RecordEvaluationHandler(Work work, CaseFlow flow, Deadlines deadlines) : IRequestHandler<RecordEvaluation, Result<Done>>
{
    public async Task<Result<Done>> Handle(RecordEvaluation command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var on = command.On ?? work.Today;
        if (on > work.Today) return Error.Invalid("fact.in-future", $"{ChineseDate.Format(on)}还没有到，不能记为已经发生的日期。", "on");
        if (file.Latest(FactKind.Published)?.LegalDate is { } published && on < published)
            return Error.Invalid("date.order", $"评估日期（{ChineseDate.Format(on)}）早于公布日期（{ChineseDate.Format(published)}），顺序不可能，请核对。", "on");
        await work.Db.ExecuteAsync(
            """
            -- Validity/RecordEvaluation: an evaluation
            INSERT INTO Evaluation (Id, DocumentId, Conclusion, Report, ConcludedOn, RecordedBy)
            VALUES (@Id, @DocumentId, @Conclusion, @Report, @on, @Name)
            """,
            new { Id = Work.NewId(), command.DocumentId, Conclusion = Kebab.Of(command.Conclusion), command.Report, on, work.Actor.Name });
        work.Record(new DocumentEvaluated(command.Conclusion, on), command.DocumentId);
        await deadlines.CloseAsync(file, Deadlines.Evaluation, on, "已评估");
        return await flow.FinishAsync("Concluded");
    }
}
