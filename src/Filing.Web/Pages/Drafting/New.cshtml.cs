using Filing.Features.Drafting;
using Filing.Features.Drafting.Intake;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>新送审: the paper first, then what it says, confirmed; then it is submitted.</summary>
public sealed class NewModel : IntakePage
{
    /// <summary>制定依据, one a line.</summary>
    [BindProperty]
    public string? Bases { get; set; }

    /// <summary>What the legal office should know; why, where the paper seems to be none of the register's.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    public override string Act => "送审";

    /// <summary>True where the paper seems to be none of the register's, so that a reason is wanted.</summary>
    public bool Doubtful => Reading?.Paper?.Scope.Value is PaperScope.Excluded or PaperScope.OutsideRegister;

    /// <summary>True where the paper seems to have been issued already.</summary>
    public bool Issued => Reading?.Paper is { Number: not null } paper && paper.DateOf(PaperDateKind.Signing) is { } signed && signed.Value.Date <= Today;

    /// <summary>What a draft should say, and whether it does.</summary>
    public IReadOnlyList<Check> Checklist => Reading?.Paper is { } paper && Desk.Profile is { } profile ? DraftChecklist.Of(paper, profile) : [];

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("标题", Title), new("文件种类", Choice.Words(Kinds, Kind)), new("起草单位", Choice.Words(Units, DraftingBody)), new("制定机关", Choice.Words(Issuers, IssuingBody)),
        new("联合制定机关", CoIssuers.Count == 0 ? "无，单独制定" : string.Join("、", CoIssuers.Select(c => Choice.Words(Issuers, c)))), new("制定依据", Bases), new("说明", Reason),
        new("正文", $"{Reading?.Text.Length} 字，取自“{FileName}”"), new("涉密声明", NotSecret ? "不涉密" : "未声明"),
    ];

    /// <inheritdoc/>
    protected override Task<(DraftingDesk? Value, IActionResult? Refused)> ReadDeskAsync() => AskAsync(new ReadDraftingDesk());

    /// <inheritdoc/>
    protected override void Propose(DocumentProposal? paper) =>
        Bases = string.Join('\n', (paper?.Cited ?? []).Where(c => c.Value.IsBasis).Select(c => IntakeWords.Of(c.Value).ToString()));

    /// <inheritdoc/>
    protected override async Task<IActionResult> SubmitAsync()
    {
        if (Reading is null) return Redirect(Request.Path);
        if (Go == "enter") return await HandOverAsync("/documents/enter");
        if (string.IsNullOrWhiteSpace(Title)) ModelState.AddModelError(nameof(Title), "请填写标题。");
        if (Kind is null) ModelState.AddModelError(nameof(Kind), "请选择文件种类。");
        if (string.IsNullOrEmpty(DraftingBody)) ModelState.AddModelError(nameof(DraftingBody), "请选择起草单位。");
        if (string.IsNullOrEmpty(IssuingBody)) ModelState.AddModelError(nameof(IssuingBody), "请选择制定机关。");
        if (Doubtful && string.IsNullOrWhiteSpace(Reason)) ModelState.AddModelError(nameof(Reason), "这份文件看来不属于本登记范围；仍要送审的，请写明理由，供认定时参考。");
        if (Go != "do") return await CheckAsync(Command);
        var submitted = false;
        var answer = await SendAsync(
            ModelState.IsValid ? Command() : null!,
            done =>
            {
                submitted = true;
                Notice = "已送审。法制机构将认定它是否属于规范性文件，进展见下图。";
                return Redirect($"/documents/{done.DocumentId}");
            },
            () => Task.FromResult<IActionResult>(Page()));
        if (submitted) await ForgetAsync();
        return answer;
    }

    private SubmitDraft Command() => new(
        Title!, Kind!.Value, DraftingBody!, IssuingBody!, Reading!.Text, NotSecret, [.. CoIssuers.Where(c => c != IssuingBody)],
        [.. Lines.Of(Bases).Select(CitedPaper.Read)], Original(), string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim());
}
