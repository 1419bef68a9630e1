using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Decision;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Decision;

/// <summary>提交修改稿: after an adoption in principle the drafter hands in the text as the meeting wanted it.</summary>
public sealed class SubmitChangesModel : DecisionPage<Done>
{
    /// <summary>The changed text.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请粘贴修改后的正文。")]
    public string? Text { get; set; }

    /// <summary>What was changed, and why.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明修改了什么。")]
    public string? Note { get; set; }

    /// <inheritdoc/>
    public override string Act => "提交修改稿";

    /// <summary>What changes in the text.</summary>
    public TextDiff Diff => TextDiff.Between(Step.Text?.Body ?? "", Text ?? "");

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("修改说明", Note), new("正文", $"改动 {Diff.Changed} 段，新增 {Diff.Added} 段，删去 {Diff.Removed} 段")];

    /// <inheritdoc/>
    protected override string Said(Done value) => "已提交修改稿，等待法制机构核对。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new SubmitChanges(Id, Text!.ReplaceLineEndings("\n"), Note!);

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        Text = Step.Text?.Body;
        return Task.CompletedTask;
    }
}
