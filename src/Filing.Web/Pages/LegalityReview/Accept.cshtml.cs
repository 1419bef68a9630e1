using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.LegalityReview;

/// <summary>受理: the materials one by one against the rule; taken in, or sent back with what is missing and why.</summary>
public sealed class AcceptModel : StepPage<Done>
{
    /// <summary>How many materials beyond the list can be asked for at once.</summary>
    private const int Others = 2;

    /// <summary>Taken in, or incomplete.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择予以受理，还是退回补正。")]
    public AcceptanceOutcome? Outcome { get; set; }

    /// <summary>One line a material of the list, then empty ones for others.</summary>
    [BindProperty]
    public List<MaterialInput> Items { get; set; } = [];

    /// <summary>When the materials came.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>The checklist.</summary>
    public AcceptanceSheet Sheet { get; private set; } = null!;

    /// <summary>The text, to read.</summary>
    public IReadOnlyList<NumberedLine> Text { get; private set; } = [];

    /// <inheritdoc/>
    public override string Act => "受理";

    /// <inheritdoc/>
    public override string Code => "accept-review";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>What it can come to, and what follows.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } = Choice.Of<AcceptanceOutcome>(
        o => o switch { AcceptanceOutcome.Accepted => "予以受理", AcceptanceOutcome.Incomplete => "材料不齐，退回补正", },
        o => o switch { AcceptanceOutcome.Accepted => "审查期限自收到材料之日起算；审查的是现在这一稿", AcceptanceOutcome.Incomplete => "起草单位按下面所列补正后再送；审查期限不起算", });

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("结果", Choice.Words(Outcomes, Outcome)),
        .. Outcome == AcceptanceOutcome.Accepted ? [new Answer("审查的文本", $"第 {Step.Text?.No} 稿　{Step.Text?.Digest}")] : Array.Empty<Answer>(),
        .. Outcome == AcceptanceOutcome.Incomplete ? Lacking.Select(m => new Answer($"补正：{m.Item}", m.Reason)) : [],
        new("收到材料", ChineseDate.FormatFull(On ?? Today)),
    ];

    private IEnumerable<Missing> Lacking => Items.Where(i => i.Lacks || (i.Own && !string.IsNullOrWhiteSpace(i.Item))).Select(i => new Missing(i.Item ?? "", i.Reason ?? ""));

    /// <inheritdoc/>
    protected override string Said(Done value) => Outcome == AcceptanceOutcome.Accepted ? "已受理，审查期限开始计算。" : "已退回起草单位补正。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() =>
        new AcceptForReview(Id, Outcome!.Value, Outcome == AcceptanceOutcome.Incomplete || Lacking.Any() ? [.. Lacking] : null, On, TaskId);

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadAcceptance(Id));
        if (refused is not null) return refused;
        (Sheet, Text) = (sheet!, NumberedText.Of(Step.Text?.Body));
        return null;
    }

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        Items = [.. Sheet.Items.Select(i => new MaterialInput { Item = i.Name }), .. Enumerable.Range(0, Others).Select(_ => new MaterialInput { Own = true })];
        return Task.CompletedTask;
    }
}

/// <summary>A line of the checklist.</summary>
public sealed class MaterialInput
{
    /// <summary>What it is.</summary>
    public string? Item { get; set; }

    /// <summary>True where it must be supplied.</summary>
    public bool Lacks { get; set; }

    /// <summary>True where it is not on the list.</summary>
    public bool Own { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }
}
