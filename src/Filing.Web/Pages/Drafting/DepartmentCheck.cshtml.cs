using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>起草单位法制审核.</summary>
public sealed class DepartmentCheckModel : StepPage<Done>
{
    /// <summary>Whether it may leave the house.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择审核结果。")]
    public string? Outcome { get; set; }

    /// <summary>The opinion.</summary>
    [BindProperty]
    public string? Opinion { get; set; }

    private bool Passed => Outcome == "passed";

    /// <summary>What has been handed in.</summary>
    public DraftSheet Sheet { get; private set; } = null!;

    /// <summary>What it can come to.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } =
        [new("passed", "审核通过", "送本级政府法制机构合法性审查"), new("returned", "退回起草人修改", "起草人修改后重新提交本单位审核")];

    /// <inheritdoc/>
    public override string Act => "起草单位法制审核";

    /// <inheritdoc/>
    public override string Code => "department-check";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("审核结果", Choice.Words(Outcomes, Outcome)), new("审核意见", Opinion)];

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadDraftSheet(Id));
        Sheet = sheet!;
        return refused;
    }

    /// <inheritdoc/>
    protected override string Said(Done value) => Passed ? "审核通过，已送法制机构。" : "已退回起草人修改。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new CheckByDepartment(Id, Passed, Opinion ?? "", TaskId);
}
