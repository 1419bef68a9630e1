using Filing.Domain;
using FluentValidation;

namespace Filing.Features.LegalityReview;

/// <summary>What a finding says.</summary>
/// <param name="Aspect">The aspect under which it falls.</param>
/// <param name="Text">The finding, and what to do about it.</param>
/// <param name="Binding">必须修改; otherwise it is advice.</param>
/// <param name="Article">The place in the draft, as its outline labels it, e.g. 第七条; null for the draft as a whole.</param>
/// <param name="Forbidden">What the draft creates and may not, out of the profile's list, e.g. 收费. Such a finding is always binding.</param>
public sealed record FindingText(ReviewAspect Aspect, string Text, bool Binding, string? Article = null, string? Forbidden = null)
{
    /// <summary>Whether the rules of a case know the aspect and the forbidden item, and the finding binds where it must.</summary>
    internal Error? Against(Profile profile) => this switch
    {
        _ when !profile.ReviewAspects.Value.Contains(Aspect) => Error.Invalid("finding.unknown-aspect", $"“{Aspect.Chinese()}”不在本地规则的审查方面之内。", "finding.aspect"),
        { Forbidden: { } item } when !profile.Forbidden.Value.Contains(item) => Error.Invalid("finding.unknown-forbidden", $"“{item}”不在禁止设定事项清单中。", "finding.forbidden"),
        { Forbidden: not null, Binding: false } => Error.Invalid("finding.forbidden-binds", "涉及禁止设定事项的意见，应当是必须修改的意见。", "finding.binding"),
        _ => null,
    };
}

internal sealed class FindingTextValidator : AbstractValidator<FindingText>
{
    public FindingTextValidator()
    {
        RuleFor(f => f.Text).NotEmpty().WithMessage("请写明审查意见。").MaximumLength(4000).WithMessage("一条审查意见不能超过 4000 字。");
        RuleFor(f => f.Article).MaximumLength(100).WithMessage("条款名称不能超过 100 字。");
    }
}
