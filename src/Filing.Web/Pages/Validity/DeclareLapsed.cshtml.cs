using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Web.Pages.Validity;

/// <summary>宣布失效.</summary>
public sealed class DeclareLapsedModel : EndingPage
{
    /// <inheritdoc/>
    public override string Act => "宣布失效";

    /// <inheritdoc/>
    public override string Verb => "declare-lapsed";

    /// <inheritdoc/>
    public override string Effect => "文件的任务或适用期已过，由制定机关宣布失效，自该日起不再有效；届满提醒和评估到此为止。";

    /// <inheritdoc/>
    public override string? Rule => Chenzhou("第十六项");

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new DeclareLapsed(Id, Source ?? "", Reason ?? "", On);
}
