using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>再议修改: the text that the meeting wanted changed.</summary>
public sealed class ReviseModel : TextStepPage<Done>
{
    /// <summary>What was changed.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What the meeting decided.</summary>
    public DecisionLine? Decision { get; private set; }

    /// <inheritdoc/>
    public override string Act => "再议修改";

    /// <inheritdoc/>
    public override string Code => "revise";

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (decision, refused) = await AskAsync(new ReadDecision(Id));
        Decision = decision is { Decisions: [.., var last] } ? last : null;
        return refused;
    }

    /// <inheritdoc/>
    protected override string Said(Done value) => "修改稿已提交，将重新进行合法性审查。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new ReviseDraft(Id, Note ?? "", Plain(Text) ?? "", TaskId);
}
