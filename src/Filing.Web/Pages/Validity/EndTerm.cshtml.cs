using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Web.Pages.Validity;

/// <summary>确认任务完成.</summary>
public sealed class EndTermModel : EndingPage
{
    /// <inheritdoc/>
    public override string Act => "确认任务完成";

    /// <inheritdoc/>
    public override string Verb => "end-term";

    /// <inheritdoc/>
    public override string Effect => "本件有效期至任务完成时止。记录后，文件自该日起失效。";

    /// <inheritdoc/>
    public override string DayHint => "从这一天起不再有效；可以是以后的日期，不填为今天。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new EndTerm(Id, Source ?? "", Reason ?? "", On);
}
