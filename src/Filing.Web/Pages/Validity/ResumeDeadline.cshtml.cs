using Filing.Features.Supervision;
using Filing.Pipeline;

namespace Filing.Web.Pages.Validity;

/// <summary>恢复期限.</summary>
public sealed class ResumeDeadlineModel : DeadlinePage
{
    /// <inheritdoc/>
    public override string Act => "恢复期限";

    /// <inheritdoc/>
    public override string Verb => "resume-deadline";

    /// <inheritdoc/>
    public override string Effect => "期限自该日起继续计算，到期日按中止的天数顺延。";

    /// <inheritdoc/>
    public override string DayHint => "重新计算的第一天，不能晚于今天；不填为今天。";

    /// <inheritdoc/>
    public override string ReasonHint => "等待的事项已经怎样完成。";

    /// <inheritdoc/>
    protected override bool Stopped => true;

    /// <inheritdoc/>
    protected override ICommand<Redated> Command() => new ResumeDeadline(Id, Deadline ?? Guid.Empty, Reason ?? "", On);
}
