using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Web.Pages.Validity;

/// <summary>废止.</summary>
public sealed class RepealModel : EndingPage
{
    /// <inheritdoc/>
    public override string Act => "废止";

    /// <inheritdoc/>
    public override string Verb => "repeal-document";

    /// <inheritdoc/>
    public override string Effect => "文件自该日起废止，公众页随即显示废止及其依据；届满提醒和评估到此为止。";

    /// <inheritdoc/>
    public override string? Rule => Chenzhou("第十六项");

    /// <inheritdoc/>
    public override string DayHint => "从这一天起不再有效；可以是以后的日期，不填为今天。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new RepealDocument(Id, Source ?? "", Reason ?? "", On);
}
