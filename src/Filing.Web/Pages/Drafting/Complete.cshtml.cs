using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>补齐材料: the explanation, the bases, and what else the legal office will look for.</summary>
public sealed class CompleteModel : TextStepPage<Done>
{
    /// <summary>起草说明.</summary>
    [BindProperty]
    public string? Explanation { get; set; }

    /// <summary>制定依据, one a line.</summary>
    [BindProperty]
    public string? Bases { get; set; }

    /// <summary>What has been handed in.</summary>
    public DraftSheet Sheet { get; private set; } = null!;

    /// <inheritdoc/>
    public override string Act => "补齐材料";

    /// <inheritdoc/>
    public override string Code => "complete";

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadDraftSheet(Id));
        Sheet = sheet!;
        return refused;
    }

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        (Explanation, Bases) = (Sheet.Explanation, string.Join('\n', Sheet.Bases));
        return base.ProposeAsync();
    }

    /// <inheritdoc/>
    protected override string Said(Done value) => "材料已补齐，可以征求意见了。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new CompleteDraft(Id, Explanation ?? "", [.. Lines.Of(Bases).Select(CitedPaper.Read)], ChangedText(), TaskId);
}
