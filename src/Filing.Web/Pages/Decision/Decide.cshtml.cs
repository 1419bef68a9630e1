using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Decision;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Decision;

/// <summary>集体讨论决定: who met, who disagreed, what was decided, and what follows from it.</summary>
public sealed class DecideModel : DecisionPage<Done>
{
    /// <summary>The meeting.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写会议名称。")]
    public string? Meeting { get; set; }

    /// <summary>Its number.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写会议次数或者编号。")]
    public string? MeetingNumber { get; set; }

    /// <summary>When it was held.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>Who chaired it.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写主持人。")]
    public string? Chair { get; set; }

    /// <summary>Who took part.</summary>
    [BindProperty]
    public string? Attendees { get; set; }

    /// <summary>Who did not.</summary>
    [BindProperty]
    public string? Absent { get; set; }

    /// <summary>Other opinions.</summary>
    [BindProperty]
    public string? Dissent { get; set; }

    /// <summary>What was decided.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择讨论结果。")]
    public DecisionOutcome? Outcome { get; set; }

    /// <summary>What is to be changed, or why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    public override string Act => "集体讨论决定";

    /// <inheritdoc/>
    public override string Code => "decide";

    /// <summary>What can be decided, and what follows.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } = Choice.Of<DecisionOutcome>(
        o => o.Chinese(),
        o => o switch
        {
            DecisionOutcome.Adopted => "批准的就是现在这一稿，转签发；联合制定的先会签",
            DecisionOutcome.AdoptedInPrinciple => "起草单位按会议要求修改，法制机构核对修改后转签发，不再上会",
            DecisionOutcome.Deferred => "退起草单位修改，重新合法性审查，再次上会",
            DecisionOutcome.Rejected => "到此办结，不制定",
        });

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("会议", $"{Meeting}{MeetingNumber}，{Day(On)}"), new("主持人", Chair),
        new("出席", $"{string.Join("、", Lines.Names(Attendees))}（{Lines.Names(Attendees).Count} 人）"), new("缺席", Lines.Names(Absent) is { Count: > 0 } absent ? string.Join("、", absent) : "无"),
        new("不同意见", string.IsNullOrWhiteSpace(Dissent) ? "无" : Dissent), new("结果", Choice.Words(Outcomes, Outcome)), new("修改要求或者理由", Reason),
        new("上会文本", $"第 {Step.Text?.No} 稿　{Step.Text?.Digest}"),
    ];

    /// <inheritdoc/>
    protected override string Said(Done value) => $"已记录讨论结果：{Choice.Words(Outcomes, Outcome)}。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new RecordDecision(
        Id, Outcome!.Value, Meeting ?? "", MeetingNumber ?? "", Chair?.Trim() ?? "", Lines.Names(Attendees), Lines.Names(Absent), Dissent, Reason, On, TaskId);
}
