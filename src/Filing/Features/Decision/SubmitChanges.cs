using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Decision;

/// <summary>
/// 提交修改稿: after an adoption in principle the drafter hands in the text changed as the meeting wanted, and once more as long as its confirmation
/// is open: what is confirmed is the text that was handed in last.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Text">The changed body text.</param>
/// <param name="Note">What was changed, and why.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("submit-changes", "提交修改稿")]
[Finishes("submit-changes")]
[Needs(Function.Draft, At = [Place.DraftingBody])]
public sealed record SubmitChanges(Guid DocumentId, string Text, string Note, Guid? TaskId = null) : ICommand<Done>, IFinishesTask, IReasoned
{
    string? IReasoned.Reason => Note;
}

internal sealed class SubmitChangesValidator : AbstractValidator<SubmitChanges>
{
    public SubmitChangesValidator()
    {
        RuleFor(c => c.Text).NotEmpty().WithMessage("请上传或粘贴修改后的正文。");
        RuleFor(c => c.Note).NotEmpty().WithMessage("请写明修改了什么。").MaximumLength(4000).WithMessage("修改说明不能超过 4000 字。");
    }
}

internal sealed class SubmitChangesHandler(Work work, CaseFlow flow) : IRequestHandler<SubmitChanges, Result<Done>>
{
    private const string Confirmation = "confirm-changes";

    public async Task<Result<Done>> Handle(SubmitChanges command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out _, out var error)) return error;
        if (work.Task is null && (await OpenTask.OfDocumentAsync(work.Db, command.DocumentId, Confirmation)).Count == 0)
            return Error.Refused("task.not-open", "该文件目前不在“提交修改稿”或“核对修改”这一步，不能提交修改稿。");
        var latest = (await DocumentTexts.LatestAsync(work, command.DocumentId))!;
        if (CanonicalText.From(command.Text).Digest == latest.Digest) return Error.Refused("changes.text-unchanged", "提交的正文与现有文本相同。");
        var text = await DocumentTexts.AddAsync(work, command.DocumentId, DocumentTexts.Draft, command.Text);
        work.Record(new ChangesSubmitted(text.Digest, command.Note), command.DocumentId);
        return work.Task is null ? Done.It : await flow.FinishAsync("Submitted");
    }
}
