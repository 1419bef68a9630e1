using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>
/// 征求意见: opens a consultation, takes in the comments, decides on each, and closes it when nothing hinders that. One form with a button for each of these,
/// so that what is typed into one part is not lost by another.
/// </summary>
public abstract class ConsultPage : StepPage<Done>
{
    /// <summary>Its first day.</summary>
    [BindProperty]
    public DateOnly? OpensOn { get; set; }

    /// <summary>Its last day.</summary>
    [BindProperty]
    public DateOnly? ClosesOn { get; set; }

    /// <summary>Where.</summary>
    [BindProperty]
    public string? Channel { get; set; }

    /// <summary>The units asked.</summary>
    [BindProperty]
    public string? Invited { get; set; }

    /// <summary>Why it is shorter than the rule wants.</summary>
    [BindProperty]
    public string? ShortenedReason { get; set; }

    /// <summary>Who commented.</summary>
    [BindProperty]
    public string? Author { get; set; }

    /// <summary>What was said.</summary>
    [BindProperty]
    public string? Comment { get; set; }

    /// <summary>When it came.</summary>
    [BindProperty]
    public DateOnly? ReceivedOn { get; set; }

    /// <summary>Many comments at once.</summary>
    [BindProperty]
    public string? Pasted { get; set; }

    /// <summary>What becomes of each comment, by its id.</summary>
    [BindProperty]
    public Dictionary<string, string?> Adoption { get; set; } = [];

    /// <summary>Why, by the comment's id.</summary>
    [BindProperty]
    public Dictionary<string, string?> Why { get; set; } = [];

    /// <summary>Who is consulted.</summary>
    public abstract ConsultationAudience Audience { get; }

    /// <summary>The consultations so far.</summary>
    public ConsultationSheet Sheet { get; private set; } = null!;

    /// <summary>What can become of a comment.</summary>
    public static IReadOnlyList<Choice> Adoptions { get; } = Choice.Of<CommentAdoption>(
        a => a switch { CommentAdoption.Adopted => "采纳", CommentAdoption.Partly => "部分采纳", CommentAdoption.NotAdopted => "不采纳", });

    /// <inheritdoc/>
    public override bool Ready => Sheet.Closing.All(c => c.Done);

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => Sheet.Running is not { } running
        ? []
        : [new("期间", $"{ChineseDate.Format(running.OpensOn)}至{ChineseDate.Format(running.ClosesOn)}"), new("收到意见", $"{running.Comments.Count} 条"), new("采纳情况", Tally(running))];

    /// <summary>The units or the public.</summary>
    public bool Public => Audience == ConsultationAudience.Public;

    /// <summary>The words of an adoption.</summary>
    public static string AdoptionWords(string? code) => code is null ? "未填写" : Choice.Words(Adoptions, Kebab.Parse<CommentAdoption>(code));

    /// <summary>What the form has for a comment: what was typed, else what was decided.</summary>
    public string? Chosen(CommentView comment) => Adoption.TryGetValue(comment.Id.ToString(), out var typed) ? typed : comment.Adoption is { } code ? Kebab.Parse<CommentAdoption>(code).ToString() : null;

    /// <summary>The reason that the form has for a comment.</summary>
    public string? Reason(CommentView comment) => Why.TryGetValue(comment.Id.ToString(), out var typed) ? typed : comment.AdoptionReason;

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadConsultation(Id, Audience));
        Sheet = sheet!;
        return refused;
    }

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        if (Public) ClosesOn = Today.AddDays(Step.Case.Profile.PublicConsultationDays.Value - 1);
        if (Public) Channel = Step.Case.Profile.Carriers.Value is [var first, ..] ? first : null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task<IActionResult?> OtherAsync() => Go switch
    {
        "open" => await OpenAsync(),
        "comment" => await CommentAsync(),
        "paste" => await PasteAsync(),
        "decide" => await DecideAsync(),
        _ => null,
    };

    private async Task<IActionResult> OpenAsync()
    {
        if (ClosesOn is null) ModelState.AddModelError(nameof(ClosesOn), "请填写截止日期。");
        return await ActAsync(
            () => new OpenConsultation(Id, Audience, ClosesOn!.Value, Channel ?? "", Public ? null : Lines.Names(Invited), string.IsNullOrWhiteSpace(ShortenedReason) ? null : ShortenedReason.Trim(), OpensOn),
            _ => $"已发起，至{ChineseDate.Format(ClosesOn!.Value)}止。收到的意见请在下面登记。",
            nameof(OpensOn), nameof(ClosesOn), nameof(Channel), nameof(Invited), nameof(ShortenedReason));
    }

    private async Task<IActionResult> CommentAsync()
    {
        if (ReceivedOn > Today) ModelState.AddModelError(nameof(ReceivedOn), "收到的日期不能晚于今天。");
        return await ActAsync(() => new RecordComment(Id, Sheet.Running?.Id ?? Guid.Empty, Author ?? "", Comment ?? "", ReceivedOn), _ => "已登记 1 条意见。", nameof(Author), nameof(Comment), nameof(ReceivedOn));
    }

    private async Task<IActionResult> PasteAsync()
    {
        if (PastedComments.Read(Pasted).TryGet(out var comments, out var error)) return await ActAsync(() => new RecordComments(Id, Sheet.Running?.Id ?? Guid.Empty, comments), n => $"已登记 {n} 条意见。", nameof(Pasted));
        ModelState.AddModelError(nameof(Pasted), error.Message);
        return Again(StatusCodes.Status400BadRequest);
    }

    private async Task<IActionResult> DecideAsync()
    {
        CommentDecision[] decisions = [.. (Sheet.Running?.Comments ?? []).Where(c => Enum.TryParse<CommentAdoption>(Chosen(c), out _))
            .Select(c => new CommentDecision(c.Id, Enum.Parse<CommentAdoption>(Chosen(c)!), string.IsNullOrWhiteSpace(Reason(c)) ? null : Reason(c)!.Trim()))];
        return await ActAsync(() => new DecideComments(Id, decisions), n => $"已保存 {n} 条意见的采纳情况。", nameof(Adoption), nameof(Why));
    }

    /// <summary>Does a part of the step and shows the page again, with what was typed into its other parts.</summary>
    private async Task<IActionResult> ActAsync<TDone>(Func<ICommand<TDone>> command, Func<TDone, string> said, params string[] consumed)
    {
        if (!ModelState.IsValid) return Again(StatusCodes.Status400BadRequest);
        var done = false;
        var answer = await SendAsync(
            command(),
            value =>
            {
                (done, Notice) = (true, said(value));
                return Reload();
            },
            () => Task.FromResult<IActionResult>(Page()));
        if (done) await KeepAsync(consumed);
        return answer;
    }

    private static string Tally(ConsultationView running) =>
        string.Join("，", running.Comments.GroupBy(c => c.Adoption).Select(g => $"{AdoptionWords(g.Key)} {g.Count()} 条"));
}

/// <summary>征求单位意见.</summary>
public sealed class ConsultUnitsModel : ConsultPage
{
    /// <inheritdoc/>
    public override string Act => "结束征求单位意见";

    /// <inheritdoc/>
    public override string Heading => "征求单位意见";

    /// <inheritdoc/>
    public override string Code => "consult-units";

    /// <inheritdoc/>
    public override ConsultationAudience Audience => ConsultationAudience.Units;

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new CloseUnitConsultation(Id, TaskId);
}

/// <summary>公开征求意见.</summary>
public sealed class ConsultPublicModel : ConsultPage
{
    /// <inheritdoc/>
    public override string Act => "结束公开征求意见";

    /// <inheritdoc/>
    public override string Heading => "公开征求意见";

    /// <inheritdoc/>
    public override string Code => "consult-public";

    /// <inheritdoc/>
    public override ConsultationAudience Audience => ConsultationAudience.Public;

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new ClosePublicConsultation(Id, TaskId);
}
