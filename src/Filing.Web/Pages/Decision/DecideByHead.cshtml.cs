using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Decision;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Decision;

/// <summary>负责人直接决定, on the urgent path.</summary>
public sealed class DecideByHeadModel : DecisionPage<Done>
{
    /// <summary>Approved or not.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择决定。")]
    public bool? Adopted { get; set; }

    /// <summary>Who decided.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写作出决定的负责人。")]
    public string? Head { get; set; }

    /// <summary>Why not; a remark otherwise.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>When.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <inheritdoc/>
    public override string Act => "负责人直接决定";

    /// <inheritdoc/>
    public override string Code => "decide-by-head";

    /// <summary>Why there is no meeting; null where the urgent path was not declared.</summary>
    public DatedFact? Urgent => Step.Case.Latest(FactKind.Urgent);

    /// <summary>What can be decided, and what follows.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } =
        [new("true", "批准", "批准的就是现在这一稿，转签发；联合制定的先会签"), new("false", "不批准", "到此办结，不制定")];

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("决定", Adopted == true ? "批准" : "不批准"), new("负责人", Head), new("日期", Day(On)), new("理由", Reason), new("紧急程序", Urgent?.Source),
        new("决定的文本", $"第 {Step.Text?.No} 稿　{Step.Text?.Digest}"),
    ];

    /// <inheritdoc/>
    protected override string Said(Done value) => Adopted == true ? "已记录：负责人批准。" : "已记录：负责人未批准。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new DecideByHead(Id, Adopted!.Value, Head ?? "", string.IsNullOrWhiteSpace(Reason) ? null : Reason, On, TaskId);
}
