using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Decision;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Decision;

/// <summary>签发, level by level, on the digest of the text that was approved.</summary>
public sealed class SignModel : DecisionPage<Done>
{
    /// <summary>Signed or returned.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择签发或者退回。")]
    public SigningOutcome? Outcome { get; set; }

    /// <summary>Why it is returned.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>When.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>Which day stands under the document; asked at the last level.</summary>
    [BindProperty]
    public DatedBy DatedBy { get; set; }

    /// <inheritdoc/>
    public override string Act => "签发";

    /// <inheritdoc/>
    public override string Code => "sign";

    /// <summary>True when nobody signs after this.</summary>
    public bool IsLast => Before.Sheet.Signed + 1 >= Before.Sheet.Levels.Value.Count;

    /// <summary>What can be done, and what follows.</summary>
    public IReadOnlyList<Choice> Outcomes => Choice.Of<SigningOutcome>(
        o => o switch { SigningOutcome.Signed => "签发", SigningOutcome.Returned => "退回", },
        o => o switch { SigningOutcome.Signed => IsLast ? "签发完毕，转统一登记、编号、公布" : "转下一级签发", SigningOutcome.Returned => "退回重新审查，各级已作的签发一并作废", });

    /// <summary>Which day can stand under the document.</summary>
    public IReadOnlyList<Choice> Dates => Choice.Of<DatedBy>(
        d => d switch { DatedBy.Signature => "最后签发的日期", DatedBy.Adoption => "会议通过的日期", },
        d => d == DatedBy.Adoption && Before.Decided is { } decided ? ChineseDate.Format(decided.HeldOn) : null);

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new(Before.Sheet.NextLevel ?? "签发", Choice.Words(Outcomes, Outcome)), new("理由", Reason), new("日期", Day(On)),
        .. IsLast && Outcome == SigningOutcome.Signed ? [new Answer("成文日期", Choice.Words(Dates, DatedBy))] : Array.Empty<Answer>(),
        new("签发的文本", $"第 {Step.Text?.No} 稿　{Step.Text?.Digest}"),
        new("与讨论通过的文本", Before.IsApproved ? "一致" : "不一致"),
    ];

    /// <inheritdoc/>
    protected override string Said(Done value) => Outcome == SigningOutcome.Signed ? "已签发。" : "已退回，签发作废。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new SignDocument(Id, Outcome!.Value, string.IsNullOrWhiteSpace(Reason) ? null : Reason, DatedBy, On, TaskId);
}
