using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>补齐材料: the drafter hands in the explanation and names the bases; the draft may be improved on the way.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Explanation">起草说明: why, on what basis, how it was drafted, what is in dispute.</param>
/// <param name="Bases">制定依据: the papers that it rests on.</param>
/// <param name="Text">The text, where it has changed.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("complete-draft", "补齐材料")]
[Finishes("complete")]
public sealed record CompleteDraft(Guid DocumentId, string Explanation, IReadOnlyList<CitedPaper> Bases, string? Text = null, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

internal sealed class CompleteDraftValidator : AbstractValidator<CompleteDraft>
{
    public CompleteDraftValidator()
    {
        RuleFor(c => c.Explanation).NotEmpty().WithMessage("请填写起草说明。").MaximumLength(20_000).WithMessage("起草说明不能超过 2 万字。");
        RuleFor(c => c.Bases).NotEmpty().WithErrorCode("draft.no-basis").WithMessage("请至少列出一项制定依据。");
        RuleForEach(c => c.Bases).Must(b => !string.IsNullOrWhiteSpace(b.Title) || !string.IsNullOrWhiteSpace(b.Number)).WithMessage("依据须有名称或文号。")
            .Must(b => (b.Title?.Length ?? 0) <= 300 && (b.Number?.Length ?? 0) <= 100).WithMessage("依据的名称不能超过 300 字，文号不能超过 100 字。");
    }
}

internal sealed class CompleteDraftHandler(Work work, CaseFlow flow) : IRequestHandler<CompleteDraft, Result<Done>>
{
    public async Task<Result<Done>> Handle(CompleteDraft command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        await DocumentTexts.HandInAsync(work, command.DocumentId, command.Text);
        await Citations.StateBasesAsync(work, command.DocumentId, command.Bases);
        return await flow.RecordAsync(file, new(FactKind.DraftCompleted, work.Today, "补齐材料", command.Explanation)) is { } refused
            ? refused
            : await flow.FinishAsync("Completed");
    }
}
