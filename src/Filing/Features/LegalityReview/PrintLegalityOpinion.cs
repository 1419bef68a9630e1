using Filing.Domain;
using Filing.Features.Cases;
using Filing.Papers;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>合法性审查意见书, of a round whose opinion was given; from December 2018 on 合法性审核意见书.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Round">The round; null for the latest.</param>
[Paper("legality-opinion", "合法性审查意见书")]
[Needs(Function.ReadDocuments)]
public sealed record PrintLegalityOpinion(Guid DocumentId, int? Round = null) : IQuery<OfficialPaper>, IForDocument;

/// <summary>审查意见采纳情况表: what the drafter answered to each finding and what the reviewer found in the amended text.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Round">The round; null for the latest.</param>
[Paper("opinion-adoption", "审查意见采纳情况表")]
[Needs(Function.ReadDocuments)]
public sealed record PrintOpinionAdoption(Guid DocumentId, int? Round = null) : IQuery<OfficialPaper>, IForDocument;

internal sealed class PrintLegalityOpinionHandler(Work work, CaseFlow flow, IMediator mediator)
    : IRequestHandler<PrintLegalityOpinion, Result<OfficialPaper>>, IRequestHandler<PrintOpinionAdoption, Result<OfficialPaper>>
{
    public async Task<Result<OfficialPaper>> Handle(PrintLegalityOpinion query, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(query.DocumentId, query.Round, cancellationToken)).TryGet(out var found, out var error)) return error;
        return LegalityOpinion.Compose(found.Sheet, found.Round, await OfficeAsync(found.File, found.Round.ConcludedOn!.Value), found.File.Profile);
    }

    public async Task<Result<OfficialPaper>> Handle(PrintOpinionAdoption query, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(query.DocumentId, query.Round, cancellationToken)).TryGet(out var found, out var error)) return error;
        return found.Round.Findings.Any(f => f.Answer is not null)
            ? LegalityOpinion.Adoption(found.Sheet, found.Round)
            : Error.Refused("opinion.not-answered", "起草单位尚未答复审查意见，没有采纳情况可以打印。");
    }

    private async Task<Result<(ReviewSheet Sheet, ReviewRound Round, Case File)>> FindAsync(Guid documentId, int? number, CancellationToken ct)
    {
        if (!(await mediator.Send(new ReadReview(documentId), ct)).TryGet(out var sheet, out var error)) return error;
        if (!(await flow.CaseAsync(documentId)).TryGet(out var file, out error)) return error;
        if (number is { } wanted && sheet.Rounds.All(r => r.Round != wanted)) return Error.NotFound("该轮审查");
        return sheet.Rounds.LastOrDefault(r => number is null || r.Round == number) is { ConcludedOn: not null } round
            ? (sheet, round, file)
            : Error.Refused("opinion.not-concluded", "这一轮审查尚未出具意见，不能打印意见书。");
    }

    private async Task<string?> OfficeAsync(Case file, DateOnly day) => await DesksOf.BodyNameAsync(work.Db, DeskPlace.LegalOffice, file.GovernmentId, day);
}
