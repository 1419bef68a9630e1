using Filing.Domain;
using Filing.Features.Publication;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.ValidityFeatures;

/// <summary>废止、宣布失效、停止执行、恢复执行、撤销.</summary>
[TestFixture]
internal sealed class EndingTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Publish_a_document()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _journey = await Issuing.NumberedAsync(_register, DocumentKind.Department, "郴建发〔2013〕1号");
        _register.On(2013, 4, 2);
        await _register.PublishAsync(_journey);
        _register.On(2014, 5, 6);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Registrar => _register.As("registrar");

    private RepealDocument Repeal => new(_journey.Document, "郴建发〔2014〕9号", "已被新办法代替");

    private async Task<ValidityStatus> StatusOn(int year, int month, int day) => (await Registrar.Send(new ReadStatus(_journey.Document, new(year, month, day)))).Status;

    private Task<string?> Outcome() => _register.Scalar<string>("SELECT Outcome FROM CaseFile WHERE DocumentId = @Document", new { _journey.Document });

    [TestCase("publisher", "forbidden")]
    [TestCase("drafter-finance", "forbidden")]
    [TestCase("receiver-province", "not-found")]
    public async Task Only_the_legal_office_repeals(string login, string code) => Assert.That((await _register.As(login).Try(Repeal)).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_repeal_ends_force_and_watch()
    {
        await Registrar.Send(Repeal);
        Assert.That((await StatusOn(2014, 5, 5), await StatusOn(2014, 5, 6)), Is.EqualTo((ValidityStatus.InForce, ValidityStatus.Repealed)));
        Assert.That(await Outcome(), Is.EqualTo("Ended"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL"), Is.Zero);
        Assert.That(await _journey.EventsAsync(), Has.Member("validity-changed"));
        Assert.That(await _register.Scalar<string>("SELECT CONCAT(Source, '/', Value) FROM Fact WHERE Kind = 'repealed'"), Is.EqualTo("郴建发〔2014〕9号/已被新办法代替"));
    }

    [Test]
    public async Task A_repeal_that_lies_ahead_ends_nothing_before_its_day()
    {
        await Registrar.Send(Repeal with { On = new(2014, 7, 1) });
        Assert.That((await StatusOn(2014, 6, 30), await StatusOn(2014, 7, 1)), Is.EqualTo((ValidityStatus.InForce, ValidityStatus.Repealed)));
        Assert.That(await Outcome(), Is.Null);
        Assert.That((await _register.System.Send(new DeliverEndings())).Count, Is.Zero);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL"), Is.EqualTo(2));
        _register.On(2014, 7, 1, 0, 1);
        await _register.Services.GetRequiredService<Sweep>().RunAsync();
        Assert.That(await Outcome(), Is.EqualTo("Ended"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL"), Is.Zero);
        Assert.That(await _register.Scalar<string>("SELECT MAX(ClosedReason) FROM Deadline WHERE Name = 'validity-end'"), Is.EqualTo("废止"));
        Assert.That((await _register.System.Send(new DeliverEndings())).Count, Is.Zero);
        Assert.That((await Registrar.Try(new DeliverEndings())).Error?.Code, Is.EqualTo("forbidden"));
    }

    [Test]
    public async Task What_has_ended_ends_once_and_only_an_annulment_follows()
    {
        await Registrar.Send(Repeal);
        Assert.That((await Registrar.Try(Repeal)).Error?.Code, Is.EqualTo("validity.already-ended"));
        Assert.That((await Registrar.Try(new DeclareLapsed(_journey.Document, "清理决定", "任务已完成"))).Error?.Code, Is.EqualTo("validity.already-ended"));
        Assert.That((await Registrar.Try(new SuspendDocument(_journey.Document, "通知", "待查"))).Error?.Code, Is.EqualTo("validity.already-ended"));
        await Registrar.Send(new AnnulDocument(_journey.Document, "湘政函〔2014〕3号", "与上位法抵触"));
        Assert.That(await StatusOn(2014, 5, 6), Is.EqualTo(ValidityStatus.Annulled));
        Assert.That((await Registrar.Try(new AnnulDocument(_journey.Document, "湘政函〔2014〕3号", "与上位法抵触"))).Error?.Code, Is.EqualTo("validity.already-ended"));
    }

    [Test]
    public async Task A_declaration_of_lapse_and_an_annulment_end_the_watch_too()
    {
        await Registrar.Send(new DeclareLapsed(_journey.Document, "郴政发〔2014〕1号清理决定", "任务已完成"));
        Assert.That((await Outcome(), await StatusOn(2014, 5, 6)), Is.EqualTo(("Ended", ValidityStatus.DeclaredLapsed)));
    }

    [Test]
    public async Task A_suspension_stops_and_a_resumption_restores()
    {
        Assert.That((await Registrar.Try(new ResumeDocument(_journey.Document, "通知", "无误"))).Error?.Code, Is.EqualTo("validity.not-suspended"));
        await Registrar.Send(new SuspendDocument(_journey.Document, "郴建发〔2014〕8号", "待查"));
        Assert.That((await Registrar.Try(new SuspendDocument(_journey.Document, "郴建发〔2014〕8号", "待查"))).Error?.Code, Is.EqualTo("validity.already-suspended"));
        Assert.That((await Registrar.Send(new ReadStatus(_journey.Document))).Basis, Has.Property(nameof(Basis.Usable)).False);
        _register.On(2014, 6, 3);
        Assert.That((await Registrar.Try(new ResumeDocument(_journey.Document, "通知", "无误", new(2014, 5, 5)))).Error?.Code, Is.EqualTo("date.order"));
        await Registrar.Send(new ResumeDocument(_journey.Document, "郴建发〔2014〕10号", "无误"));
        Assert.That((await StatusOn(2014, 6, 2), await StatusOn(2014, 6, 3)), Is.EqualTo((ValidityStatus.Suspended, ValidityStatus.InForce)));
        Assert.That(await Outcome(), Is.Null);
    }

    [Test]
    public async Task The_filing_authority_annuls_what_was_filed_with_it()
    {
        var filed = await Issuing.FiledAsync(_register, "郴政发〔2014〕2号");
        var receiver = _register.As("receiver-province");
        Assert.That((await receiver.Try(new RepealDocument(filed.Document, "湘政函〔2014〕3号", "违法"))).Error?.Code, Is.EqualTo("forbidden"), "a superior annuls, it does not repeal");
        await receiver.Send(new SuspendDocument(filed.Document, "湘政函〔2014〕3号", "待查"));
        await receiver.Send(new AnnulDocument(filed.Document, "湘政函〔2014〕4号", "与上位法抵触"));
        Assert.That((await receiver.Send(new ReadStatus(filed.Document))).Status, Is.EqualTo(ValidityStatus.Annulled));
    }

    [Test]
    public async Task Acts_need_a_published_document_and_a_day_after_its_publication()
    {
        Assert.That((await Registrar.Try(Repeal with { On = new(2013, 4, 1) })).Error?.Code, Is.EqualTo("date.order"));
        Assert.That((await Registrar.Try(new AnnulDocument(_journey.Document, "函", "违法", new(2014, 5, 7)))).Error?.Code, Is.EqualTo("fact.in-future"));
        var draft = await Journey.SubmittedAsync(_register);
        Assert.That((await Registrar.Try(Repeal with { DocumentId = draft.Document })).Error?.Code, Is.EqualTo("validity.not-published"));
        Assert.That((await Registrar.Try(Repeal with { Source = "" })).Error?.Field, Is.EqualTo("source"));
        Assert.That((await Registrar.Try(Repeal with { Reason = "" })).Error?.Field, Is.EqualTo("reason"));
    }

    [Test]
    public async Task A_term_that_hangs_on_a_task_ends_when_the_task_is_done()
    {
        Assert.That((await Registrar.Try(new EndTerm(_journey.Document, "验收报告", "重建完成"))).Error?.Code, Is.EqualTo("validity.no-task"));
        var other = await Issuing.NumberedAsync(_register, DocumentKind.Department, "郴建发〔2014〕1号");
        await _register.As("publisher").Send(new Publish(other.Document, [Issuing.Site(_register.Today)], Term: new(UntilDone: "灾后重建")));
        await Registrar.Send(new EndTerm(other.Document, "验收报告", "重建完成"));
        Assert.That((await Registrar.Send(new ReadStatus(other.Document))).Status, Is.EqualTo(ValidityStatus.Lapsed));
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile WHERE DocumentId = @Document", new { other.Document }), Is.EqualTo("Ended"));
    }
}
