using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.LegalityReview;

/// <summary>核对意见落实: each answer beside what changed in the text.</summary>
public sealed class ConfirmModel : StepPage<Following>
{
    /// <summary>One verdict a finding.</summary>
    [BindProperty]
    public List<VerdictInput> Items { get; set; } = [];

    /// <summary>When that was looked at.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>The rounds so far.</summary>
    public ReviewSheet Sheet { get; private set; } = null!;

    /// <summary>What changed in the text; null where it was kept.</summary>
    public TextChanges? Changes { get; private set; }

    /// <inheritdoc/>
    public override string Act => "核对意见落实";

    /// <inheritdoc/>
    public override string Code => "confirm-findings";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>The round that was answered; null before there is one.</summary>
    public ReviewRound? Round => Sheet.Rounds.Count > 0 ? Sheet.Rounds[^1] : null;

    /// <summary>Its findings.</summary>
    public IReadOnlyList<FindingLine> Findings => Round?.Findings ?? [];

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        .. Findings.Select(f => new Answer($"第 {f.No} 条", f.Answer == AnswerKind.NotAdopted
            ? f.Content.Binding ? "起草单位不采纳必须修改的意见" : "建议，起草单位不采纳"
            : Items.FirstOrDefault(i => i.No == f.No) is { } i ? $"{i.Confirmed switch { true => "已落实", false => "未落实", null => "尚未核对" }}　{i.Remark}" : null)),
        new("核对日期", ChineseDate.FormatFull(On ?? Today)),
    ];

    /// <inheritdoc/>
    protected override string Said(Following value) => $"已核对：{value.Chinese()}。";

    /// <inheritdoc/>
    protected override ICommand<Following> Command() => new ConfirmFindings(
        Id, [.. Items.Where(i => i.Confirmed is not null).Select(i => new FindingVerdict(i.No, i.Confirmed!.Value, string.IsNullOrWhiteSpace(i.Remark) ? null : i.Remark.Trim()))], On, TaskId);

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadReview(Id));
        if (refused is not null) return refused;
        Sheet = sheet!;
        if (Round is { AmendedTextNo: { } amended } round && amended != round.TextNo) (Changes, refused) = await AskAsync(new ReadTextChanges(Id, round.TextNo, amended));
        return refused;
    }

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        Items = [.. Findings.Where(f => f.Answer != AnswerKind.NotAdopted).Select(f => new VerdictInput { No = f.No, Confirmed = f.Confirmed, Remark = f.ConfirmRemark })];
        return Task.CompletedTask;
    }
}

/// <summary>A verdict as it is typed.</summary>
public sealed class VerdictInput
{
    /// <summary>The number of the finding.</summary>
    public int No { get; set; }

    /// <summary>Whether it was done; null while nobody said.</summary>
    public bool? Confirmed { get; set; }

    /// <summary>What is still to do.</summary>
    public string? Remark { get; set; }
}
