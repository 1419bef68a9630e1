using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Papers;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.LegalityReview;

/// <summary>合法性审查: the text beside the findings; every button keeps what was typed in the whole form.</summary>
public sealed class ReviewModel : StepPage<Done>
{
    /// <summary>The finding that is being written.</summary>
    [BindProperty]
    public FindingInput Finding { get; set; } = new();

    /// <summary>What is said of the aspects, in the order of the profile.</summary>
    [BindProperty]
    public List<AspectInput> Aspects { get; set; } = [];

    /// <summary>What was looked for of what may not be created.</summary>
    [BindProperty]
    public List<string> ForbiddenChecked { get; set; } = [];

    /// <summary>The conclusion.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择审查结论。")]
    public ReviewConclusion? Conclusion { get; set; }

    /// <summary>The opinion as a whole.</summary>
    [BindProperty]
    public string? Summary { get; set; }

    /// <summary>When the opinion is given.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>The rounds so far.</summary>
    public ReviewSheet Sheet { get; private set; } = null!;

    /// <summary>The text under review.</summary>
    public IReadOnlyList<NumberedLine> Text { get; private set; } = [];

    /// <summary>The rounds before this one.</summary>
    public RoundsView Earlier { get; private set; } = null!;

    /// <inheritdoc/>
    public override string Act => "合法性审查";

    /// <inheritdoc/>
    public override string Code => "review";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>The round under review; null before the draft is taken in.</summary>
    public ReviewRound? Round => Sheet.Rounds.Count > 0 ? Sheet.Rounds[^1] : null;

    /// <summary>The findings of this round.</summary>
    public IReadOnlyList<FindingLine> Findings => Round?.Findings ?? [];

    /// <summary>The finding that is being changed; null while a new one is written.</summary>
    public FindingLine? Changing => Findings.FirstOrDefault(f => f.Id == Finding.Id);

    /// <summary>The aspects of the profile.</summary>
    public IReadOnlyList<ReviewAspect> Wanted => Step.Case.Profile.ReviewAspects.Value;

    /// <summary>The aspects, to choose from.</summary>
    public IReadOnlyList<Choice> AspectChoices => [.. Wanted.Select(a => new Choice(a.ToString(), a.Chinese()))];

    /// <summary>What may not be created, to choose from.</summary>
    public IReadOnlyList<Choice> ForbiddenChoices => [.. Sheet.Forbidden.Value.Select(f => new Choice(f, f))];

    /// <summary>The opinion as it would be given.</summary>
    public OfficialPaper Opinion => LegalityOpinion.Compose(
        Sheet,
        Round! with { Conclusion = Conclusion, ConcludedOn = On ?? Today, Summary = Summary, Aspects = [.. Opinions], ForbiddenChecked = ForbiddenChecked, Reviewer = User.Identity?.Name },
        Sheet.LegalOffice,
        Step.Case.Profile);

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("结论", Conclusion?.Chinese()),
        new("意见", $"{Findings.Count} 条，其中必须修改 {Findings.Count(f => f.Content.Binding)} 条"),
        .. Opinions.Select(o => new Answer($"{o.Aspect.Chinese()}方面", $"{(o.Passed ? "合法" : "有问题")}　{o.Remark}")),
        new("禁止设定的事项", $"已逐条核对：{string.Join("、", ForbiddenChecked)}"),
        new("总体意见", Summary),
        new("出具日期", ChineseDate.FormatFull(On ?? Today)),
    ];

    private IEnumerable<AspectOpinion> Opinions => Wanted.Zip(Aspects).Where(a => a.Second.Passed is not null).Select(a => new AspectOpinion(a.First, a.Second.Passed!.Value, a.Second.Remark));

    /// <summary>An article was chosen for the finding.</summary>
    public async Task<IActionResult> OnPostPickAsync(string pick)
    {
        if (await LoadAsync() is { } refused) return refused;
        return await StayAsync(AnchorOf(pick) ?? "finding", ("Finding.Article", pick));
    }

    /// <summary>Something that may not be created was found: the finding is begun with it.</summary>
    public Task<IActionResult> OnPostFoundAsync(int item, string forbidden) => StayAsync(
        "finding",
        ("Finding.Forbidden", forbidden), ("Finding.Aspect", nameof(ReviewAspect.Content)), ("Finding.Binding", "true"), ("Finding.Article", Request.Form[$"At[{item}]"].ToString() is { Length: > 0 } at ? at : Finding.Article));

    /// <summary>The finding is written down, or written anew.</summary>
    public async Task<IActionResult> OnPostAddAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        if (Finding.Aspect is null) ModelState.AddModelError("Finding.Aspect", "请选择这条意见属于哪个方面。");
        var content = Finding.Content;
        var anchor = AnchorOf(content.Article) ?? "findings";
        (string Field, string? Value)[] after = [.. FindingInput.Empty, .. Troubled(content)];
        return Finding.Id is { } changed
            ? await AsideAsync(new ChangeFinding(Id, changed, content), nameof(Finding), "已保存修改的意见。", anchor, after)
            : await AsideAsync(new AddFinding(Id, content), nameof(Finding), "已加入意见。", anchor, after);
    }

    /// <summary>An aspect with a finding that binds is not in order: said at once, so that it need not be said twice.</summary>
    private IEnumerable<(string Field, string? Value)> Troubled(FindingText content)
    {
        var index = Wanted.ToList().IndexOf(content.Aspect);
        if (!content.Binding || index < 0) yield break;
        yield return ($"Aspects[{index}].Passed", "false");
        if (string.IsNullOrWhiteSpace(Aspects.ElementAtOrDefault(index)?.Remark)) yield return ($"Aspects[{index}].Remark", "见审查意见");
    }

    /// <summary>A finding is taken into the form to be changed.</summary>
    public async Task<IActionResult> OnPostEditAsync(Guid finding)
    {
        if (await LoadAsync() is { } refused) return refused;
        return Findings.FirstOrDefault(f => f.Id == finding) is { } found ? await StayAsync("finding", FindingInput.Of(found.Content, finding)) : NotFound();
    }

    /// <summary>What is being changed stays as it was.</summary>
    public Task<IActionResult> OnPostLeaveAsync() => StayAsync("findings", FindingInput.Empty);

    /// <summary>A finding is taken out; its words go into the form, so that nothing is lost by mistake.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(Guid finding)
    {
        if (await LoadAsync() is { } refused) return refused;
        if (Findings.FirstOrDefault(f => f.Id == finding) is not { } gone) return NotFound();
        var back = string.IsNullOrWhiteSpace(Finding.Text) || Finding.Id == finding ? FindingInput.Of(gone.Content, null) : [];
        return await AsideAsync(
            new RemoveFinding(Id, finding), "none", $"已删除第 {gone.No} 条意见{(back.Length > 0 ? "；原文留在“提出意见”栏里，误删的可以重新加入" : "")}。", "findings", back);
    }

    /// <inheritdoc/>
    protected override string Said(Done value) => $"已出具审查意见：{Conclusion?.Chinese()}。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new ConcludeReview(Id, Conclusion!.Value, [.. Opinions], ForbiddenChecked, Summary, On, TaskId);

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadReview(Id));
        if (refused is not null) return refused;
        (Sheet, Text) = (sheet!, NumberedText.Of(Step.Text?.Body));
        Earlier = await RoundsView.OfAsync(Mediator, Sheet, r => r != Round);
        while (Aspects.Count < Wanted.Count) Aspects.Add(new());
        if (Go is "check" or "do" && !string.IsNullOrWhiteSpace(Finding.Text)) ModelState.AddModelError("Finding.Text", "“提出意见”栏里还有一条没有加入的意见：请先加入，或者清空。");
        return null;
    }

    private string? AnchorOf(string? article) => Text.FirstOrDefault(l => l.Place?.Name == article)?.Place?.Anchor;
}

/// <summary>What is said of an aspect.</summary>
public sealed class AspectInput
{
    /// <summary>Whether it is lawful; null while nothing was said.</summary>
    public bool? Passed { get; set; }

    /// <summary>Why not, or what to note.</summary>
    public string? Remark { get; set; }
}

/// <summary>A finding as it is typed.</summary>
public sealed class FindingInput
{
    /// <summary>The finding that is changed; null for a new one.</summary>
    public Guid? Id { get; set; }

    /// <summary>The aspect.</summary>
    public ReviewAspect? Aspect { get; set; }

    /// <summary>The place in the text.</summary>
    public string? Article { get; set; }

    /// <summary>What it creates and may not.</summary>
    public string? Forbidden { get; set; }

    /// <summary>The finding.</summary>
    public string? Text { get; set; }

    /// <summary>True where it must be followed.</summary>
    public bool Binding { get; set; } = true;

    /// <summary>The fields after a finding was written down.</summary>
    internal static (string, string?)[] Empty => [("Finding.Id", null), ("Finding.Article", null), ("Finding.Forbidden", null), ("Finding.Text", null), ("Finding.Binding", "true")];

    internal FindingText Content => new(Aspect ?? default, Text?.Trim() ?? "", Binding, Blank(Article), Blank(Forbidden));

    /// <summary>The fields of a finding.</summary>
    internal static (string, string?)[] Of(FindingText content, Guid? id) =>
    [
        ("Finding.Id", id?.ToString()), ("Finding.Aspect", content.Aspect.ToString()), ("Finding.Article", content.Article), ("Finding.Forbidden", content.Forbidden),
        ("Finding.Text", content.Text), ("Finding.Binding", content.Binding ? "true" : "false"),
    ];

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
