using Filing.Domain;
using Filing.Papers;

namespace Filing.Features.LegalityReview;

/// <summary>
/// The papers of a round of review: the opinion (document, drafter, dates, aspects with a result each, forbidden items, findings by article, conclusion)
/// and the table of what became of it. They depend on nothing but their arguments, so that an opinion can be shown before it is given.
/// </summary>
public static class LegalityOpinion
{
    /// <summary>合法性审查意见书 of a round with a conclusion.</summary>
    /// <param name="sheet">The document.</param>
    /// <param name="round">The round; its conclusion and its day are known.</param>
    /// <param name="office">The legal office by its name on that day; null where there is none.</param>
    /// <param name="profile">The rules of the case.</param>
    public static OfficialPaper Compose(ReviewSheet sheet, ReviewRound round, string? office, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(profile);
        var (day, conclusion) = (round.ConcludedOn!.Value, round.Conclusion!.Value);
        var review = ReviewWords.ReviewOn(day);
        return new OfficialPaper
        {
            FileName = $"{review}意见书（{sheet.Title}）{(round.Round > 1 ? $"第{round.Round}轮" : "")}",
            Letterhead = office,
            Number = "",
            Title = $"关于{QuotedTitle.Of(sheet.Title)}的\n{review}意见书",
            Receivers = sheet.DraftingBody,
            Body =
            [
                new PaperParagraph($"你单位送审的{QuotedTitle.Of(sheet.Title)}（送审稿第{round.TextNo}稿），{Self(office)}于{ChineseDate.Format(round.ReceivedOn)}收到。{Ground(profile)}经{review}，现提出如下意见："),
                new PaperHeading($"一、{review[^2..]}结论"),
                new PaperParagraph($"{conclusion.Chinese()}。{Follows(conclusion)}"),
                .. string.IsNullOrWhiteSpace(round.Summary) ? [] : round.Summary.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => new PaperParagraph(l)),
                new PaperHeading("二、各方面的意见"),
                new PaperTable(
                    [new("方面", 14, true), new("结论", 18, true), new("说明", 68)],
                    [.. round.Aspects.Select(a => (IReadOnlyList<string?>)[a.Aspect.Chinese(), a.Passed ? "合法" : "有问题", a.Remark])]),
                new PaperHeading("三、禁止设定的事项"),
                new PaperParagraph(Forbidden(round)),
                .. Findings(round),
            ],
            Signature = new([office ?? "（法制机构）"], day),
            Note = round.Reviewer is { } reviewer ? $"承办人：{reviewer}" : null,
            Proof = $"送审文本摘要 {round.TextDigest}",
        };
    }

    /// <summary>审查意见采纳情况表 of a round that was answered.</summary>
    public static OfficialPaper Adoption(ReviewSheet sheet, ReviewRound round)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(round);
        var review = ReviewWords.ReviewOn(round.ConcludedOn!.Value);
        var rows = round.Findings.Select(f => (IReadOnlyList<string?>)
        [
            f.No.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{f.Content.Article ?? "全文"}\n（{f.Content.Aspect.Chinese()}，{Weight(f.Content)}）", f.Content.Text,
            f.Answer is { } answer ? $"{answer.Chinese()}{(f.AnswerReason is { Length: > 0 } reason ? $"：{reason}" : "")}" : "尚未答复",
            f.Confirmed switch { true => "已落实", false => $"未落实：{f.ConfirmRemark}", null => null },
        ]);
        return new OfficialPaper
        {
            FileName = $"{review}意见采纳情况表（{sheet.Title}）{(round.Round > 1 ? $"第{round.Round}轮" : "")}",
            Title = $"{review}意见采纳情况表",
            Body =
            [
                new PaperForm(
                [
                    new(new PaperField("文件", sheet.Title)), new(new PaperField("起草单位", sheet.DraftingBody), new PaperField("意见日期", ChineseDate.Format(round.ConcludedOn.Value))),
                    new(new PaperField("结论", round.Conclusion?.Chinese()), new PaperField("核对结果", round.Following is { } following ? $"{following.Chinese()}{(round.FollowingOn is { } on ? $"，{ChineseDate.Format(on)}" : "")}" : null)),
                ]),
                new PaperTable([new("条", 7, true), new("条款", 17), new("意见", 32), new("起草单位答复", 26), new("核对", 18)], [.. rows], 10.5),
                .. round.Explanation is { Length: > 0 } explanation
                    ? [new PaperParagraph($"不采纳意见的理由：{explanation}{(round.Authority is { Length: > 0 } authority ? $"（{authority}）" : "")}")]
                    : Array.Empty<PaperBlock>(),
            ],
        };
    }

    private static IEnumerable<PaperBlock> Findings(ReviewRound round)
    {
        if (round.Findings.Count == 0) yield break;
        yield return new PaperHeading("四、具体意见");
        foreach (var finding in round.Findings)
            yield return new PaperParagraph($"{finding.No}.{finding.Content.Article ?? "全文"}（{finding.Content.Aspect.Chinese()}，{Weight(finding.Content)}）：{finding.Content.Text}");
    }

    private static string Weight(FindingText finding) => finding.Binding ? "必须修改" : "建议";

    private static string Forbidden(ReviewRound round)
    {
        var found = round.Findings.Where(f => f.Content.Forbidden is not null).ToList();
        var clean = round.ForbiddenChecked.Where(i => found.All(f => f.Content.Forbidden != i)).ToList();
        var (first, second) = (
            found.Count > 0 ? $"发现{string.Join("；", found.Select(f => $"{f.Content.Article ?? "全文"}涉及设定“{f.Content.Forbidden}”（见第{f.No}条意见）"))}。" : "",
            clean.Count > 0 ? $"未发现设定{string.Join("、", clean)}的内容。" : "");
        return $"经逐条核对，{first}{second}";
    }

    private static string Follows(ReviewConclusion conclusion) => conclusion switch
    {
        ReviewConclusion.Passed => "可以提请集体讨论决定。",
        ReviewConclusion.Amend => "请逐条修改并书面答复，经核对落实后提请集体讨论决定。",
        ReviewConclusion.Returned => "请补充有关程序后重新送审，在此之前不得提请集体讨论决定。",
        ReviewConclusion.Refused => "不得提请集体讨论决定。",
    };

    /// <summary>A rule that is only assumed, or a neighbour's, is no ground of an official paper.</summary>
    private static string Ground(Profile profile) => profile.ReviewAspects is var rule && rule.Confidence.IsGround()
        ? $"根据{rule.Source.Replace(" ", "", StringComparison.Ordinal)}，"
        : "";

    /// <summary>How an office calls itself.</summary>
    private static string Self(string? office) => office switch
    {
        { } name when name.EndsWith('局') => "我局",
        { } name when name.EndsWith("办公室", StringComparison.Ordinal) || name.EndsWith('办') => "我办",
        _ => "本机关",
    };
}
