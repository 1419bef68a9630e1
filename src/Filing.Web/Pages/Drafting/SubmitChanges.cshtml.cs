using Filing.Domain;
using Filing.Features.Decision;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>提交修改稿, after an adoption in principle.</summary>
public sealed class SubmitChangesModel : TextStepPage<Done>
{
    /// <summary>What was changed.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What the meeting decided.</summary>
    public DecisionLine? Decision { get; private set; }

    /// <inheritdoc/>
    public override string Act => "提交修改稿";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>What changes in the text.</summary>
    public TextDiff Diff => TextDiff.Between(Step.Text?.Body ?? "", Text ?? "");

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("修改说明", Note), new("正文", Diff.Said)];

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (decision, refused) = await AskAsync(new ReadDecision(Id));
        Decision = decision is { Decisions: [.., var last] } ? last : null;
        return refused;
    }

    /// <inheritdoc/>
    protected override string Said(Done value) => "修改稿已提交，由法制机构核对。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new Filing.Features.Decision.SubmitChanges(Id, Plain(Text) ?? "", Note ?? "");
}
