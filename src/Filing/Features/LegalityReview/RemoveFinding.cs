using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>删除审查意见: the reviewer takes a finding out before the opinion is given; the later ones move up.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="FindingId">The finding, as <see cref="AddFinding"/> answered it.</param>
[Verb("remove-finding", "删除审查意见")]
[DuringTask("review")]
public sealed record RemoveFinding(Guid DocumentId, Guid FindingId) : ICommand<Done>, IForDocument;

internal sealed class RemoveFindingHandler(Work work, CaseFlow flow) : IRequestHandler<RemoveFinding, Result<Done>>
{
    public async Task<Result<Done>> Handle(RemoveFinding command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await ReviewGates.OwnDraftAsync(work, file) is { } own) return own;
        if (!(await ReviewGates.OpenAsync(work, command.DocumentId)).TryGet(out var review, out error)) return error;
        var findings = await FindingRow.OfReviewAsync(work, review.Id);
        if (findings.FirstOrDefault(f => f.Id == command.FindingId) is not { } gone) return Error.NotFound("该条审查意见");
        await work.Db.ExecuteAsync(
            """
            -- LegalityReview/RemoveFinding: a finding is taken out
            DELETE FROM Finding WHERE Id = @Id AND ReviewId = @ReviewId
            """,
            new { gone.Id, ReviewId = review.Id });
        // One by one and upwards: a number is never there twice.
        foreach (var later in findings.Where(f => f.No > gone.No))
        {
            await work.Db.ExecuteAsync(
                """
                -- LegalityReview/RemoveFinding: a later one moves up
                UPDATE Finding SET No = No - 1 WHERE Id = @Id
                """,
                new { later.Id });
        }

        work.Record(new FindingRemoved(review.Id, gone.Id, gone.Content), command.DocumentId);
        return Done.It;
    }
}
