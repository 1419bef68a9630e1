using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>补正材料: what the legal office asked for, and what was supplied.</summary>
public sealed class SupplementModel : TextStepPage<Done>
{
    /// <summary>What was supplied.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>What was asked for, latest first.</summary>
    public ReviewSheet Review { get; private set; } = null!;

    /// <summary>What has been handed in.</summary>
    public DraftSheet Sheet { get; private set; } = null!;

    /// <inheritdoc/>
    public override string Act => "补正材料";

    /// <inheritdoc/>
    public override string Code => "supplement";

    /// <summary>What was asked for the last time; nothing where it came back for missing steps.</summary>
    public IReadOnlyList<MissingLine> Asked => [.. Review.Missing.Where(m => m.AskedOn == Review.Missing.Max(x => x.AskedOn))];

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (review, refused) = await AskAsync(new ReadReview(Id));
        if (refused is not null) return refused;
        (var sheet, refused) = await AskAsync(new ReadDraftSheet(Id));
        (Review, Sheet) = (review!, sheet!);
        return refused;
    }

    /// <inheritdoc/>
    protected override string Said(Done value) => "已补正，重新送法制机构。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new SupplementDraft(Id, Note ?? "", ChangedText(), TaskId);
}
