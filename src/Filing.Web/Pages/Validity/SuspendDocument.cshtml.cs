using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Web.Pages.Validity;

/// <summary>停止执行.</summary>
public sealed class SuspendModel : EndingPage
{
    /// <inheritdoc/>
    public override string Act => "停止执行";

    /// <inheritdoc/>
    public override string Verb => "suspend-document";

    /// <inheritdoc/>
    public override string Effect => "文件自该日起停止执行，直至恢复执行；有效期照常计算，不因此延长。";

    /// <inheritdoc/>
    public override string DayHint => "停止执行的第一天，不能晚于今天；不填为今天。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new SuspendDocument(Id, Source ?? "", Reason ?? "", On);
}
