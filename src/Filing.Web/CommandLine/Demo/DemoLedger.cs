using Filing.Domain;
using Filing.Features.Registration;
using Filing.Pipeline;

namespace Filing.Web.CommandLine.Demo;

/// <summary>A line of the old ledger that the legal office enters: issued before this register was, and of every other nobody knows whether it was filed.</summary>
internal static class DemoLedger
{
    public static async IAsyncEnumerable<DateTimeOffset> LiveAsync(DemoPlan plan, DemoSender send)
    {
        yield return plan.Start;
        var round = plan.No / 40;
        var signed = plan.Calendar.NextWorkday(new DateOnly(2019 + round % 4, 1 + (round * 2 + 1) % 12, 11));
        var published = plan.Calendar.NextWorkday(signed.AddDays(6));
        List<ElsewhereFact> facts = [new(FactKind.Signed, signed), new(FactKind.Published, published, Value: "政府门户网站")];
        if (round % 2 == 0) facts.Add(new(FactKind.Filed, plan.Calendar.NextWorkday(published.AddDays(8))));
        var (paper, government) = (plan.Paper, plan.Paper.Government);
        var (kind, issuing, letters) = paper.Issued ? (DocumentKind.Department, paper.Department.Code, paper.Department.Letters) : (DocumentKind.Government, government.Code, government.Letters);
        var entered = await send.AsAsync(government.Login("registrar"), new EnterElsewhere(
            paper.Title, kind, government.Code == "CZ" ? paper.Department.Code : $"{government.Code}-BGS", issuing, facts, $"{government.Place}规范性文件登记簿（{signed.Year}年）",
            IssueNumber: $"{letters}〔{signed.Year}〕{3 + round}号", DefaultTerm: true));
        yield return LegalClock.StartOf(plan.Calendar.NextWorkday(LegalClock.DayOf(plan.Start).AddDays(1))).AddHours(10);
        await send.AsAsync(government.Login("registrar"), new ConfirmEntry(entered.DocumentId));
    }
}
