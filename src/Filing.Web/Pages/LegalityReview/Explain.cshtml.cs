using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.LegalityReview;

/// <summary>说明不采纳理由.</summary>
public sealed class ExplainModel : StepPage<Done>
{
    /// <summary>Why.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明不采纳审查意见的理由。")]
    public string? Reason { get; set; }

    /// <summary>On whose decision.</summary>
    [BindProperty]
    public string? Authority { get; set; }

    /// <summary>The rounds so far.</summary>
    public ReviewSheet Sheet { get; private set; } = null!;

    /// <inheritdoc/>
    public override string Act => "说明不采纳理由";

    /// <inheritdoc/>
    public override string Code => "explain-not-followed";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>The findings that were not followed.</summary>
    public IReadOnlyList<FindingLine> NotFollowed => [.. (Sheet.Rounds.Count > 0 ? Sheet.Rounds[^1].Findings : []).Where(f => f is { Content.Binding: true, Answer: AnswerKind.NotAdopted })];

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("不采纳", $"第 {string.Join("、", NotFollowed.Select(f => f.No))} 条意见"), new("理由", Reason), new("决定人", Authority)];

    /// <inheritdoc/>
    protected override string Said(Done value) => "已说明理由，随文提交审议。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new ExplainNotFollowed(Id, Reason ?? "", Authority, TaskId);

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadReview(Id));
        Sheet = sheet!;
        return refused;
    }
}
