using Filing.Audit;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Desks;
using Filing.Features.Drafting;
using Filing.Features.Portal;
using Filing.Features.Publication;
using Filing.Features.Registration;
using Filing.Features.Relations;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.RelationFeatures;

/// <summary>修改、废止、代替…: an old document of the housing bureau, published on 2 April 2013, and a new draft of the same bureau.</summary>
[TestFixture]
internal sealed class RelationTests
{
    private const string OldNumber = "郴建发〔2013〕1号";

    private TestRegister _register = null!;
    private Journey _old = null!;
    private Journey _draft = null!;

    [SetUp]
    public async Task Publish_the_old_document_and_submit_a_new_draft()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _old = await Issuing.NumberedAsync(_register, DocumentKind.Department, OldNumber);
        _register.On(2013, 4, 2);
        await _register.PublishAsync(_old);
        _register.On(2014, 5, 6);
        _draft = await Journey.SubmittedAsync(_register, DocumentKind.Department);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Drafter => _register.As("drafter");

    private DeclareRelation Repeal => new(_draft.Document, RelationKind.Repeals, OldNumber);

    private Task<Guid> Declare(RelationKind kind, string? articles = null, DateOnly? on = null) => Drafter.Send(new DeclareRelation(_draft.Document, kind, OldNumber, Articles: articles, On: on));

    private async Task<(string? Code, string? Field)> Refused(DeclareRelation command, string login = "drafter")
    {
        var error = (await _register.As(login).Try(command)).Error;
        return (error?.Code, error?.Field);
    }

    private async Task ApproveAsync(Journey journey)
    {
        await journey.DraftAsync();
        await journey.PassAsync();
        await journey.DecideAsync();
    }

    private async Task<Published> PublishAsync(Journey journey, DateOnly? inForce = null, string number = "郴建发〔2014〕9号")
    {
        if (!await Approved(journey)) await ApproveAsync(journey);
        await journey.SignAsync();
        await journey.SignAsync();
        await _register.RegisterAsync(journey);
        await _register.As("registrar").Send(new AssignNumber(journey.Document, number));
        return await _register.As("publisher").Send(new Publish(journey.Document, [Issuing.Site(_register.Today)], inForce, "急需"));
    }

    private async Task<bool> Approved(Journey journey) => await _register.Scalar<int>("SELECT COUNT(*) FROM Decision WHERE DocumentId = @Document", new { journey.Document }) > 0;

    private async Task<ValidityStatus> StatusOn(DateOnly day, Guid? document = null) => (await _register.Operator.Send(new ReadStatus(document ?? _old.Document, day))).Status;

    private Task<IReadOnlyList<string>> Facts(string kind) =>
        _register.Rows<string>("SELECT CONCAT(LegalDate, ' ', Source, ' ', Value) FROM Fact WHERE DocumentId = @Document AND Kind = @kind ORDER BY LegalDate", new { _old.Document, kind });

    [TestCase(RelationKind.Repeals, "repealed", ValidityStatus.Repealed)]
    [TestCase(RelationKind.Replaces, "repealed", ValidityStatus.Repealed)]
    [TestCase(RelationKind.DeclaresLapsed, "declared-lapsed", ValidityStatus.DeclaredLapsed)]
    [TestCase(RelationKind.Suspends, "suspended", ValidityStatus.Suspended)]
    [TestCase(RelationKind.Annuls, "annulled", ValidityStatus.Annulled)]
    [TestCase(RelationKind.Amends, "amended", ValidityStatus.InForce)]
    public async Task What_a_draft_declares_happens_with_its_publication_from_its_entry_into_force(RelationKind kind, string fact, ValidityStatus status)
    {
        await Declare(kind);
        await ApproveAsync(_draft);
        Assert.That(await Facts(fact), Is.Empty, "nothing happens before");
        var inForce = _register.Today.AddDays(40);
        var published = await PublishAsync(_draft, inForce);
        Assert.That(await Facts(fact), Is.EqualTo([$"{inForce:yyyy-MM-dd} 郴建发〔2014〕9号 《郴州市城镇房屋租赁管理办法》{kind.Chinese()}"]));
        Assert.That((await StatusOn(inForce.AddDays(-1)), await StatusOn(inForce)), Is.EqualTo((ValidityStatus.InForce, status)));
        Assert.That(published.Affected, Is.EqualTo([$"《郴州市城镇房屋租赁管理办法》自{ChineseDate.Format(inForce)}起被{kind.Chinese()}"]));
        Assert.That(await _draft.EventsAsync(), Has.Member("relation-declared").And.Member("relation-took-effect"));
        Assert.That((await _register.Services.GetRequiredService<Invariants>().VerifyAsync()).SelectMany(v => v.Rows), Is.Empty);
    }

    [Test]
    public async Task What_ends_a_part_amends_the_document_which_stays_in_force()
    {
        await Declare(RelationKind.Repeals, "第二条");
        await PublishAsync(_draft);
        Assert.That((await Facts("repealed"), await Facts("amended")), Is.EqualTo((Array.Empty<string>(), new[] { $"{_register.Today:yyyy-MM-dd} 郴建发〔2014〕9号 《郴州市城镇房屋租赁管理办法》废止第二条" })).UsingPropertiesComparer());
        Assert.That(await StatusOn(_register.Today), Is.EqualTo(ValidityStatus.InForce));
    }

    [Test]
    public async Task A_day_of_its_own_holds_but_not_before_the_publication()
    {
        await Declare(RelationKind.Amends, "第一条", new(2014, 5, 7));
        await Declare(RelationKind.Repeals, on: new(2015, 1, 1));
        await PublishAsync(_draft);
        Assert.That((await Facts("amended"))[0], Does.StartWith($"{_register.Today:yyyy-MM-dd}"), "no paper acts before it is published");
        Assert.That((await Facts("repealed"))[0], Does.StartWith("2015-01-01"));
        Assert.That((await StatusOn(new(2014, 12, 31)), await StatusOn(new(2015, 1, 1))), Is.EqualTo((ValidityStatus.InForce, ValidityStatus.Repealed)));
    }

    [Test]
    public async Task The_end_of_the_other_closes_its_watch_and_a_fault_takes_all_of_it_back()
    {
        await Declare(RelationKind.Repeals);
        await ApproveAsync(_draft);
        await _draft.SignAsync();
        await _draft.SignAsync();
        await _register.RegisterAsync(_draft);
        await _register.As("registrar").Send(new AssignNumber(_draft.Document, "郴建发〔2014〕9号"));
        await TestDatabase.FaultAsync(_register.Database, "Fact", "Kind = 'repealed'");
        Assert.That(async () => await _register.As("publisher").Try(new Publish(_draft.Document, [Issuing.Site(_register.Today)])), Throws.Exception);
        await TestDatabase.MendAsync(_register.Database);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Publication WHERE DocumentId = @Document", new { _draft.Document }), Is.Zero, "not published either");
        await _register.PublishAsync(_draft);
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile WHERE DocumentId = @Document", new { _old.Document }), Is.EqualTo("Ended"));
    }

    [Test]
    public async Task What_ended_meanwhile_is_left_as_it_is_and_the_publisher_is_told()
    {
        await Declare(RelationKind.Repeals);
        await ApproveAsync(_draft);
        await _register.As("registrar").Send(new RepealDocument(_old.Document, "郴建发〔2014〕5号", "另行废止"));
        var published = await PublishAsync(_draft);
        Assert.That(published.Affected!.Single(), Does.StartWith("未对《郴州市城镇房屋租赁管理办法》记录废止").And.Contain("已废止"));
        Assert.That(await Facts("repealed"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Only_the_maker_or_a_government_over_it_may_end_a_document()
    {
        var other = (await _register.As("drafter-finance").Send(new SubmitDraft("郴州市财政局办法", DocumentKind.Department, World.Finance, World.Finance, Journey.Text, true))).DocumentId;
        Assert.That(await Refused(Repeal with { DocumentId = other }, "drafter-finance"), Is.EqualTo(("relation.not-theirs", "paper")));
        Assert.That((await _register.As("drafter-finance").Try(Repeal with { DocumentId = other, Kind = RelationKind.IsBasedOn })).Error, Is.Null, "whoever rests on it ends nothing");
        var city = await Journey.SubmittedAsync(_register);
        Assert.That((await Drafter.Try(Repeal with { DocumentId = city.Document })).Error, Is.Null, "the city stands over its bureau");
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM DocumentRelation"), Is.EqualTo(2));
    }

    [Test]
    public async Task Whoever_took_over_the_maker_acts_for_it()
    {
        await _register.Operator.Send(new EstablishBody("CZ-NEW", "郴州市城市管理局", BodyKind.Department, new(2014, 1, 1), World.City));
        await _register.Operator.Send(new DissolveBody(World.Housing, new(2014, 5, 6), "CZ-NEW"));
        _register.On(2014, 5, 8);
        await _register.Operator.Send(new GivePost("drafter-finance", "CZ-NEW", Role.Drafter, new(2014, 5, 7)));
        var draft = (await _register.As("drafter-finance").Send(new SubmitDraft("郴州市城市管理局办法", DocumentKind.Department, "CZ-NEW", "CZ-NEW", Journey.Text, true))).DocumentId;
        Assert.That((await _register.As("drafter-finance").Try(Repeal with { DocumentId = draft })).Error, Is.Null);
    }

    [Test]
    public async Task What_cannot_be_is_refused_and_named()
    {
        Assert.That(await Refused(Repeal with { Paper = "郴建发〔2014〕77号" }), Is.EqualTo(("relation.unknown-document", "paper")));
        Assert.That(await Refused(Repeal with { Paper = "《没有的办法》" }), Is.EqualTo(("relation.unknown-document", "paper")));
        Assert.That(await Refused(Repeal with { Outside = true }), Is.EqualTo(("relation.in-register", "outside")));
        Assert.That(await Refused(Repeal with { Paper = "" }), Is.EqualTo(("invalid", "paper")));
        Assert.That((await Refused(Repeal with { Kind = RelationKind.Interprets, On = new(2015, 1, 1) })).Field, Is.EqualTo("on"));
        Assert.That((await Refused(Repeal with { On = new(2013, 4, 1) })).Code, Is.EqualTo("date.order"));
        await Declare(RelationKind.Repeals);
        Assert.That((await Refused(Repeal)).Code, Is.EqualTo("relation.twice"));
        await _register.As("registrar").Send(new AnnulDocument(_old.Document, "函", "违法"));
        Assert.That((await Refused(Repeal with { Kind = RelationKind.Amends })).Code, Is.EqualTo("validity.already-ended"));
    }

    [Test]
    public async Task A_document_ends_itself_only_as_its_text_says_and_does_nothing_else_to_itself()
    {
        const string Title = "郴州市试点办法";
        var sunset = (await Drafter.Send(new SubmitDraft(Title, DocumentKind.Department, World.Housing, World.Housing, "第一条 本办法自2016年1月1日起废止。", true))).DocumentId;
        var itself = new DeclareRelation(sunset, RelationKind.Repeals, $"《{Title}》", On: new(2016, 1, 1));
        Assert.That((await Refused(itself with { Kind = RelationKind.Annuls })).Code, Is.EqualTo("relation.itself"));
        Assert.That((await Refused(itself with { Kind = RelationKind.IsBasedOn, On = null })).Code, Is.EqualTo("relation.itself"));
        Assert.That(await Refused(itself with { On = null }), Is.EqualTo(("relation.itself-date", "on")));
        Assert.That((await Refused(itself with { Kind = RelationKind.Amends })).Code, Is.EqualTo("relation.itself-not-in-text"));
        Assert.That((await Drafter.Try(itself)).Error, Is.Null);
    }

    [Test]
    public async Task Bases_do_not_rest_on_each_other()
    {
        async Task<Guid> Entered(int serial)
        {
            var entry = new EnterElsewhere(
                $"旧事之{serial}", DocumentKind.Department, World.Housing, World.Housing, [new(FactKind.Signed, new(2008, 3, 1)), new(FactKind.Published, new(2008, 3, 3))], "公报", IssueNumber: $"郴建发〔2008〕{serial}号");
            var document = (await Drafter.Send(entry)).DocumentId;
            await _register.As("registrar").Send(new ConfirmEntry(document));
            return document;
        }

        var (one, two, three) = (await Entered(1), await Entered(2), await Entered(3));
        await Drafter.Send(new DeclareRelation(one, RelationKind.IsBasedOn, "郴建发〔2008〕2号"));
        await Drafter.Send(new DeclareRelation(two, RelationKind.IsBasedOn, "郴建发〔2008〕3号"));
        Assert.That((await Refused(new(three, RelationKind.IsBasedOn, "郴建发〔2008〕1号"))).Code, Is.EqualTo("relation.cycle"));
        Assert.That((await Refused(new(one, RelationKind.Repeals, "郴建发〔2008〕3号"))).Code, Is.EqualTo("relation.elsewhere"));
    }

    [Test]
    public async Task It_is_declared_by_the_drafting_unit_until_the_draft_is_approved()
    {
        Assert.That((await Refused(Repeal, "registrar")).Code, Is.EqualTo("forbidden"));
        Assert.That((await Refused(Repeal, "drafter-finance")).Code, Is.EqualTo("not-found"));
        var relation = await Declare(RelationKind.Repeals);
        Assert.That((await Drafter.Try(new DropRelation(_draft.Document, relation, ""))).Error?.Field, Is.EqualTo("reason"));
        await Drafter.Send(new DropRelation(_draft.Document, relation, "改为修改"));
        Assert.That((await Drafter.Try(new DropRelation(_draft.Document, relation, "再撤"))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That(await _register.Rows<string>("SELECT State FROM DocumentRelation ORDER BY Id"), Is.EqualTo(["declared", "dropped"]), "nothing is overwritten");
        var amends = await Declare(RelationKind.Amends);
        await ApproveAsync(_draft);
        Assert.That((await Refused(Repeal)).Code, Is.EqualTo("relation.approved"));
        Assert.That((await Drafter.Try(new DropRelation(_draft.Document, amends, "不改了"))).Error?.Code, Is.EqualTo("relation.approved"));
        await PublishAsync(_draft);
        Assert.That((await Facts("repealed"), (await Facts("amended")).Count), Is.EqualTo((Array.Empty<string>(), 1)).UsingPropertiesComparer());
    }

    [Test]
    public async Task Both_papers_show_it_to_those_who_may_know()
    {
        await Declare(RelationKind.Replaces);
        await Drafter.Send(new DeclareRelation(_draft.Document, RelationKind.IsBasedOn, "《城市房地产管理法》", true));
        var sheet = await Drafter.Send(new ReadRelations(_draft.Document));
        Assert.That(sheet.Declared.Select(l => (l.Kind, l.Number, l.Effective, l.On, l.Status)), Is.EqualTo(
            [(RelationKind.Replaces, (string?)OldNumber, false, (DateOnly?)null, (ValidityStatus?)ValidityStatus.InForce), (RelationKind.IsBasedOn, null, false, null, null)]));
        Assert.That((await Drafter.Send(new ReadRelations(_old.Document))).About.Select(l => (l.Name, l.Effective)), Is.EqualTo([("被代替", false)]));
        Assert.That((await _register.Public.Send(new ReadPublicDocument(_old.Document))).About, Is.Empty, "a draft is nobody's business");
        await PublishAsync(_draft);
        var about = (await _register.Public.Send(new ReadPublicDocument(_old.Document))).About.Single();
        Assert.That((about.Name, about.DocumentId, about.Number, about.On), Is.EqualTo(("被代替", (Guid?)_draft.Document, (string?)"郴建发〔2014〕9号", (DateOnly?)_register.Today)));
        Assert.That((await _register.Public.Send(new ReadPublicDocument(_draft.Document))).Declared.Select(l => (l.Name, l.Status)), Is.EqualTo([("代替", (ValidityStatus?)ValidityStatus.Repealed), ("依据", null)]));
    }

    [Test]
    public async Task Another_unit_s_published_document_is_known_and_not_seen()
    {
        var other = (await _register.As("drafter-finance").Send(new SubmitDraft("郴州市财政局办法", DocumentKind.Department, World.Finance, World.Finance, Journey.Text, true))).DocumentId;
        await _register.As("drafter-finance").Send(new DeclareRelation(other, RelationKind.IsBasedOn, OldNumber));
        var line = (await _register.As("drafter-finance").Send(new ReadRelations(other))).Declared.Single();
        Assert.That((line.DocumentId, line.Seen, line.Status), Is.EqualTo(((Guid?)_old.Document, false, (ValidityStatus?)ValidityStatus.InForce)));
        Assert.That((await Drafter.Send(new ReadRelations(_old.Document))).About, Is.Empty, "a draft of another unit");
        Assert.That((await _register.As("registrar").Send(new ReadRelations(_old.Document))).About.Single().Seen, Is.True);
        await _register.As("drafter-finance").Send(new WithdrawDraft(other, "不再制定"));
        Assert.That((await _register.As("registrar").Send(new ReadRelations(_old.Document))).About, Is.Empty, "it was given up");
    }

    [Test]
    public async Task Who_cites_its_number_rests_on_it()
    {
        await _register.As("reviewer").Send(new IdentifyDocument(_draft.Document, IdentificationOutcome.Normative, "普遍适用"));
        await Drafter.Send(new CompleteDraft(_draft.Document, "说明", [new("郴州市城镇房屋租赁管理办法", OldNumber)]));
        var about = (await Drafter.Send(new ReadRelations(_old.Document))).About.Single();
        Assert.That((about.Name, about.DocumentId, about.Id), Is.EqualTo(("被作为依据", (Guid?)_draft.Document, (Guid?)null)));
    }

    [Test]
    public async Task The_database_itself_refuses_to_change_a_relation()
    {
        await Declare(RelationKind.Repeals);
        foreach (var sql in new[] { "DELETE FROM DocumentRelation", "UPDATE DocumentRelation SET Articles = '第一条'" })
            Assert.That(async () => await _register.Database.WriteAsync(db => db.ExecuteAsync(sql)), Throws.Exception, sql);
    }

    [Test]
    public async Task The_act_is_offered_to_the_drafter_until_the_draft_is_approved()
    {
        async Task<DocumentAct?> Act(string login) => (await _register.As(login).Send(new ReadActs(_draft.Document))).SingleOrDefault(a => a.Verb == "declare-relation");
        Assert.That(((await Act("drafter"))?.Open, await Act("registrar")), Is.EqualTo(((bool?)true, (DocumentAct?)null)));
        await ApproveAsync(_draft);
        Assert.That((await Act("drafter"))?.Hindrance, Does.Contain("已经审定"));
    }
}
