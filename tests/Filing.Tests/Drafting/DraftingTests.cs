using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Drafting;
using Filing.Tests.Support;

namespace Filing.Tests.Drafting;

/// <summary>From the identification to the desk of the legal office.</summary>
[TestFixture]
internal sealed class DraftingTests
{
    private TestRegister _register = null!;
    private Guid _document;

    [SetUp]
    public async Task Set_a_draft_on_its_way()
    {
        _register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 1, 7, 9, 12, 0, TimeSpan.FromHours(8)));
        _document = (await _register.As("drafter").Send(new SubmitDraft("郴州市城镇房屋租赁管理办法", DocumentKind.Government, World.Housing, World.City, "第一条 为了规范房屋租赁，制定本办法。", true))).DocumentId;
        await _register.As("reviewer").Send(new IdentifyDocument(_document, IdentificationOutcome.Normative, "普遍适用"));
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private static CitedPaper[] Basis => [new("国务院关于加强市县政府依法行政的决定", "国发[2008]17号")];

    private Task<IReadOnlyList<string>> OpenTasks() => _register.Rows<string>("SELECT Code FROM Task WHERE State = 'open' ORDER BY Code");

    [Test]
    public async Task A_draft_needs_a_basis_before_it_goes_on()
    {
        var refused = await _register.As("drafter").Try(new CompleteDraft(_document, "起草说明", []));
        Assert.That((refused.Error?.Code, refused.Error?.Field), Is.EqualTo(("draft.no-basis", "bases")));
        Assert.That(await OpenTasks(), Is.EqualTo(["complete"]));
    }

    [Test]
    public async Task Units_and_the_public_are_consulted_side_by_side_and_both_must_end()
    {
        var drafter = _register.As("drafter");
        await drafter.Send(new CompleteDraft(_document, "起草说明", Basis));
        Assert.That(await OpenTasks(), Is.EqualTo(["consult-public", "consult-units"]));
        Assert.That(await _register.Scalar<string>("SELECT Number FROM Citation"), Is.EqualTo("国发〔2008〕17号"));

        var units = await drafter.Send(new OpenConsultation(_document, ConsultationAudience.Units, new(2013, 1, 14), "公函", ["市财政局", "市发改委"]));
        var comment = await drafter.Send(new RecordComment(_document, units, "市财政局", "第三条建议删去收费。"));
        Assert.That((await drafter.Try(new CloseUnitConsultation(_document))).Error?.Code, Is.EqualTo("consultation.undecided"));
        Assert.That((await drafter.Try(new DecideComment(_document, comment, CommentAdoption.NotAdopted))).Error?.Field, Is.EqualTo("reason"));
        await drafter.Send(new DecideComment(_document, comment, CommentAdoption.Adopted));
        await drafter.Send(new CloseUnitConsultation(_document));
        Assert.That(await OpenTasks(), Is.EqualTo(["consult-public"]));

        Assert.That((await drafter.Try(new OpenConsultation(_document, ConsultationAudience.Public, new(2013, 1, 9), "门户网站"))).Error?.Code, Is.EqualTo("consultation.too-short"));
        await drafter.Send(new OpenConsultation(_document, ConsultationAudience.Public, new(2013, 1, 13), "门户网站"));
        Assert.That((await drafter.Try(new ClosePublicConsultation(_document))).Error?.Code, Is.EqualTo("consultation.running"));
        _register.On(2013, 1, 14);
        await drafter.Send(new ClosePublicConsultation(_document));
        Assert.That(await OpenTasks(), Is.EqualTo(["department-check"]));
    }

    [Test]
    public async Task The_department_s_own_check_sends_back_or_on()
    {
        await Consulted();
        await _register.Operator.Send(new GivePost("drafter", World.Housing, Role.DepartmentLegal, new(2000, 1, 1)));
        Assert.That((await _register.As("drafter").Try(new CheckByDepartment(_document, true, "同意送审"))).Error?.Code, Is.EqualTo("department-check.own-draft"));
        await _register.As("department-legal").Send(new CheckByDepartment(_document, false, "缺少依据的条文"));
        Assert.That(await OpenTasks(), Is.EqualTo(["complete"]));
        await Consulted();
        await _register.As("department-legal").Send(new CheckByDepartment(_document, true, "同意送审"));
        Assert.That(await OpenTasks(), Is.EqualTo(["accept-review"]));
    }

    [Test]
    public async Task Urgency_spares_the_public_consultation_but_not_the_review()
    {
        Assert.That((await _register.As("drafter").Try(new DeclareUrgent(_document, "防汛", "市长", [UrgentShortening.PublicConsultation]))).Error?.Code, Is.EqualTo("forbidden"));
        await _register.As("secretary").Send(new DeclareUrgent(_document, "防汛", "市长", [UrgentShortening.PublicConsultation]));
        await _register.As("drafter").Send(new CompleteDraft(_document, "起草说明", Basis));
        Assert.That(await OpenTasks(), Is.EqualTo(["consult-units"]));
    }

    [Test]
    public async Task A_withdrawn_draft_leaves_no_task_and_no_open_deadline_behind()
    {
        await Consulted();
        await _register.As("drafter").Send(new WithdrawDraft(_document, "政策调整"));
        Assert.That(await OpenTasks(), Is.Empty);
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Withdrawn"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Wait") + await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL"), Is.Zero);
        Assert.That((await _register.As("drafter").Try(new WithdrawDraft(_document, "再撤一次"))).Error?.Code, Is.EqualTo("withdraw.closed"));
    }

    [Test]
    public async Task A_material_whose_file_is_not_stored_is_refused()
    {
        var refused = await _register.As("drafter").Try(new AddMaterial(_document, MaterialKind.Explanation, "说明.docx", "application/x", 3, new string('a', 64), true));
        Assert.That(refused.Error, Is.Not.Null);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Material"), Is.Zero);
    }

    [Test]
    public async Task Two_people_who_finish_one_task_at_once_finish_it_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _register.As("drafter").Try(new CompleteDraft(_document, "起草说明", Basis))));
        Assert.That(results.Count(r => r.Ok), Is.EqualTo(1));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Fact WHERE Kind = 'draft-completed'"), Is.EqualTo(1));
    }

    private async Task Consulted()
    {
        var drafter = _register.As("drafter");
        await drafter.Send(new CompleteDraft(_document, "起草说明", Basis));
        await drafter.Send(new OpenConsultation(_document, ConsultationAudience.Units, _register.Today, "公函", ["市财政局"]));
        await drafter.Send(new OpenConsultation(_document, ConsultationAudience.Public, _register.Today, "门户网站", ShortenedReason: "内容单一"));
        _register.Clock.Move(_register.Clock.GetUtcNow().AddDays(1), 0);
        await drafter.Send(new CloseUnitConsultation(_document));
        await drafter.Send(new ClosePublicConsultation(_document));
    }
}
