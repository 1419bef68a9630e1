using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>提出审查意见: the reviewer writes down a finding while the draft is under review.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Finding">What it says.</param>
[Verb("add-finding", "提出审查意见")]
[DuringTask("review")]
public sealed record AddFinding(Guid DocumentId, FindingText Finding) : ICommand<Guid>, IForDocument;

internal sealed class AddFindingValidator : AbstractValidator<AddFinding>
{
    public AddFindingValidator() => RuleFor(c => c.Finding).SetValidator(new FindingTextValidator());
}

internal sealed class AddFindingHandler(Work work, CaseFlow flow) : IRequestHandler<AddFinding, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(AddFinding command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if ((await ReviewGates.OwnDraftAsync(work, file) ?? command.Finding.Against(file.Profile)) is { } refused) return refused;
        if (!(await ReviewGates.OpenAsync(work, command.DocumentId)).TryGet(out var review, out error)) return error;
        var (id, finding) = (Work.NewId(), command.Finding);
        await work.Db.ExecuteAsync(
            """
            -- LegalityReview/AddFinding: a finding
            INSERT INTO Finding (Id, ReviewId, No, Aspect, Article, Forbidden, Text, Binding)
            SELECT @id, @ReviewId, COALESCE(MAX(No), 0) + 1, @Aspect, @Article, @Forbidden, @Text, @Binding FROM Finding WHERE ReviewId = @ReviewId
            """,
            new { id, ReviewId = review.Id, Aspect = Kebab.Of(finding.Aspect), finding.Article, finding.Forbidden, finding.Text, finding.Binding });
        work.Record(new FindingAdded(review.Id, id, finding), command.DocumentId);
        return id;
    }
}
