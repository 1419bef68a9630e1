using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Drafting.Intake;
using Filing.Features.Publication;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Publication;

/// <summary>How the term is stated.</summary>
public enum TermChoice
{
    /// <summary>The document states none: the rule's.</summary>
    Rule,

    /// <summary>有效期至.</summary>
    Until,

    /// <summary>有效期若干年.</summary>
    Years,

    /// <summary>有效期若干个月.</summary>
    Months,

    /// <summary>至任务完成.</summary>
    UntilDone,

    /// <summary>长期有效.</summary>
    LongTerm,
}

/// <summary>When and where it appeared on one carrier.</summary>
public sealed class CarrierInput
{
    /// <summary>首次公布日期; empty where it did not appear there.</summary>
    public DateOnly? On { get; set; }

    /// <summary>Address, or issue and page.</summary>
    [MaxLength(500, ErrorMessage = "网址或者期号不能超过 500 字。")]
    public string? Place { get; set; }
}

/// <summary>统一公布: where and when it appeared, from when it is in force, and for how long.</summary>
public sealed class PublishModel : StepPage<Published>
{
    /// <summary>One for each carrier of the profile, in its order.</summary>
    [BindProperty]
    public List<CarrierInput> Appearances { get; set; } = [];

    /// <summary>施行日期.</summary>
    [BindProperty]
    public DateOnly? InForceOn { get; set; }

    /// <summary>Why it is in force so soon.</summary>
    [BindProperty]
    public string? EarlyForceReason { get; set; }

    /// <summary>How the term is stated.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择有效期。")]
    public TermChoice? Term { get; set; }

    /// <summary>The last valid day.</summary>
    [BindProperty]
    public DateOnly? TermUntil { get; set; }

    /// <summary>Years or months.</summary>
    [BindProperty]
    public int? TermLength { get; set; }

    /// <summary>The task, or why it has no end.</summary>
    [BindProperty]
    public string? TermText { get; set; }

    /// <summary>印发日期.</summary>
    [BindProperty]
    public DateOnly? PrintedOn { get; set; }

    /// <summary>The text as it appeared.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <inheritdoc/>
    public override string Act => "统一公布";

    /// <inheritdoc/>
    public override string Code => "publish";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>What the text says itself.</summary>
    public IReadOnlyList<Proposed<TermClause>> Clauses { get; private set; } = [];

    /// <summary>The carriers of the rules.</summary>
    public IReadOnlyList<string> Carriers => Step.Case.Profile.Carriers.Value;

    /// <summary>The term of a document that states none.</summary>
    public (ValidityTerm Term, string Source) RuleTerm => TermRequest.Default(Step.Case.Profile, Step.Case.Title);

    /// <summary>The ways of stating a term.</summary>
    public IReadOnlyList<Choice> Terms => Choice.Of<TermChoice>(
        t => t switch
        {
            TermChoice.Rule => $"文件没有写明，按规定：{RuleTerm.Term.Text}",
            TermChoice.Until => "有效期至某日",
            TermChoice.Years => "有效期若干年",
            TermChoice.Months => "有效期若干个月",
            TermChoice.UntilDone => "至任务完成时止",
            TermChoice.LongTerm => "长期有效",
        },
        t => t switch { TermChoice.Rule => RuleTerm.Source, TermChoice.Until => "填写截止日期，当日仍有效", TermChoice.Years or TermChoice.Months => "填写数目", TermChoice.UntilDone => "填写任务名称", TermChoice.LongTerm => "填写理由", });

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        .. Given.Select(a => new Answer(a.Carrier, $"{ChineseDate.Format(a.On)} {a.Place}")), new("施行日期", InForceOn is { } force ? ChineseDate.Format(force) : "自公布之日起施行"),
        new("提前施行的理由", EarlyForceReason), new("有效期", Choice.Words(Terms, Term) + Stated), new("印发日期", PrintedOn is { } printed ? ChineseDate.Format(printed) : null),
        new("公布的文本", string.IsNullOrWhiteSpace(Text) ? "审签通过的文本" : $"粘贴的文本，{Text.Length} 字，与审签文本逐字比对"),
    ];

    private IReadOnlyList<Appearance> Given => [.. Appearances.Take(Carriers.Count).Select((a, i) => (a, i)).Where(x => x.a.On is not null).Select(x => new Appearance(Carriers[x.i], x.a.On!.Value, Blank(x.a.Place)))];

    private string Stated => Term switch
    {
        TermChoice.Until => $"：{(TermUntil is { } day ? ChineseDate.Format(day) : "")}",
        TermChoice.Years or TermChoice.Months => $"：{TermLength}",
        TermChoice.UntilDone or TermChoice.LongTerm => $"：{TermText}",
        _ => "",
    };

    /// <inheritdoc/>
    protected override string Said(Published value) =>
        $"已公布（{ChineseDate.Format(value.On)}），{ChineseDate.Format(value.InForce)}起施行{(value.LastValidDay is { } last ? $"，有效期至{ChineseDate.Format(last)}" : "")}。";

    /// <inheritdoc/>
    protected override ICommand<Published> Command() =>
        new Publish(Id, Given, InForceOn, Blank(EarlyForceReason), Stating(), PrintedOn, Blank(Text), TaskId: TaskId);

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        while (Appearances.Count < Carriers.Count) Appearances.Add(new());
        var (clauses, refused) = await AskAsync(new ReadTextClauses(Id));
        Clauses = clauses ?? [];
        return refused;
    }

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        Appearances[Math.Max(0, Carriers.Index().FirstOrDefault(c => c.Item == Step.Case.Profile.ClockCarrier.Value).Index)].On = Today;
        foreach (var clause in Clauses.Select(c => c.Value)) Propose(clause);
        return Task.CompletedTask;
    }

    /// <summary>Fills in what a clause says; the officer checks it against the clause, which stands beside.</summary>
    private void Propose(TermClause clause)
    {
        switch (clause.Kind)
        {
            case TermClauseKind.FromDate:
                InForceOn = clause.Date;
                break;
            case TermClauseKind.DaysAfterIssue:
                // “30日后”: thirty days pass, and it is in force on the day after them.
                InForceOn = Today.AddDays(clause.Number!.Value + 1);
                break;
            case TermClauseKind.Years:
                (Term, TermLength) = (TermChoice.Years, clause.Number);
                break;
            case TermClauseKind.UntilDate:
                (Term, TermUntil) = (TermChoice.Until, clause.Date);
                break;
            case TermClauseKind.LongTerm:
                Term = TermChoice.LongTerm;
                break;
            case TermClauseKind.FromIssue or TermClauseKind.Trial:
                break;
        }
    }

    private TermRequest? Stating() => Term switch
    {
        TermChoice.Until => new(Until: TermUntil),
        TermChoice.Years => new(Years: TermLength),
        TermChoice.Months => new(Months: TermLength),
        TermChoice.UntilDone => new(UntilDone: TermText),
        TermChoice.LongTerm => new(LongTermReason: TermText),
        _ => null,
    };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
