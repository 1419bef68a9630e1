using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.LegalityReview;

/// <summary>按意见修改并答复: an answer to each finding, and the text as it is from now on.</summary>
public sealed class AnswerModel : TextStepPage<Done>
{
    /// <summary>One answer a finding that is still open.</summary>
    [BindProperty]
    public List<AnswerInput> Items { get; set; } = [];

    /// <summary>The rounds so far.</summary>
    public ReviewSheet Sheet { get; private set; } = null!;

    /// <inheritdoc/>
    public override string Act => "按意见修改并答复";

    /// <inheritdoc/>
    public override string Code => "answer-findings";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>The round that is answered; null before there is one.</summary>
    public ReviewRound? Round => Sheet.Rounds.Count > 0 ? Sheet.Rounds[^1] : null;

    /// <summary>What is still to be answered.</summary>
    public IReadOnlyList<FindingLine> Open => [.. (Round?.Findings ?? []).Where(f => f.Confirmed != true)];

    /// <summary>What changes in the text.</summary>
    public TextDiff Diff => TextDiff.Between(Step.Text?.Body ?? "", Text ?? "");

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        .. Items.Select(i => new Answer($"第 {i.No} 条", $"{i.Answer?.Chinese() ?? "尚未答复"}　{i.Reason}")),
        new("正文", Diff.Same ? "保持原文，不作修改" : Diff.Said),
    ];

    /// <inheritdoc/>
    protected override string Said(Done value) => "已答复，转审查人员核对。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new AnswerFindings(
        Id,
        [.. Items.Where(i => i.Answer is not null).Select(i => new FindingAnswer(i.No, i.Answer!.Value, string.IsNullOrWhiteSpace(i.Reason) ? null : i.Reason.Trim()))],
        Plain(Text),
        TaskId);

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadReview(Id));
        Sheet = sheet!;
        return refused;
    }

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        Items = [.. Open.Select(f => new AnswerInput { No = f.No, Answer = f.Answer, Reason = f.AnswerReason })];
        return base.ProposeAsync();
    }
}

/// <summary>An answer as it is typed.</summary>
public sealed class AnswerInput
{
    /// <summary>The number of the finding.</summary>
    public int No { get; set; }

    /// <summary>Adopted, partly, or not.</summary>
    public AnswerKind? Answer { get; set; }

    /// <summary>Why, or what was done.</summary>
    public string? Reason { get; set; }
}
