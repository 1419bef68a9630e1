using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Drafting.Intake;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>How an officer states the term of a paper that was issued elsewhere.</summary>
public enum StatedTerm
{
    /// <summary>The paper states none: that of the rules applies.</summary>
    Default,

    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>So many years.</summary>
    Years,

    /// <summary>So many months.</summary>
    Months,

    /// <summary>Until a day.</summary>
    Until,

    /// <summary>长期有效.</summary>
    LongTerm,
}

/// <summary>补录: a document that was issued elsewhere, from its paper or without it.</summary>
public sealed class EnterModel : IntakePage
{
    private static readonly Dictionary<PaperDateKind, FactKind> Named = new()
    {
        [PaperDateKind.Adopted] = FactKind.Decided,
        [PaperDateKind.Signing] = FactKind.Signed,
        [PaperDateKind.Registered] = FactKind.Registered,
        [PaperDateKind.Published] = FactKind.Published,
        [PaperDateKind.Printed] = FactKind.Printed,
        [PaperDateKind.InForce] = FactKind.InForce,
    };

    /// <summary>What every paper has, or should have.</summary>
    public static IReadOnlyList<FactKind> Making { get; } = [FactKind.Decided, FactKind.Signed, FactKind.Registered, FactKind.Published, FactKind.Printed, FactKind.InForce];

    /// <summary>What may have happened to it since.</summary>
    public static IReadOnlyList<FactKind> Since { get; } =
        [FactKind.Filed, FactKind.FilingReceived, FactKind.FilingRegistered, FactKind.Amended, FactKind.Suspended, FactKind.Resumed, FactKind.Repealed, FactKind.DeclaredLapsed, FactKind.Annulled];

    /// <summary>When it happened, by the code of the fact.</summary>
    [BindProperty]
    public Dictionary<string, DateOnly?> Dates { get; set => field = Whole(value); } = Whole<DateOnly?>([]);

    /// <summary>Where that is known from, by the code of the fact.</summary>
    [BindProperty]
    public Dictionary<string, string?> Sources { get; set => field = Whole(value); } = Whole<string?>([]);

    /// <summary>The carrier on which it was published first.</summary>
    [BindProperty]
    public string? Carrier { get; set; }

    /// <summary>漏公布.</summary>
    [BindProperty]
    public bool NeverPublished { get; set; }

    /// <summary>发文字号.</summary>
    [BindProperty]
    public string? IssueNumber { get; set; }

    /// <summary>统一登记号.</summary>
    [BindProperty]
    public string? RegistrationNumber { get; set; }

    /// <summary>Where all this is known from.</summary>
    [BindProperty]
    public string? Source { get; set; }

    /// <summary>How its term is stated.</summary>
    [BindProperty]
    public StatedTerm? Term { get; set; }

    /// <summary>Years or months.</summary>
    [BindProperty]
    public int? TermLength { get; set; }

    /// <summary>The last valid day.</summary>
    [BindProperty]
    public DateOnly? TermUntil { get; set; }

    /// <summary>Why it is valid without end.</summary>
    [BindProperty]
    public string? TermReason { get; set; }

    /// <inheritdoc/>
    public override string Act => "补录";

    /// <inheritdoc/>
    public override bool TextOptional => true;

    /// <summary>How a term can be stated.</summary>
    public static IReadOnlyList<Choice> Terms { get; } = Choice.Of<StatedTerm>(
        t => t switch { StatedTerm.Default => "文件没有写明，按规则", StatedTerm.Unknown => "尚未查明", StatedTerm.Years => "若干年", StatedTerm.Months => "若干个月", StatedTerm.Until => "至某日", StatedTerm.LongTerm => "长期有效", });

    /// <summary>What the paper does not say.</summary>
    public IReadOnlyList<Check> Missing => [.. (Reading?.Paper?.Missing ?? []).Select(m => new Check(IntakeWords.Field(m.Field), false, m.Message, m.Rule ?? ""))];

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("标题", Title), new("文件种类", Choice.Words(Kinds, Kind)), new("制定机关", Choice.Words(Issuers, IssuingBody)), new("起草单位", Choice.Words(Units, DraftingBody)),
        new("联合制定机关", CoIssuers.Count == 0 ? "无" : string.Join("、", CoIssuers.Select(c => Choice.Words(Issuers, c)))), new("发文字号", IssueNumber), new("统一登记号", RegistrationNumber),
        .. Given().Select(f => new Answer(f.Kind.Name(), $"{ChineseDate.Format(f.On)}{(f.Value is null ? "" : $"，{f.Value}")}（{f.Source ?? Source}）")),
        new("公布", NeverPublished ? "从未公布（漏公布）" : "已公布"), new("有效期", TermWords()), new("来源", Source), new("正文", Reading is null ? "没有" : $"{Reading.Text.Length} 字"),
    ];

    /// <summary>Where a date was read; null when it was not.</summary>
    public Found? FoundFor(FactKind kind) => Reading?.Under("date-").FirstOrDefault(f => Named.Any(n => n.Value == kind && IntakeWords.Of(n.Key) == f.What));

    /// <inheritdoc/>
    protected override Task<(DraftingDesk? Value, IActionResult? Refused)> ReadDeskAsync() => AskAsync(new ReadEntryDesk());

    /// <inheritdoc/>
    protected override void Propose(DocumentProposal? paper)
    {
        Source = FileName is { Length: > 0 } name ? $"文件“{(name.Length > 150 ? name[..150] : name)}”" : null;
        Term = StatedTerm.Default;
        if (paper is null) return;
        IssueNumber = paper.Number?.Value.ToString();
        RegistrationNumber = paper.OtherNumbers.FirstOrDefault(n => n.Value.Kind == OtherNumberKind.Registration)?.Value.Text;
        foreach (var (read, fact) in Named)
        {
            if (paper.DateOf(read) is not { } date) continue;
            Dates[fact.Code()] = date.Value.Date;
            Sources[fact.Code()] = $"原文第 {date.Place.Line} 行";
        }

        var clause = paper.Terms.Select(t => t.Value).FirstOrDefault(t => t.Kind is TermClauseKind.Years or TermClauseKind.UntilDate or TermClauseKind.LongTerm);
        (Term, TermLength, TermUntil) = clause?.Kind switch
        {
            TermClauseKind.Years => (StatedTerm.Years, clause.Number, null),
            TermClauseKind.UntilDate => (StatedTerm.Until, null, clause.Date),
            TermClauseKind.LongTerm => (StatedTerm.LongTerm, null, null),
            _ => (StatedTerm.Default, (int?)null, (DateOnly?)null),
        };
    }

    /// <inheritdoc/>
    protected override async Task<IActionResult> SubmitAsync()
    {
        if (string.IsNullOrWhiteSpace(Title)) ModelState.AddModelError(nameof(Title), "请填写标题。");
        if (Kind is null) ModelState.AddModelError(nameof(Kind), "请选择文件种类。");
        if (string.IsNullOrEmpty(DraftingBody)) ModelState.AddModelError(nameof(DraftingBody), "请选择起草单位。");
        if (string.IsNullOrEmpty(IssuingBody)) ModelState.AddModelError(nameof(IssuingBody), "请选择制定机关。");
        if (Term is null) ModelState.AddModelError(nameof(Term), "请选择有效期。");
        if (Go != "do") return await CheckAsync(Command);
        var entered = false;
        var answer = await SendAsync(
            ModelState.IsValid ? Command() : null!,
            done =>
            {
                entered = true;
                Notice = "已补录，标明“未经本系统审查”。法制机构核对后计入登记簿。";
                return Redirect($"/documents/{done.DocumentId}");
            },
            () => Task.FromResult<IActionResult>(Page()));
        if (entered) await ForgetAsync();
        return answer;
    }

    private EnterElsewhere Command() => new(
        Title!, Kind!.Value, DraftingBody!, IssuingBody!, Given(), Source ?? "", Reading?.Text, Blank(IssueNumber), Blank(RegistrationNumber), Stated(), Term == StatedTerm.Default, NeverPublished,
        [.. CoIssuers.Where(c => c != IssuingBody)], Original(), NotSecret);

    private ElsewhereFact[] Given() =>
    [
        .. Making.Concat(Since).Where(k => Dates.GetValueOrDefault(k.Code()) is not null)
            .Select(k => new ElsewhereFact(k, Dates[k.Code()]!.Value, Blank(Sources.GetValueOrDefault(k.Code())), k == FactKind.Published ? Blank(Carrier) : null)),
    ];

    private TermRequest? Stated() => Term switch
    {
        StatedTerm.Years => new(Years: TermLength),
        StatedTerm.Months => new(Months: TermLength),
        StatedTerm.Until => new(Until: TermUntil),
        StatedTerm.LongTerm => new(LongTermReason: TermReason),
        StatedTerm.Default or StatedTerm.Unknown or null => null,
    };

    private string TermWords() => Term switch
    {
        StatedTerm.Years => $"{TermLength} 年",
        StatedTerm.Months => $"{TermLength} 个月",
        StatedTerm.Until => TermUntil is { } day ? $"至{ChineseDate.Format(day)}" : "",
        StatedTerm.LongTerm => $"长期有效：{TermReason}",
        _ => Choice.Words(Terms, Term),
    };

    /// <summary>Every row of the form has its entry, filled in or not.</summary>
    private static Dictionary<string, T> Whole<T>(Dictionary<string, T> given)
    {
        foreach (var kind in Making.Concat(Since)) given.TryAdd(kind.Code(), default!);
        return given;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
