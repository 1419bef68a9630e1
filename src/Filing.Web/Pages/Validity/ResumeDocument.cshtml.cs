using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Web.Pages.Validity;

/// <summary>恢复执行.</summary>
public sealed class ResumeModel : EndingPage
{
    /// <inheritdoc/>
    public override string Act => "恢复执行";

    /// <inheritdoc/>
    public override string Verb => "resume-document";

    /// <inheritdoc/>
    public override string Effect => "文件自该日起恢复执行；有效期未变，已经届满的不因此恢复。";

    /// <inheritdoc/>
    public override string DayHint => "恢复执行的第一天，不能晚于今天；不填为今天。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new ResumeDocument(Id, Source ?? "", Reason ?? "", On);
}
