using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Features.LegalityReview;
using Filing.Features.Publication;
using Filing.Features.Registration;
using Filing.Features.Validity;

namespace Filing.Web.CommandLine.Demo;

/// <summary>What becomes of a filing in the story.</summary>
internal enum DemoFiling
{
    /// <summary>Filed in time.</summary>
    Punctual,

    /// <summary>Filed some days late.</summary>
    Late,

    /// <summary>Filed, held, supplemented.</summary>
    Held,

    /// <summary>Not filed: it shows as overdue.</summary>
    Never,
}

/// <summary>The plan of one document's life.</summary>
internal sealed record DemoPlan
{
    public required string Title { get; init; }
    public required DemoGovernment Government { get; init; }
    public DemoDepartment? Department { get; init; }
    public required DateTimeOffset Start { get; init; }
    public required int Serial { get; init; }

    /// <summary>Counted through the whole story.</summary>
    public required int No { get; init; }

    /// <summary>Days between the steps are drawn from this.</summary>
    public required Random Dice { get; init; }

    public DemoFiling Filing { get; init; }
    public bool Amend { get; init; }
    public int? TermMonths { get; init; }

    /// <summary>Found not to be normative, or withdrawn at some step; null for a life that goes on.</summary>
    public string? EndsAs { get; init; }

    public required string BasisSha { get; init; }
    public required long BasisSize { get; init; }
}

/// <summary>
/// One document's life as a sequence of moments: what comes next happens when the story's clock has reached the moment yielded. It ends
/// where the story's present cuts it off.
/// </summary>
internal static class DemoLife
{
    private static readonly ReviewAspect[] Aspects = Enum.GetValues<ReviewAspect>();
    private static readonly string[] Forbidden = ["许可", "处罚", "强制", "收费", "违法增加义务"];

    public static async IAsyncEnumerable<DateTimeOffset> LiveAsync(DemoPlan plan, DemoSender send)
    {
        var (government, department, dice) = (plan.Government, plan.Department, plan.Dice);
        var drafter = department?.Login("drafter") ?? government.Login("drafter");
        var legal = department?.Login("legal") ?? government.Login("legal");
        var secretary = department?.Login("head") ?? government.Login("secretary");
        var (deputy, head) = (department?.Login("deputy") ?? government.Login("vice-mayor"), department?.Login("head") ?? government.Login("mayor"));
        var draftingBody = department?.Code ?? $"{government.Code}-BGS";
        var kind = department is null ? DocumentKind.Government : DocumentKind.Department;
        var (reviewer, registrar, publisher) = (government.Login("reviewer"), government.Login("registrar"), government.Login("publisher"));
        var now = plan.Start;
        DateTimeOffset After(int least, int most) => now = now.AddDays(dice.Next(least, most + 1)).AddMinutes(dice.Next(10, 50));
        DateOnly Day() => Pipeline.LegalClock.DayOf(now);

        yield return now;
        var text = Text(plan.Title, false);
        var document = (await send.AsAsync(drafter, new SubmitDraft(plan.Title, kind, draftingBody, department?.Code ?? government.Code, text, true))).DocumentId;
        yield return After(1, 3);
        if (plan.EndsAs == "not-normative")
        {
            await send.AsAsync(reviewer, new IdentifyDocument(document, IdentificationOutcome.NotNormative, "是对本年度工作的部署，不直接设定权利义务。", "工作要点、工作计划、工作方案"));
            yield break;
        }

        await send.AsAsync(reviewer, new IdentifyDocument(document, IdentificationOutcome.Normative, "影响公民、法人和其他组织的权利义务，普遍适用、反复适用。"));
        yield return After(1, 4);
        await send.AsAsync(drafter, new CompleteDraft(document, $"为规范有关工作，起草《{plan.Title}》。", [new("湖南省规范性文件管理办法"), new("国务院关于加强市县政府依法行政的决定", "国发〔2008〕17号")]));
        var closes = Day().AddDays(10);
        var units = await send.AsAsync(drafter, new OpenConsultation(document, ConsultationAudience.Units, closes, "公函", ["市财政局", "市司法局"]));
        await send.AsAsync(drafter, new OpenConsultation(document, ConsultationAudience.Public, closes, "政府门户网站"));
        yield return After(5, 9);
        var comment = await send.AsAsync(drafter, new RecordComment(document, units, "市财政局", "建议明确经费来源。"));
        await send.AsAsync(drafter, new DecideComment(document, comment, CommentAdoption.Partly, "经费按现行渠道解决，条文作文字修改。"));
        await send.AsAsync(drafter, new CloseUnitConsultation(document));
        yield return After(6, 9);
        if (plan.EndsAs == "withdrawn")
        {
            await send.AsAsync(drafter, new WithdrawDraft(document, "上级正在制定同类规定，暂不出台。"));
            yield break;
        }

        await send.AsAsync(drafter, new ClosePublicConsultation(document));
        yield return After(1, 3);
        await send.AsAsync(legal, new CheckByDepartment(document, true, "内容合法，程序齐备，同意送审。"));
        yield return After(1, 2);
        await send.AsAsync(reviewer, new AcceptForReview(document, AcceptanceOutcome.Accepted));
        yield return After(5, 12);
        if (plan.Amend)
        {
            await send.AsAsync(reviewer, new AddFinding(document, new(ReviewAspect.Power, "不得以本文件增设收费。", true, "第四条", "收费")));
            await send.AsAsync(reviewer, new ConcludeReview(document, ReviewConclusion.Amend, Opinions(false), Forbidden, "按意见修改后合法。"));
            yield return After(2, 6);
            await send.AsAsync(drafter, new AnswerFindings(document, [new(1, AnswerKind.Adopted)], Text(plan.Title, true)));
            yield return After(1, 3);
            await send.AsAsync(reviewer, new ConfirmFindings(document, [new(1, true)]));
        }
        else
        {
            await send.AsAsync(reviewer, new ConcludeReview(document, ReviewConclusion.Passed, Opinions(true), Forbidden, "合法。"));
        }

        yield return After(3, 12);
        await send.AsAsync(secretary, new RecordDecision(document, DecisionOutcome.Adopted, department is null ? "政府常务会议" : "局长办公会议", $"第{dice.Next(1, 30)}次", "主持人", ["主持人", "班子成员"]));
        yield return After(1, 4);
        await send.AsAsync(deputy, new SignDocument(document, SigningOutcome.Signed));
        yield return After(0, 1);
        await send.AsAsync(head, new SignDocument(document, SigningOutcome.Signed));
        yield return After(1, 4);
        await send.AsAsync(registrar, new EnterInRegister(document));
        yield return After(0, 1);
        var letters = department?.Letters ?? government.Letters;
        await send.AsAsync(registrar, new AssignNumber(document, $"{letters}〔{Day().Year}〕{plan.Serial}号"));
        yield return After(0, 3);
        await send.AsAsync(publisher, new Publish(document, [new("政府门户网站", Day())], Day().AddDays(31), Term: plan.TermMonths is { } months ? new TermRequest(Months: months) : null));
        if (department is not null) yield break;
        await foreach (var moment in FileAsync(plan, send, document, now)) yield return moment;
    }

    private static async IAsyncEnumerable<DateTimeOffset> FileAsync(DemoPlan plan, DemoSender send, Guid document, DateTimeOffset now)
    {
        if (plan.Filing == DemoFiling.Never) yield break;
        var filer = plan.Government.Login("publisher");
        var receiver = plan.Government.Code == "CZ" ? "receiver-hn" : "supervisor";
        yield return now = now.AddDays(plan.Filing == DemoFiling.Late ? plan.Dice.Next(18, 34) : plan.Dice.Next(4, 12));
        await send.AsAsync(filer, new AddMaterial(document, MaterialKind.Basis, "制定依据.txt", "text/plain", plan.BasisSize, plan.BasisSha, true));
        await send.AsAsync(filer, new FileUp(document));
        yield return now = now.AddDays(plan.Dice.Next(1, 6));
        if (plan.Filing == DemoFiling.Held)
        {
            await send.AsAsync(receiver, new ReceiveFiling(document, FilingAnswer.Held, Note: "缺少起草说明的签章页，请补正。"));
            yield return now = now.AddDays(plan.Dice.Next(5, 22));
            await send.AsAsync(filer, new SupplementFiling(document, "已补齐签章页。"));
            yield return now = now.AddDays(2);
        }

        await send.AsAsync(receiver, new ReceiveFiling(document, FilingAnswer.Registered, ReceiptNumber: $"{(plan.Government.Code == "CZ" ? "湘" : "郴")}府备〔{Pipeline.LegalClock.DayOf(now).Year}〕{plan.No}号"));
    }

    private static AspectOpinion[] Opinions(bool passed) => [.. Aspects.Select(a => new AspectOpinion(a, passed || a != ReviewAspect.Power, passed || a != ReviewAspect.Power ? null : "见意见第 1 条"))];

    private static string Text(string title, bool amended) =>
        $"第一条 为了规范有关工作，根据有关法律、法规和规章，结合本地实际，制定{title}。\n第二条 本行政区域内的有关活动适用本文件。\n第三条 各级各有关部门按照职责分工负责实施。\n"
        + (amended ? "第四条 办理本文件规定的事项不收取费用。\n" : "第四条 办理本文件规定的事项，按照有关规定执行。\n");
}
