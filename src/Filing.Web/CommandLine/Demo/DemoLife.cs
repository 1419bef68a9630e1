using Filing.Data;
using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Features.LegalityReview;
using Filing.Features.Publication;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Web.CommandLine.Demo;

/// <summary>
/// One document's life as a sequence of moments: what comes next happens when the story's clock has reached the moment yielded, which is always in
/// the hours of a working day. It ends where the story's present cuts it off.
/// </summary>
internal sealed class DemoLife(DemoPlan plan, DemoSender send, DemoBook book)
{
    private static readonly string[] Forbidden = ["许可", "处罚", "强制", "收费", "违法增加义务"];

    private static readonly (string Text, CommentAdoption Adoption, string? Reason)[] Comments =
    [
        ("建议明确经费来源。", CommentAdoption.Partly, "经费按现行渠道解决，已作文字修改。"), ("建议进一步明确部门之间的职责分工。", CommentAdoption.Adopted, null),
        ("建议缩短办理时限。", CommentAdoption.NotAdopted, "办理时限由上位法规定，不宜另行缩短。"), ("无不同意见。", CommentAdoption.Adopted, null),
    ];

    private DateTimeOffset _now = plan.Start;
    private Guid _document;

    private DateOnly Day => LegalClock.DayOf(_now);

    private DemoPaper Paper => plan.Paper;

    private DemoGovernment Government => Paper.Government;

    private DemoDepartment? Issuer => Paper.Issued ? Paper.Department : null;

    // A county's papers are drafted by its office; the city's by the department that looks after them.
    private bool ByDepartment => Government.Code == "CZ";

    private string Drafter => ByDepartment ? Paper.Department.Login("drafter") : Government.Login("drafter");

    private string DraftingBody => ByDepartment ? Paper.Department.Code : $"{Government.Code}-BGS";

    private string Reviewer => Government.Login("reviewer");

    private string Registrar => Government.Login("registrar");

    private int Years => plan.TermMonths is { } months ? months / 12 : 5;

    private string Changed => Paper.Text(Flaw, true, Years).Replace("应当公开", "应当主动公开", StringComparison.Ordinal).Replace("应当向社会公开", "应当主动向社会公开", StringComparison.Ordinal);

    private int? Flaw => plan.Amend ? plan.No : null;

    /// <summary>Whether it has come to the task at which the story leaves it.</summary>
    public async Task<bool> RestsAsync(Database database) => plan.RestsAt is { } rest && await database.ReadAsync(db => db.ScalarAsync<int>(
        """
        -- Demo/DemoLife: is it there?
        SELECT COUNT(*) FROM Task WHERE DocumentId = @document AND Code = @code AND State = 'open'
        """,
        new { document = _document, code = rest })) > 0;

    /// <summary>Lives it.</summary>
    public async IAsyncEnumerable<DateTimeOffset> LiveAsync()
    {
        yield return _now;
        var draft = plan.EndsAs == DemoEnd.NotNormative ? WorkPoints : Paper.Text(Flaw, false, Years);
        var title = plan.EndsAs == DemoEnd.NotNormative ? WorkPointsTitle : Paper.Title;
        var kind = Issuer is null ? DocumentKind.Government : DocumentKind.Department;
        _document = (await send.AsAsync(Drafter, new SubmitDraft(title, kind, DraftingBody, Issuer?.Code ?? Government.Code, draft, true))).DocumentId;
        yield return After(1, 3);
        if (plan.EndsAs == DemoEnd.NotNormative)
        {
            await send.AsAsync(Reviewer, new IdentifyDocument(_document, IdentificationOutcome.NotNormative, "是对本年度工作的部署，不直接设定权利义务。", "工作要点、工作计划、工作方案"));
            yield break;
        }

        await send.AsAsync(Reviewer, new IdentifyDocument(_document, IdentificationOutcome.Normative, "影响公民、法人和其他组织的权利义务，普遍适用、反复适用。"));
        await foreach (var moment in ConsultAsync()) yield return moment;
        if (plan.EndsAs == DemoEnd.Withdrawn)
        {
            await send.AsAsync(Drafter, new WithdrawDraft(_document, "上级正在制定同类规定，暂不出台。"));
            yield break;
        }

        await foreach (var moment in ReviewAsync()) yield return moment;
        await foreach (var moment in DecideAsync()) yield return moment;
        await foreach (var moment in IssueAsync()) yield return moment;
        if (plan.EndsAs == DemoEnd.WithdrawnNumbered) yield break;
        var published = Day;
        if (Issuer is null) await foreach (var moment in FileAsync()) yield return moment;
        await foreach (var moment in EndAsync(published)) yield return moment;
    }

    private string WorkPointsTitle
    {
        get
        {
            // Written at the end of a year, they are for the next.
            var year = Day.Month >= 11 ? $"{Day.Year + 1}年" : Day.Month > 5 ? $"{Day.Year}年下半年" : $"{Day.Year}年";
            return Issuer is { } department ? $"{department.Name}{year}工作要点" : $"{Government.Name}{year}{Paper.Department.Area}工作要点";
        }
    }

    private string WorkPoints => $"一、加强组织领导，落实{Paper.Department.Area}工作责任。\n二、突出工作重点，按季度推进各项任务。\n三、强化督促检查，年底通报完成情况。\n";

    private async IAsyncEnumerable<DateTimeOffset> ConsultAsync()
    {
        yield return After(1, 4);
        CitedPaper[] bases = [new(Paper.Law), new("湖南省规范性文件管理办法")];
        await send.AsAsync(Drafter, new CompleteDraft(_document, $"为规范有关工作，起草《{Paper.Title}》。起草中开展了调研，征求了有关单位和社会公众的意见。", bases));
        var closes = Day.AddDays(10);
        var rank = Government.Rank;
        string[] asked = Paper.Department.Code == "CZ-CZJ" ? [$"{rank}司法局", $"{rank}审计局"] : [$"{rank}财政局", $"{rank}司法局"];
        var units = await send.AsAsync(Drafter, new OpenConsultation(_document, ConsultationAudience.Units, closes, "公函", asked));
        await send.AsAsync(Drafter, new OpenConsultation(_document, ConsultationAudience.Public, closes, "政府门户网站"));
        yield return After(5, 9);
        var (text, adoption, reason) = Comments[plan.No % Comments.Length];
        var comment = await send.AsAsync(Drafter, new RecordComment(_document, units, asked[0], text));
        await send.AsAsync(Drafter, new DecideComment(_document, comment, adoption, reason));
        await send.AsAsync(Drafter, new CloseUnitConsultation(_document));
        yield return After(6, 9);
    }

    private async IAsyncEnumerable<DateTimeOffset> ReviewAsync()
    {
        await send.AsAsync(Drafter, new ClosePublicConsultation(_document));
        yield return After(1, 3);
        var legal = ByDepartment ? Paper.Department.Login("legal") : Government.Login("legal");
        await send.AsAsync(legal, new CheckByDepartment(_document, true, "内容合法，程序齐备，同意送审。"));
        yield return After(1, 2);
        if (plan.Incomplete)
        {
            await send.AsAsync(Reviewer, new AcceptForReview(_document, AcceptanceOutcome.Incomplete, [new("听取企业意见的情况", "涉及市场主体经济活动，送审材料中没有听取企业、行业协会商会意见的情况说明。")]));
            yield return After(3, 7);
            await send.AsAsync(Drafter, new SupplementDraft(_document, "已召开企业座谈会，情况说明随送审材料补充。"));
            yield return After(1, 2);
        }

        await send.AsAsync(Reviewer, new AcceptForReview(_document, AcceptanceOutcome.Accepted));
        yield return plan.SlowReview ? After(24, 30) : After(6, 14);
        if (!plan.Amend)
        {
            await send.AsAsync(Reviewer, new ConcludeReview(_document, ReviewConclusion.Passed, Opinions(true), Forbidden, "合法。"));
            yield break;
        }

        await send.AsAsync(Reviewer, new AddFinding(_document, Paper.Finding(plan.No)));
        await send.AsAsync(Reviewer, new ConcludeReview(_document, ReviewConclusion.Amend, Opinions(false), Forbidden, "按意见修改后合法。"));
        yield return After(2, 6);
        await send.AsAsync(Drafter, new AnswerFindings(_document, [new(1, AnswerKind.Adopted)], Paper.Text(Flaw, true, Years)));
        yield return After(1, 3);
        await send.AsAsync(Reviewer, new ConfirmFindings(_document, [new(1, true)]));
    }

    private async IAsyncEnumerable<DateTimeOffset> DecideAsync()
    {
        yield return After(3, 12);
        if (plan.Meeting == DemoMeeting.Deferred)
        {
            await MeetAsync(DecisionOutcome.Deferred, "进一步听取基层和企业意见后再议");
            yield return After(8, 15);
            await send.AsAsync(Drafter, new ReviseDraft(_document, "已召开座谈会，按会议要求修改。", Changed));
            yield return After(1, 2);
            await send.AsAsync(Reviewer, new AcceptForReview(_document, AcceptanceOutcome.Accepted));
            yield return After(5, 8);
            await send.AsAsync(Reviewer, new ConcludeReview(_document, ReviewConclusion.Passed, Opinions(true), Forbidden, "修改内容合法。"));
            yield return After(5, 12);
        }

        if (plan.Meeting == DemoMeeting.InPrinciple)
        {
            await MeetAsync(DecisionOutcome.AdoptedInPrinciple, "写明办理条件、程序和时限应当主动公开，修改后印发");
            yield return After(1, 3);
            await send.AsAsync(Drafter, new SubmitChanges(_document, Changed, "办理的条件、程序和时限由“公开”改为“主动公开”，其余未改。"));
            yield return After(2, 5);
            await send.AsAsync(Reviewer, new ConfirmChanges(_document, ChangesOutcome.Confirmed));
        }
        else
        {
            await MeetAsync(DecisionOutcome.Adopted, null);
        }

        yield return After(1, 3);
        await send.AsAsync(Issuer?.Login("deputy") ?? Government.Login("vice-mayor"), new SignDocument(_document, SigningOutcome.Signed));
        yield return After(0, 2);
        await send.AsAsync(Issuer?.Login("head") ?? Government.Login("mayor"), new SignDocument(_document, SigningOutcome.Signed));
    }

    private async Task MeetAsync(DecisionOutcome outcome, string? reason)
    {
        var secretary = Issuer?.Login("office") ?? Government.Login("secretary");
        var (head, deputy) = Issuer is { } issuer ? (issuer.Login("head"), issuer.Login("deputy")) : (Government.Login("mayor"), Government.Login("vice-mayor"));
        var title = Issuer?.Head ?? Government.Head;
        // An executive meeting about every two weeks of the term, an office meeting every week of the year.
        var (meeting, no) = Issuer is null ? ($"{Government.Name}常务会议", (Day.DayNumber - new DateOnly(2022, 1, 10).DayNumber) / 14) : ($"{title}办公会议", (Day.DayOfYear + 6) / 7);
        var (chair, other) = (title + await send.NameAsync(head), $"副{title}{await send.NameAsync(deputy)}");
        await send.AsAsync(secretary, new RecordDecision(_document, outcome, meeting, $"第{no}次", chair, [chair, other, "其他班子成员"], Reason: reason));
    }

    private async IAsyncEnumerable<DateTimeOffset> IssueAsync()
    {
        yield return After(1, 4);
        await send.AsAsync(Registrar, new EnterInRegister(_document));
        yield return After(0, 1);
        var letters = Issuer?.Letters ?? Government.Letters;
        await send.AsAsync(Registrar, new AssignNumber(_document, $"{letters}〔{Day.Year}〕{book.NextOfOffice(letters, Day.Year)}号"));
        yield return After(0, 3);
        if (plan.EndsAs == DemoEnd.WithdrawnNumbered)
        {
            await send.AsAsync(Drafter, new WithdrawDraft(_document, "上位法即将修改，经请示暂不公布。"));
            yield break;
        }

        await send.AsAsync(
            Government.Login("publisher"),
            new Publish(_document, [new("政府门户网站", Day)], Day.AddDays(31), Term: plan.TermMonths is { } months ? new TermRequest(Months: months) : new TermRequest(Years: 5)));
    }

    private async IAsyncEnumerable<DateTimeOffset> FileAsync()
    {
        if (plan.Filing == DemoFiling.Never) yield break;
        var filer = Government.Login("publisher");
        var receiver = Government.Code == "CZ" ? "receiver-hn" : "supervisor";
        yield return plan.Filing == DemoFiling.Late ? After(18, 34) : After(4, 11);
        await send.AsAsync(Drafter, new AddMaterial(_document, MaterialKind.Basis, "制定依据.txt", "text/plain", plan.Basis.Size, plan.Basis.Sha256, true));
        var letters = Government.Letters.Replace('发', '备');
        await send.AsAsync(filer, new FileUp(_document, $"{letters}〔{Day.Year}〕{book.Next(letters, Day.Year)}号"));
        yield return After(1, 6);
        if (plan.Filing == DemoFiling.Held)
        {
            await send.AsAsync(receiver, new ReceiveFiling(_document, FilingAnswer.Held, Note: "缺少起草说明的签章页，请补正。"));
            yield return After(5, 20);
            await send.AsAsync(filer, new SupplementFiling(_document, "已补齐签章页。"));
            yield return After(1, 3);
        }

        await send.AsAsync(receiver, new ReceiveFiling(_document, FilingAnswer.Registered));
    }

    private async IAsyncEnumerable<DateTimeOffset> EndAsync(DateOnly published)
    {
        if (plan.Repealed)
        {
            yield return After(180, 260);
            var repealer = Issuer?.Name ?? Government.Name;
            await send.AsAsync(Registrar, new RepealDocument(_document, $"{repealer}关于废止部分规范性文件的决定", "上位法已经修改，主要内容不再适用。"));
            yield break;
        }

        if (plan.TermMonths is not { } months || !plan.Evaluated) yield break;
        // The evaluation opens six months before the end.
        var opens = published.AddMonths(months - 6).DayNumber - Day.DayNumber;
        yield return After(Math.Max(0, opens) + 10, Math.Max(0, opens) + 60);
        await send.AsAsync(
            Drafter,
            new RecordEvaluation(_document, plan.No % 2 == 0 ? EvaluationConclusion.Renew : EvaluationConclusion.LetLapse, "经评估，各项规定执行情况良好，管理对象反映的问题已在工作中改进。"));
    }

    /// <summary>Some days later, within the hours of a working day and later than now.</summary>
    private DateTimeOffset After(int least, int most)
    {
        var day = plan.Calendar.NextWorkday(Day.AddDays(plan.Dice.Next(least, most + 1)));
        var at = LegalClock.StartOf(day).AddHours(9).AddMinutes(plan.Dice.Next(0, 480));
        if (at <= _now) at = _now.AddMinutes(plan.Dice.Next(5, 25));
        return _now = at;
    }

    private static AspectOpinion[] Opinions(bool passed) =>
        [.. Enum.GetValues<ReviewAspect>().Select(a => new AspectOpinion(a, passed || a != ReviewAspect.Power, passed || a != ReviewAspect.Power ? null : "见意见第 1 条"))];
}
