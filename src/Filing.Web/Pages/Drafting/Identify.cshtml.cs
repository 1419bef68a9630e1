using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>认定: is it a normative document at all.</summary>
public sealed class IdentifyModel : StepPage<Done>
{
    /// <summary>What it is.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择认定结果。")]
    public IdentificationOutcome? Outcome { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Which item of the exclusion list.</summary>
    [BindProperty]
    public string? Ground { get; set; }

    /// <summary>What has been handed in.</summary>
    public DraftSheet Sheet { get; private set; } = null!;

    /// <inheritdoc/>
    public override string Act => "认定";

    /// <inheritdoc/>
    public override string Code => "identify";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>What it can be found to be, and what follows.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } = Choice.Of<IdentificationOutcome>(
        o => o switch { IdentificationOutcome.Normative => "属于规范性文件", IdentificationOutcome.NotNormative => "不属于规范性文件", IdentificationOutcome.OtherChannel => "转其他渠道办理", },
        o => o switch { IdentificationOutcome.Normative => "进入起草、征求意见和合法性审查", IdentificationOutcome.NotNormative => "到此办结，答复送审单位，不编规范性文件号", IdentificationOutcome.OtherChannel => "如党政联合发文，按党内规范性文件渠道办理，到此办结", });

    /// <summary>The exclusion list of the profile.</summary>
    public IReadOnlyList<Choice> Grounds => [.. Step.Case.Profile.Excluded.Value.Select(g => new Choice(g, g))];

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
        [new("认定结果", Choice.Words(Outcomes, Outcome)), new("种类", Ground), new("理由", Reason)];

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadDraftSheet(Id));
        Sheet = sheet!;
        return refused;
    }

    /// <inheritdoc/>
    protected override string Said(Done value) => $"已认定：{Choice.Words(Outcomes, Outcome)}。书面答复已经生成，可以打印或下载。";

    /// <inheritdoc/>
    protected override IActionResult Next(Done value) => Redirect($"/documents/{Id}/papers/identification-answer");

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new IdentifyDocument(Id, Outcome!.Value, Reason ?? "", Outcome == IdentificationOutcome.NotNormative ? Ground : null, TaskId);
}
