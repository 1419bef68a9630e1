using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Pipeline;

namespace Filing.Tests.Support;

/// <summary>
/// A document on its way through the register, step by step, each by whoever sits at the desk. Nothing here asserts more than that a step came
/// through: <c>await (await Journey.ToReviewAsync(register)).PassAsync()</c>.
/// </summary>
internal sealed class Journey
{
    public const string Text = "第一条 为了规范房屋租赁，制定本办法。\n第二条 出租人应当备案，每次缴费 50 元。";
    public const string Amended = "第一条 为了规范房屋租赁，制定本办法。\n第二条 出租人应当备案。";
    public const string Changed = "第一条 为了规范城镇房屋租赁，制定本办法。\n第二条 出租人应当备案。";

    private readonly TestRegister _register;
    private readonly DocumentKind _kind;

    private Journey(TestRegister register, Guid document, DocumentKind kind) => (_register, Document, _kind) = (register, document, kind);

    /// <summary>What a document may not create, as the profile lists it.</summary>
    public static string[] Forbidden => ["许可", "处罚", "强制", "收费", "违法增加义务"];

    /// <summary>Every aspect passed.</summary>
    public static AspectOpinion[] AllPassed => [.. Enum.GetValues<ReviewAspect>().Select(a => new AspectOpinion(a, true))];

    /// <summary>A finding that must be followed.</summary>
    public static FindingText Fee => new(ReviewAspect.Content, "收费没有上位法依据，应当删去。", true, "第二条", "收费");

    /// <summary>A finding that may be followed.</summary>
    public static FindingText Wording => new(ReviewAspect.Form, "标题建议写明“城镇”。", false, "第一条");

    public Guid Document { get; }

    /// <summary>Who signs for the issuing body at the last level.</summary>
    public string Signer => _kind == DocumentKind.Department ? "signer-housing" : "signer";

    /// <summary>Who records the meetings of the issuing body.</summary>
    public string Secretary => _kind == DocumentKind.Department ? "secretary-housing" : "secretary";

    /// <summary>A draft that was just submitted.</summary>
    public static async Task<Journey> SubmittedAsync(TestRegister register, DocumentKind kind = DocumentKind.Government, params string[] coIssuers)
    {
        var issuing = kind == DocumentKind.Department ? World.Housing : World.City;
        var submitted = await register.As("drafter").Send(new SubmitDraft("郴州市城镇房屋租赁管理办法", kind, World.Housing, issuing, Text, true, coIssuers));
        return new(register, submitted.DocumentId, kind);
    }

    /// <summary>A draft of one's own, submitted by the drafter.</summary>
    public static async Task<Journey> SubmittedAsync(TestRegister register, string title, string text) =>
        new(register, (await register.As("drafter").Send(new SubmitDraft(title, DocumentKind.Government, World.Housing, World.City, text, true))).DocumentId, DocumentKind.Government);

    /// <summary>A draft that waits to be taken in for review. The public consultation takes eight days of the clock.</summary>
    public static async Task<Journey> ToReviewAsync(TestRegister register, DocumentKind kind = DocumentKind.Government, params string[] coIssuers)
    {
        var journey = await SubmittedAsync(register, kind, coIssuers);
        await journey.DraftAsync();
        return journey;
    }

    /// <summary>From the identification to the desk of the legal office.</summary>
    public async Task DraftAsync()
    {
        var drafter = _register.As("drafter");
        await _register.As("reviewer").Send(new IdentifyDocument(Document, IdentificationOutcome.Normative, "普遍适用"));
        await drafter.Send(new CompleteDraft(Document, "起草说明", [new("国务院关于加强市县政府依法行政的决定", "国发〔2008〕17号")]));
        await drafter.Send(new OpenConsultation(Document, ConsultationAudience.Units, _register.Today.AddDays(7), "公函", ["市财政局"]));
        await drafter.Send(new CloseUnitConsultation(Document));
        if ((await TasksAsync()).Contains("consult-public"))
        {
            await drafter.Send(new OpenConsultation(Document, ConsultationAudience.Public, _register.Today.AddDays(7), "门户网站"));
            _register.Clock.Move(_register.Clock.GetUtcNow().AddDays(8), 0);
            await drafter.Send(new ClosePublicConsultation(Document));
        }

        await _register.As("department-legal").Send(new CheckByDepartment(Document, true, "同意送审"));
    }

    /// <summary>受理.</summary>
    public Task AcceptAsync() => _register.As("reviewer").Send(new AcceptForReview(Document, AcceptanceOutcome.Accepted));

    /// <summary>Notes a finding.</summary>
    public Task<Guid> FindAsync(FindingText finding) => _register.As("reviewer").Send(new AddFinding(Document, finding));

    /// <summary>Gives the opinion, every aspect passed.</summary>
    public async Task ConcludeAsync(ReviewConclusion conclusion) => await _register.As("reviewer").Send(
        new ConcludeReview(Document, conclusion, await AspectsAsync(), Forbidden, conclusion is ReviewConclusion.Passed or ReviewConclusion.Amend ? null : "程序不全。"));

    /// <summary>What is to be said of each aspect: one with a finding that binds is not in order.</summary>
    public async Task<AspectOpinion[]> AspectsAsync()
    {
        var troubled = (await _register.Scalar<string>(
            "SELECT STRING_AGG(f.Aspect, ',') FROM Finding f JOIN LegalityReview r ON r.Id = f.ReviewId WHERE f.Binding = 1 AND r.DocumentId = @Document AND r.Round = (SELECT MAX(Round) FROM LegalityReview WHERE DocumentId = @Document)",
            new { Document }) ?? "").Split(',');
        return [.. AllPassed.Select(o => troubled.Contains(Kebab.Of(o.Aspect)) ? new(o.Aspect, false, "见审查意见") : o)];
    }

    /// <summary>受理, and 合法.</summary>
    public async Task PassAsync()
    {
        await AcceptAsync();
        await ConcludeAsync(ReviewConclusion.Passed);
    }

    /// <summary>受理, and 修改后合法 with these findings.</summary>
    public async Task AskToAmendAsync(params FindingText[] findings)
    {
        await AcceptAsync();
        foreach (var finding in findings) await FindAsync(finding);
        await ConcludeAsync(ReviewConclusion.Amend);
    }

    /// <summary>Answers the findings, from the first on.</summary>
    public Task AnswerAsync(string? text, params AnswerKind[] answers) => _register.As("drafter").Send(
        new AnswerFindings(Document, [.. answers.Select((a, i) => new FindingAnswer(i + 1, a, a == AnswerKind.Adopted ? null : "另有规定"))], text));

    /// <summary>Looks at the answers to the findings, from the first on.</summary>
    public Task<Following> ConfirmAsync(params bool[] confirmed) => _register.As("reviewer").Send(
        new ConfirmFindings(Document, [.. confirmed.Select((c, i) => new FindingVerdict(i + 1, c, c ? null : "仍未删去"))]));

    /// <summary>A meeting decides.</summary>
    public Task DecideAsync(DecisionOutcome outcome = DecisionOutcome.Adopted) => _register.As(Secretary).Send(Meeting(outcome));

    /// <summary>The record of a meeting.</summary>
    public RecordDecision Meeting(DecisionOutcome outcome = DecisionOutcome.Adopted) =>
        new(Document, outcome, "市政府常务会议", "第12次", "市长", ["市长", "副市长甲", "副市长乙"], ["副市长丙"], Reason: outcome == DecisionOutcome.Adopted ? null : "第一条写明城镇");

    /// <summary>Signs at the next level: the deputy first, then the head.</summary>
    public async Task SignAsync()
    {
        var signed = await _register.Scalar<int>("SELECT COUNT(*) FROM Signature WHERE DocumentId = @Document AND VoidedAt IS NULL AND Level > 0", new { Document });
        await _register.As(signed == 0 ? $"{Signer}-deputy" : Signer).Send(new SignDocument(Document, SigningOutcome.Signed));
    }

    /// <summary>The codes of the open tasks.</summary>
    public Task<IReadOnlyList<string>> TasksAsync() =>
        _register.Rows<string>("SELECT Code FROM Task WHERE DocumentId = @Document AND State = 'open' ORDER BY Code", new { Document });

    /// <summary>The values of the facts of a kind that are not superseded, in the order in which they were recorded.</summary>
    public Task<IReadOnlyList<string>> FactsAsync(FactKind kind) => _register.Rows<string>(
        """
        SELECT COALESCE(f.Value, '') FROM Fact f
        WHERE f.DocumentId = @Document AND f.Kind = @kind AND NOT EXISTS (SELECT 1 FROM Fact s WHERE s.SupersedesId = f.Id) ORDER BY f.Id
        """,
        new { Document, kind = kind.Code() });

    /// <summary>The types of all events, in order, without those of the engine.</summary>
    public Task<IReadOnlyList<string>> EventsAsync() => _register.Rows<string>(
        """
        SELECT Type FROM Event WHERE DocumentId = @Document
          AND Type NOT IN ('fact-recorded', 'deadline-started', 'deadline-closed', 'case-opened', 'case-closed', 'alert-raised', 'step-taken') ORDER BY Id
        """,
        new { Document });

    /// <summary>A text that came in by some way that is none of this register's.</summary>
    public Task TamperAsync(string text) => _register.Database.WriteAsync(db => db.ExecuteAsync(
        """
        INSERT INTO DocumentText (Id, DocumentId, No, Purpose, Body, Digest, AddedBy, AddedAt)
        SELECT @Id, @Document, MAX(No) + 1, 'draft', @text, @Digest, 'somebody', @Now FROM DocumentText WHERE DocumentId = @Document
        """,
        new { Id = Work.NewId(), Document, text, CanonicalText.From(text).Digest, Now = _register.Clock.GetUtcNow() }));
}
