using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>What the review says of one aspect.</summary>
/// <param name="Aspect">The aspect.</param>
/// <param name="Passed">True when the draft is lawful in it.</param>
/// <param name="Remark">Why, or what to note; wanted where it did not pass.</param>
public sealed record AspectOpinion(ReviewAspect Aspect, bool Passed, string? Remark = null);

/// <summary>
/// 出具合法性审查意见: the reviewer pronounces on every aspect of the profile, has checked the draft for everything that it may not create, and
/// concludes. A minimum of days protects the reviewer and never forbids an early opinion (国办发〔2018〕115号).
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Conclusion">The conclusion; it must agree with the findings and the aspects.</param>
/// <param name="Aspects">Every aspect of the profile, once each.</param>
/// <param name="ForbiddenChecked">Every item of the profile's list of what may not be created, as a sign that it was looked for.</param>
/// <param name="Summary">The opinion as a whole; wanted where the draft is returned or refused.</param>
/// <param name="On">The day of the opinion; today when null.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("conclude-review", "出具合法性审查意见")]
[Finishes("review")]
public sealed record ConcludeReview(
    Guid DocumentId, ReviewConclusion Conclusion, IReadOnlyList<AspectOpinion> Aspects, IReadOnlyList<string> ForbiddenChecked, string? Summary = null, DateOnly? On = null,
    Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

internal sealed class ConcludeReviewValidator : AbstractValidator<ConcludeReview>
{
    public ConcludeReviewValidator()
    {
        RuleFor(c => c.Aspects).Must(a => a.DistinctBy(o => o.Aspect).Count() == a.Count).WithMessage("同一审查方面只能有一个结论。");
        RuleFor(c => c.Aspects).Must(a => a.All(o => o.Passed || !string.IsNullOrWhiteSpace(o.Remark))).WithErrorCode("review.aspect-without-remark").WithMessage("不合法的方面应当写明理由。");
        RuleFor(c => c.Summary).NotEmpty().When(c => c.Conclusion is ReviewConclusion.Returned or ReviewConclusion.Refused)
            .WithErrorCode("review.summary-missing").WithMessage("退回补充程序或者不予制定的，应当写明总体意见。");
        RuleFor(c => c.Summary).MaximumLength(8000).WithMessage("总体意见不能超过 8000 字。");
    }
}

internal sealed class ConcludeReviewHandler(Work work, CaseFlow flow) : IRequestHandler<ConcludeReview, Result<Done>>
{
    public async Task<Result<Done>> Handle(ConcludeReview command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if ((await ReviewGates.OwnDraftAsync(work, file) ?? Complete(command, file.Profile)) is { } incomplete) return incomplete;
        if (!(await ReviewGates.OpenAsync(work, command.DocumentId)).TryGet(out var review, out error)) return error;
        var on = command.On ?? work.Today;
        if (DateOrder.Check(work.Today, ("出具审查意见", on), ("收到送审材料", review.ReceivedOn)) is { } disorder) return disorder;
        var findings = await FindingRow.OfReviewAsync(work, review.Id);
        if (Contradiction(command, findings) is { } contradiction) return contradiction;
        if (command.Conclusion is ReviewConclusion.Passed or ReviewConclusion.Amend && (await DocumentTexts.LatestAsync(work, command.DocumentId))!.Digest != review.TextDigest)
            return Error.Refused("review.text-changed", "正文在受理之后有变动，请退回后重新送审。");
        if (!await StoreAsync(command, review, on)) return Error.Conflict("review.concluded", "本轮审查意见已经出具，不能再改动。");
        work.Record(
            new ReviewConcluded(review.Id, review.Round, command.Conclusion, command.Aspects, command.ForbiddenChecked, findings.Count, command.Summary, on), command.DocumentId);
        if (await flow.RecordAsync(file, new(FactKind.ReviewConcluded, on, "合法性审查", command.Conclusion.ToString())) is { } refused) return refused;
        return await flow.FinishAsync("Concluded");
    }

    /// <summary>Every aspect is pronounced on, and every forbidden item was looked for.</summary>
    private static Error? Complete(ConcludeReview command, Profile profile)
    {
        var aspects = profile.ReviewAspects.Value;
        if (command.Aspects.FirstOrDefault(o => !aspects.Contains(o.Aspect)) is { } strange)
            return Error.Invalid("finding.unknown-aspect", $"“{strange.Aspect.Chinese()}”不在本地规则的审查方面之内。", "aspects");
        if (aspects.Where(a => command.Aspects.All(o => o.Aspect != a)).ToArray() is [_, ..] silent)
            return Error.Invalid("review.aspect-missing", $"尚未对{string.Join("、", silent.Select(a => a.Chinese()))}作出结论。", "aspects");
        if (command.ForbiddenChecked.FirstOrDefault(i => !profile.Forbidden.Value.Contains(i)) is { } unknown)
            return Error.Invalid("finding.unknown-forbidden", $"“{unknown}”不在禁止设定事项清单中。", "forbiddenChecked");
        return profile.Forbidden.Value.Except(command.ForbiddenChecked).ToArray() is [_, ..] unchecked_
            ? Error.Invalid("review.forbidden-not-checked", $"尚未逐项核对禁止设定的事项：{string.Join("、", unchecked_)}。", "forbiddenChecked")
            : null;
    }

    /// <summary>The conclusion agrees with the findings and the aspects.</summary>
    private static Error? Contradiction(ConcludeReview command, IReadOnlyList<FindingRow> findings) => command.Conclusion switch
    {
        ReviewConclusion.Passed when findings.FirstOrDefault(f => f.Binding) is { } binding =>
            Error.Refused("review.passed-with-findings", $"第 {binding.No} 条是必须修改的意见，结论不能是“合法”。"),
        ReviewConclusion.Passed when command.Aspects.FirstOrDefault(o => !o.Passed) is { } failed =>
            Error.Refused("review.passed-with-failed-aspect", $"{failed.Aspect.Chinese()}方面不合法，结论不能是“合法”。"),
        ReviewConclusion.Amend when findings.Count == 0 => Error.Refused("review.amend-without-finding", "结论为“修改后合法”的，至少应有一条审查意见。"),
        ReviewConclusion.Passed or ReviewConclusion.Amend or ReviewConclusion.Returned or ReviewConclusion.Refused =>
            findings.FirstOrDefault(f => f.Binding && command.Aspects.Any(o => o.Passed && o.Aspect == f.Content.Aspect)) is { } trouble
                ? Error.Invalid("review.passed-aspect-with-finding", $"第 {trouble.No} 条是{trouble.Content.Aspect.Chinese()}方面必须修改的意见，该方面不能写为合法。", "aspects")
                : null,
    };

    private async Task<bool> StoreAsync(ConcludeReview command, ReviewRow review, DateOnly on)
    {
        var stored = await work.Db.ExecuteAsync(
            """
            -- LegalityReview/ConcludeReview: the opinion is given, once
            UPDATE LegalityReview SET ConcludedOn = @on, Reviewer = @Name, Conclusion = @Conclusion, Summary = @Summary, ForbiddenChecked = @ForbiddenChecked
            WHERE Id = @Id AND ConcludedOn IS NULL
            """,
            new
            {
                review.Id,
                on,
                work.Actor.Name,
                Conclusion = Kebab.Of(command.Conclusion),
                command.Summary,
                ForbiddenChecked = JsonSerializer.Serialize(command.ForbiddenChecked.Distinct(), Json.Options),
            });
        if (stored != 1) return false;
        foreach (var opinion in command.Aspects)
        {
            await work.Db.ExecuteAsync(
                """
                -- LegalityReview/ConcludeReview: what it says of an aspect
                INSERT INTO ReviewAspect (ReviewId, Aspect, Passed, Remark) VALUES (@Id, @Aspect, @Passed, @Remark)
                """,
                new { review.Id, Aspect = Kebab.Of(opinion.Aspect), opinion.Passed, opinion.Remark });
        }

        return true;
    }
}
