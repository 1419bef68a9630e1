using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Tests.Support;

namespace Filing.Tests.Cases;

[TestFixture]
internal sealed class SubmitAndIdentifyTests
{
    private static readonly SubmitDraft Draft = new("郴州市城镇房屋租赁管理办法", DocumentKind.Government, World.Housing, World.City, "第一条 为了规范房屋租赁，制定本办法。", true);

    [Test]
    public async Task A_submitted_draft_waits_for_the_legal_office_to_identify_it()
    {
        await using var register = await TestRegister.OpenAsync();
        var submitted = await register.As("drafter").Send(Draft);
        Assert.That(submitted.Profile, Is.EqualTo("hunan-chenzhou"));
        var tasks = await register.Rows<string>("SELECT CONCAT(Code, ':', Role, '@', Place) FROM Task WHERE State = 'open'");
        Assert.That(tasks, Is.EqualTo(["identify:reviewer@legal-office"]));
        await register.As("reviewer").Send(new IdentifyDocument(submitted.DocumentId, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        tasks = await register.Rows<string>("SELECT Code FROM Task WHERE State = 'open'");
        Assert.That(tasks, Is.EqualTo(["complete"]));
    }

    [Test]
    public async Task A_paper_that_is_not_normative_goes_no_further()
    {
        await using var register = await TestRegister.OpenAsync();
        var submitted = await register.As("drafter").Send(Draft);
        await register.As("reviewer").Send(new IdentifyDocument(submitted.DocumentId, IdentificationOutcome.NotNormative, "内部安排", "工作要点、工作计划、工作方案"));
        Assert.That(await register.Scalar<int>("SELECT COUNT(*) FROM Task WHERE State = 'open'"), Is.Zero);
        Assert.That(await register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("NotNormative"));
    }

    [TestCase("drafter-finance", "not-found")]
    [TestCase("secretary", "forbidden")]
    public async Task Who_does_not_sit_at_the_desk_is_refused(string login, string code)
    {
        await using var register = await TestRegister.OpenAsync();
        var submitted = await register.As("drafter").Send(Draft);
        var refused = await register.As(login).Try(new IdentifyDocument(submitted.DocumentId, IdentificationOutcome.Normative, "是"));
        Assert.That(refused.Error?.Code, Is.EqualTo(code));
    }
}
