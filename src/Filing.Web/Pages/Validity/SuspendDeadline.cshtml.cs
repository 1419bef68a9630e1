using Filing.Features.Supervision;
using Filing.Pipeline;

namespace Filing.Web.Pages.Validity;

/// <summary>中止期限.</summary>
public sealed class SuspendDeadlineModel : DeadlinePage
{
    /// <inheritdoc/>
    public override string Act => "中止期限";

    /// <inheritdoc/>
    public override string Verb => "suspend-deadline";

    /// <inheritdoc/>
    public override string Effect => "期限自该日起不再计算，直到恢复；恢复后到期日按未计算的天数顺延。";

    /// <inheritdoc/>
    public override string DayHint => "不计算的第一天，不能晚于今天；不填为今天。";

    /// <inheritdoc/>
    public override string ReasonHint => "列入期限的推算过程，有关各方都能看到。例如等待鉴定、等待上级答复。";

    /// <inheritdoc/>
    protected override bool Stopped => false;

    /// <inheritdoc/>
    protected override ICommand<Redated> Command() => new SuspendDeadline(Id, Deadline ?? Guid.Empty, Reason ?? "", On);
}
