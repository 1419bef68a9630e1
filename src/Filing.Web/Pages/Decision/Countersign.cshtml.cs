using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Decision;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Decision;

/// <summary>会签, by a body that issues jointly.</summary>
public sealed class CountersignModel : DecisionPage<Done>
{
    /// <summary>Agreed or refused.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择同意或者不同意。")]
    public CountersigningOutcome? Outcome { get; set; }

    /// <summary>Why it refuses.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>When.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <inheritdoc/>
    public override string Act => "会签";

    /// <inheritdoc/>
    public override string Code => "countersign";

    /// <summary>What can be done, and what follows.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } = Choice.Of<CountersigningOutcome>(
        o => o switch { CountersigningOutcome.Agreed => "同意会签", CountersigningOutcome.Refused => "不同意", },
        o => o switch { CountersigningOutcome.Agreed => "签的就是现在这一稿；各联合机关都会签后，由主办机关签发", CountersigningOutcome.Refused => "退回重新审查，其他机关已作的会签一并作废", });

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
        [new("会签", Choice.Words(Outcomes, Outcome)), new("理由", Reason), new("日期", Day(On)), new("会签的文本", $"第 {Step.Text?.No} 稿　{Step.Text?.Digest}")];

    /// <inheritdoc/>
    protected override string Said(Done value) => Outcome == CountersigningOutcome.Agreed ? "已会签。" : "已退回，不同意会签。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new Countersign(Id, Outcome!.Value, string.IsNullOrWhiteSpace(Reason) ? null : Reason, On, TaskId);
}
