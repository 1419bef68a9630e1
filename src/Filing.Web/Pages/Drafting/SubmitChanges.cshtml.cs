using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Desks;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>提交修改稿, after an adoption in principle; once more as long as it is being confirmed.</summary>
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
    public override string Code => "submit-changes";

    /// <inheritdoc/>
    public override bool Due => base.Due || Replaces;

    /// <inheritdoc/>
    public override bool Mine => Replaces || base.Mine;

    /// <summary>True where changes lie with the legal office already and may be replaced.</summary>
    public bool Replaces { get; private set; }

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
        if (refused is not null || Step.Task is not null) return refused;
        (var acts, refused) = await AskAsync(new ReadActs(Id));
        Replaces = acts?.Any(a => a is { Verb: "submit-changes", Open: true }) ?? false;
        // A link from before leads to the task that is done; what is sent from here is no task.
        if (Replaces && HttpMethods.IsGet(Request.Method)) TaskId = null;
        return refused;
    }

    /// <inheritdoc/>
    protected override string Said(Done value) => "修改稿已提交，由法制机构核对。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new Filing.Features.Decision.SubmitChanges(Id, Plain(Text) ?? "", Note ?? "", TaskId);
}
