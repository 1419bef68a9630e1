using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>修改审查意见: the reviewer words a finding anew before the opinion is given.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="FindingId">The finding, as <see cref="AddFinding"/> answered it.</param>
/// <param name="Finding">What it says from now on.</param>
[Verb("change-finding", "修改审查意见")]
[DuringTask("review")]
public sealed record ChangeFinding(Guid DocumentId, Guid FindingId, FindingText Finding) : ICommand<Done>, IForDocument;

internal sealed class ChangeFindingValidator : AbstractValidator<ChangeFinding>
{
    public ChangeFindingValidator() => RuleFor(c => c.Finding).SetValidator(new FindingTextValidator());
}

internal sealed class ChangeFindingHandler(Work work, CaseFlow flow) : IRequestHandler<ChangeFinding, Result<Done>>
{
    public async Task<Result<Done>> Handle(ChangeFinding command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if ((await ReviewGates.OwnDraftAsync(work, file) ?? command.Finding.Against(file.Profile)) is { } refused) return refused;
        if (!(await ReviewGates.OpenAsync(work, command.DocumentId)).TryGet(out var review, out error)) return error;
        var finding = command.Finding;
        var changed = await work.Db.ExecuteAsync(
            """
            -- LegalityReview/ChangeFinding: a finding in other words
            UPDATE Finding SET Aspect = @Aspect, Article = @Article, Forbidden = @Forbidden, Text = @Text, Binding = @Binding
            WHERE Id = @FindingId AND ReviewId = @ReviewId
            """,
            new { command.FindingId, ReviewId = review.Id, Aspect = Kebab.Of(finding.Aspect), finding.Article, finding.Forbidden, finding.Text, finding.Binding });
        if (changed != 1) return Error.NotFound("该条审查意见");
        work.Record(new FindingChanged(review.Id, command.FindingId, finding), command.DocumentId);
        return Done.It;
    }
}
