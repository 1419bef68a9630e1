using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>补正材料: hands in again what the legal office sent back as incomplete, or for missing steps.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Note">What was supplied.</param>
/// <param name="Text">The text, where it has changed.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("supplement-draft", "补正材料")]
[Finishes("supplement")]
public sealed record SupplementDraft(Guid DocumentId, string Note, string? Text = null, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

/// <summary>再议修改: hands in the text that the meeting wanted changed; it goes through review again.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Note">What was changed.</param>
/// <param name="Text">The changed text.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("revise-draft", "再议修改")]
[Finishes("revise")]
public sealed record ReviseDraft(Guid DocumentId, string Note, string Text, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

internal sealed class SupplementDraftValidator : AbstractValidator<SupplementDraft>
{
    public SupplementDraftValidator() => RuleFor(c => c.Note).NotEmpty().WithMessage("请说明补正了什么。").MaximumLength(2000).WithMessage("说明不能超过 2000 字。");
}

internal sealed class ReviseDraftValidator : AbstractValidator<ReviseDraft>
{
    public ReviseDraftValidator()
    {
        RuleFor(c => c.Note).NotEmpty().WithMessage("请说明修改了什么。").MaximumLength(2000).WithMessage("说明不能超过 2000 字。");
        RuleFor(c => c.Text).NotEmpty().WithMessage("请提交修改后的正文。");
    }
}

internal sealed class SupplementDraftHandler(Work work, CaseFlow flow) : IRequestHandler<SupplementDraft, Result<Done>>
{
    public async Task<Result<Done>> Handle(SupplementDraft command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        await DocumentTexts.HandInAsync(work, command.DocumentId, command.Text);
        return await flow.RecordAsync(file, new(FactKind.DraftCompleted, work.Today, "补正材料", command.Note)) is { } refused ? refused : await flow.FinishAsync("Resubmitted");
    }
}

internal sealed class ReviseDraftHandler(Work work, CaseFlow flow) : IRequestHandler<ReviseDraft, Result<Done>>
{
    public async Task<Result<Done>> Handle(ReviseDraft command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        await DocumentTexts.HandInAsync(work, command.DocumentId, command.Text);
        return await flow.RecordAsync(file, new(FactKind.DraftCompleted, work.Today, "再议修改", command.Note)) is { } refused ? refused : await flow.FinishAsync("Revised");
    }
}
