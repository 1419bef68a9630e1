using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Desks;
using Filing.Features.LegalityReview;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Decision;

/// <summary>What lies before whoever decides or signs: the text, its review, what was decided and signed so far.</summary>
/// <param name="Step">The document.</param>
/// <param name="Review">Its reviews.</param>
/// <param name="Sheet">Its decisions and signatures.</param>
/// <param name="Text">The text, to read.</param>
/// <param name="Changes">What changed since the text that was before the meeting; null before a decision.</param>
public sealed record BeforeDeciding(StepView Step, ReviewSheet Review, DecisionSheet Sheet, IReadOnlyList<NumberedLine> Text, TextChanges? Changes)
{
    /// <summary>The latest decision; null before there is one.</summary>
    public DecisionLine? Decided => Sheet.Decisions.Count > 0 ? Sheet.Decisions[^1] : null;

    /// <summary>True when the text is the one that the approval binds.</summary>
    public bool IsApproved => Decided?.ApprovedDigest is { } approved && approved == Step.Text?.Digest;
}

/// <summary>A step in which somebody decides or signs.</summary>
/// <typeparam name="T">What the command answers.</typeparam>
public abstract class DecisionPage<T> : StepPage<T>
{
    /// <summary>What lies before whoever decides.</summary>
    public BeforeDeciding Before { get; private set; } = null!;

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (review, refused) = await AskAsync(new ReadReview(Id));
        if (refused is not null) return refused;
        (var sheet, refused) = await AskAsync(new ReadDecision(Id));
        if (refused is not null) return refused;
        TextChanges? changes = null;
        if (sheet!.Decisions.Count > 0) (changes, refused) = await AskAsync(new ReadTextChanges(Id, sheet.Decisions[^1].TextNo));
        Before = new(Step, review!, sheet, NumberedText.Of(Step.Text?.Body), changes);
        return refused;
    }

    /// <summary>A day in words; today where none was typed.</summary>
    protected string Day(DateOnly? on) => ChineseDate.FormatFull(on ?? Today);
}
