using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Drafting;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Drafting;

/// <summary>调研论证, where the rules want it: before the draft is completed and anybody is consulted.</summary>
[TestFixture]
internal sealed class ResearchPageTests
{
    private Desk _desk = null!;
    private Guid _document;

    [SetUp]
    public async Task Open()
    {
        // The pages run on the law as it ships: Huiji's wants the study.
        var (register, since) = (await TestRegister.OpenAsync(new DateTimeOffset(2016, 6, 1, 9, 7, 0, TimeSpan.FromHours(8))), new DateOnly(2000, 1, 1));
        await register.Operator.Send(new EstablishBody("HJ", "郑州市惠济区人民政府", BodyKind.Government, since, DivisionCode: "410108"));
        await register.Operator.Send(new EstablishBody("HJ-BGS", "惠济区人民政府办公室", BodyKind.GovernmentOffice, since, "HJ"));
        await register.Operator.Send(new EstablishBody("HJ-FZB", "惠济区人民政府法制办公室", BodyKind.LegalOffice, since, "HJ"));
        await register.Operator.Send(new GivePost("drafter", "HJ-BGS", Role.Drafter, since));
        await register.Operator.Send(new GivePost("reviewer", "HJ-FZB", Role.Reviewer, since));
        _document = (await register.As("drafter").Send(new SubmitDraft("惠济区房屋租赁管理办法", DocumentKind.Government, "HJ-BGS", "HJ", "第一条 为了规范房屋租赁，制定本办法。", true))).DocumentId;
        await register.Step(_document, "identify", "Normative", FactKind.Identified);
        _desk = await Desk.OpenAsync(register);
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    [Test]
    public async Task The_draft_goes_on_when_the_conclusion_is_written_and_not_before()
    {
        var drafter = await _desk.As("drafter");
        Assert.That((await drafter.GetAsync($"/documents/{_document}/complete")).Text, Does.Contain("目前不在"));
        Assert.That((await _desk.Register.As("drafter").Try(new CompleteDraft(_document, "说明", [new CitedPaper("依据", null)]))).Error?.Code, Is.EqualTo("task.not-open"));
        var form = await drafter.GetAsync($"/documents/{_document}/research");
        Assert.That(form.Text, Does.Contain("惠政文〔2016〕35号 第六项"), "the rule that wants it");
        var empty = await drafter.PressAsync(form, "下一步：核对");
        Assert.That(empty.Text, Does.Contain("请写明调研的对象和方式。"));
        var check = await drafter.PressAsync(form, "下一步：核对", ("Methods", "走访街道和承租人。"), ("Conclusion", "有必要制定，各街道可以承担。"));
        Assert.That(check.Text, Does.Contain("走访街道和承租人。").And.Contain("有必要制定"));
        await drafter.PressAsync(check, "确认：完成调研论证");
        Assert.That(await _desk.Register.Rows<string>("SELECT Code FROM Task WHERE State = 'open' AND Code <> 'withdraw'"), Is.EqualTo(["complete"]));
        Assert.That(await _desk.Register.Scalar<string>("SELECT Value FROM Fact WHERE Kind = 'researched'"), Is.EqualTo("有必要制定，各街道可以承担。"));
    }

    [Test]
    public async Task It_is_the_drafting_units()
    {
        var refused = await (await _desk.As("reviewer")).GetAsync($"/documents/{_document}/research");
        Assert.That(refused.Text, Does.Contain("由其他岗位办理"));
    }
}
