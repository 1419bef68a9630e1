using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Decision;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Decision;

/// <summary>核对修改: the text that was changed after an adoption in principle beside what the meeting wanted.</summary>
public sealed class ConfirmChangesModel : DecisionPage<Done>
{
    /// <summary>Confirmed or returned.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择核对结果。")]
    public ChangesOutcome? Outcome { get; set; }

    /// <summary>Why it is returned.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>When.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <inheritdoc/>
    public override string Act => "核对修改";

    /// <inheritdoc/>
    public override string Code => "confirm-changes";

    /// <summary>True once the drafter handed in a changed text.</summary>
    public bool HandedIn => Before.Changes is { Diff.Same: false };

    /// <summary>What it can come to, and what follows.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } = Choice.Of<ChangesOutcome>(
        o => o switch { ChangesOutcome.Confirmed => "符合会议要求和法律规定", ChangesOutcome.Returned => "退回重新审查", },
        o => o switch { ChangesOutcome.Confirmed => "批准的文本改为现在这一稿，转签发；联合制定的先会签", ChangesOutcome.Returned => "重新受理、审查，再次上会", });

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
        [new("结果", Choice.Words(Outcomes, Outcome)), new("理由或者说明", Reason), new("核对日期", Day(On)), new("核对的文本", $"第 {Step.Text?.No} 稿　{Step.Text?.Digest}")];

    /// <inheritdoc/>
    protected override string Said(Done value) => Outcome == ChangesOutcome.Confirmed ? "已核对，批准的文本为修改后的一稿。" : "已退回重新审查。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new ConfirmChanges(Id, Outcome!.Value, string.IsNullOrWhiteSpace(Reason) ? null : Reason, On, TaskId);
}
