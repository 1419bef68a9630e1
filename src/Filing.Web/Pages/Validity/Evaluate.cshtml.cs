using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Validity;

/// <summary>届满前评估: the drafting unit says what should become of a document whose term ends.</summary>
public sealed class EvaluateModel : StepPage<Done>
{
    /// <summary>What it advises.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择评估结论。")]
    public EvaluationConclusion? Conclusion { get; set; }

    /// <summary>The report.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写评估报告。")]
    public string? Report { get; set; }

    /// <summary>The day on which it was concluded.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <inheritdoc/>
    public override string Act => "届满前评估";

    /// <inheritdoc/>
    public override string Code => "evaluate";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>What can be advised, and what follows.</summary>
    public static IReadOnlyList<Choice> Conclusions { get; } = Choice.Of<EvaluationConclusion>(
        c => c.Chinese(),
        c => c switch
        {
            EvaluationConclusion.Renew => "内容不改，需要继续执行：在届满前重新送审，重新登记、编号、公布",
            EvaluationConclusion.Amend => "需要修改后继续执行：修改后重新送审，按新文件办理",
            EvaluationConclusion.LetLapse => "不再需要：有效期届满自动失效",
        });

    /// <summary>The last valid day.</summary>
    public DateOnly? Last => Domain.Validity.LastValidDay(Step.Case.History, Today);

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
        [new("评估结论", Conclusion?.Chinese()), new("评估日期", ChineseDate.FormatFull(On ?? Today)), new("评估报告", Report)];

    /// <inheritdoc/>
    protected override string Said(Done value) => Conclusion == EvaluationConclusion.LetLapse
        ? "评估已办结。文件届满后自动失效。"
        : "评估已办结。需要继续执行的，请在届满前重新送审；评估本身不延长有效期。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new RecordEvaluation(Id, Conclusion!.Value, Report ?? "", On, TaskId);
}
