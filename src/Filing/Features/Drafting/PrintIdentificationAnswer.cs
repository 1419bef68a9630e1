using Filing.Domain;
using Filing.Features.Cases;
using Filing.Papers;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>认定答复: the legal office's written answer to the submission, with the reason and what follows from it.</summary>
/// <param name="DocumentId">The document.</param>
[Paper("identification-answer", "认定答复")]
[Needs(Function.ReadDocuments)]
public sealed record PrintIdentificationAnswer(Guid DocumentId) : IQuery<OfficialPaper>, IForDocument;

internal sealed class PrintIdentificationAnswerHandler(Work work, CaseFlow flow) : IRequestHandler<PrintIdentificationAnswer, Result<OfficialPaper>>
{
    public async Task<Result<OfficialPaper>> Handle(PrintIdentificationAnswer query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await Identifications.LatestAsync(work, query.DocumentId) is not { } answer) return Error.Refused("identification.none", "尚未认定，没有答复可以出具。");
        var submission = await Submission.OfAsync(work, query.DocumentId);
        var office = await DesksOf.BodyNameAsync(work.Db, DeskPlace.LegalOffice, file.GovernmentId, answer.DecidedOn);
        var drafter = await DesksOf.BodyNameAsync(work.Db, DeskPlace.Body, file.DraftingBodyId, answer.DecidedOn);
        var title = QuotedTitle.Of(file.Title);
        return new OfficialPaper
        {
            FileName = $"认定答复（{file.Title}）",
            Letterhead = office,
            Number = "",
            Title = $"关于{title}\n是否属于规范性文件的答复",
            Receivers = drafter,
            Body =
            [
                new PaperParagraph($"你单位{ChineseDate.Format(LegalClock.DayOf(submission.At))}送审的{title}收悉。经研究，答复如下："),
                new PaperParagraph(Finding(answer)),
                .. answer.Reason.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select((line, i) => new PaperParagraph(i == 0 ? $"理由：{line}" : line)),
                .. Ground(answer, file.Profile),
                new PaperParagraph(Follows(answer)),
            ],
            Signature = new([office ?? "（法制机构）"], answer.DecidedOn),
            Note = $"承办人：{answer.DecidedBy}",
        };
    }

    private static string Finding(IdentificationView answer) => answer.Of switch
    {
        IdentificationOutcome.Normative => "该文件属于规范性文件。",
        IdentificationOutcome.NotNormative => $"该文件不属于规范性文件，属于{answer.Ground}。",
        IdentificationOutcome.OtherChannel => "该文件不在本机关规范性文件管理的范围内，应当由其他渠道办理。",
    };

    /// <summary>A rule that is only assumed, or a neighbour's, is no ground of an official paper.</summary>
    private static IEnumerable<PaperParagraph> Ground(IdentificationView answer, Profile profile)
    {
        if (answer.Ground is not null && profile.Excluded.Confidence.IsGround())
            yield return new($"依据：{profile.Excluded.Source}。");
    }

    private static string Follows(IdentificationView answer) => answer.Of switch
    {
        IdentificationOutcome.Normative => "请按规定补齐起草说明和制定依据，征求有关单位和社会公众的意见，经你单位法制审核后送合法性审查。未经合法性审查，不得提请集体讨论决定。",
        IdentificationOutcome.NotNormative => "请按一般公文办理，不编规范性文件统一登记号。文件内容以后涉及公民、法人和其他组织权利义务的，应当重新送审。",
        IdentificationOutcome.OtherChannel => "请按有关规定送主管机关办理。",
    };
}
