using Filing.Audit;
using Filing.Domain;
using Filing.Features.FilingUp;
using Filing.Features.Registration;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Registration;

/// <summary>补录.</summary>
[TestFixture]
internal sealed class ElsewhereTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync();

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Registrar => _register.As("registrar");

    private static ElsewhereFact Fact(FactKind kind, int year, int month, int day) => new(kind, new(year, month, day));

    private static ElsewhereFact[] Published2013 => [Fact(FactKind.Signed, 2013, 3, 26), Fact(FactKind.Registered, 2013, 4, 2), Fact(FactKind.Published, 2013, 4, 2)];

    private static EnterElsewhere Entry(IReadOnlyList<ElsewhereFact> facts, string? issue = null, string? registration = null) => new(
        "郴州市人民政府关于进一步推进依法行政的意见", DocumentKind.Government, World.CityOffice, World.City, facts, "市政府公报2013年第2期", "第一条 依法行政。", issue, registration);

    private async Task<Guid> Enter(EnterElsewhere entry) => (await Registrar.Send(entry)).DocumentId;

    private Task<IReadOnlyList<string>> Tasks() => _register.Rows<string>("SELECT Code FROM Task WHERE State = 'open' ORDER BY Code");

    [Test]
    public async Task An_entry_counts_after_it_was_checked_and_goes_on_to_filing_and_validity()
    {
        var document = await Enter(Entry(Published2013, "郴政发〔2013〕2号", "CZCR-2013-00002") with { DefaultTerm = true });
        Assert.That(await Tasks(), Is.EqualTo(["check-entry"]));
        Assert.That((await Registrar.Send(new ReadRegister())).Total, Is.Zero, "not checked yet");
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Number"), Is.Zero);

        Assert.That((await Registrar.Send(new ConfirmEntry(document))).Findings, Is.EqualTo(["报备情况不明：2013年4月2日公布，补录时报备期限已过，没有报备日期，请核实后补记"]));
        Assert.That(await Tasks(), Is.Empty);
        var line = (await Registrar.Send(new ReadRegister())).Lines.Single();
        Assert.That((line.RegistrationNumber, line.IssueNumber, line.Origin), Is.EqualTo(("CZCR-2013-00002", "郴政发〔2013〕2号", DocumentOrigin.Elsewhere)));
        Assert.That((line.LastValidDay, line.Status), Is.EqualTo((new DateOnly(2018, 4, 2), ValidityStatus.Lapsed)));
        var status = await Registrar.Send(new ReadStatus(document, new(2015, 1, 1)));
        Assert.That((status.Status, status.NotReviewedHere, status.Basis.Usable), Is.EqualTo((ValidityStatus.InForce, true, true)));
        Assert.That(await _register.Rows<string>("SELECT DISTINCT Kind FROM Fact ORDER BY Kind"), Is.EqualTo(["published", "registered", "signed", "term-set"]), "nothing is invented");
    }

    [Test]
    public async Task The_filing_limit_of_what_was_published_of_late_runs_from_its_publication()
    {
        var document = await Enter(Entry([Fact(FactKind.Signed, 2026, 2, 4), Fact(FactKind.Published, 2026, 2, 5)]));
        Assert.That((await Registrar.Send(new ConfirmEntry(document))).Findings, Is.Empty);
        Assert.That(await Tasks(), Is.EqualTo(["file-up"]));
        var deadline = await _register.DeadlineAsync(document, "filing-to-superior");
        Assert.That((deadline.FromDate, deadline.Due, deadline.ClosedReason), Is.EqualTo((new DateOnly(2026, 2, 5), new DateOnly(2026, 2, 24), (string?)null)));
    }

    [Test]
    public async Task An_old_ledger_raises_no_alarm_and_is_a_list_to_be_looked_into()
    {
        var documents = new List<Guid>();
        for (var i = 1; i <= 40; i++)
        {
            documents.Add(await Enter(Entry([Fact(FactKind.Signed, 2013, 3, 1), Fact(FactKind.Published, 2013, 3, 1 + (i % 28))], $"郴政发〔2013〕{i}号") with { DefaultTerm = i % 2 == 0 }));
            if (i > 1) await Registrar.Send(new ConfirmEntry(documents[^1]));
        }

        _register.On(2026, 2, 25);
        await _register.Services.GetRequiredService<Sweep>().RunAsync();
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert"), Is.Zero, "neither of filings nor of terms that have lapsed, nor of the one that is not checked");
        Assert.That((await _register.As("supervisor").Send(new ReadOverdue())).Total, Is.Zero);
        foreach (var login in new[] { "supervisor", "supervisor-province" })
        {
            var list = await _register.As(login).Send(new ReadUnknownFilings(Take: 10));
            Assert.That((list.Total, list.Items.Count, list.Items[0].Published, list.Items[0].Source), Is.EqualTo((39, 10, new DateOnly(2013, 3, 1), "市政府公报2013年第2期")), login);
        }

        Assert.That((await _register.As("drafter-finance").Send(new ReadUnknownFilings())).Total, Is.Zero, "nobody else's documents");
        Assert.That((await _register.As("auditor").Try(new ReadUnknownFilings())).Error?.Code, Is.EqualTo("forbidden"));
        await VerifyAsync();
    }

    [Test]
    public async Task What_turns_out_to_have_been_filed_leaves_the_list_and_counts_as_in_time()
    {
        var document = await Enter(Entry(Published2013));
        Assert.That((await Registrar.Try(Settled())).Error?.Code, Is.EqualTo("filing.not-checked"));
        await Registrar.Send(new ConfirmEntry(document));
        Assert.That((await _register.As("drafter-office").Try(Settled())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As("drafter-finance").Try(Settled())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await Registrar.Try(Settled() with { On = null })).Error?.Field, Is.EqualTo("on"));
        Assert.That((await Registrar.Try(Settled() with { On = new(2013, 4, 1) })).Error?.Code, Is.EqualTo("date.order"));
        Assert.That((await Registrar.Try(Settled() with { On = new(2027, 4, 1) })).Error?.Code, Is.EqualTo("fact.in-future"));
        await _register.As("receiver-province").Send(Settled());
        Assert.That((await _register.DeadlineAsync(document, "filing-to-superior")).MetOn, Is.EqualTo(new DateOnly(2013, 4, 10)));
        Assert.That((await _register.As("supervisor").Send(new ReadUnknownFilings())).Total, Is.Zero);
        Assert.That((await Registrar.Try(Settled())).Error?.Code, Is.EqualTo("filing.not-unknown"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Event WHERE Type = 'filing-settled'"), Is.EqualTo(1));
        await VerifyAsync();

        SettleFiling Settled() => new(document, FilingFound.Filed, "省政府法制办备案登记簿", new(2013, 4, 10));
    }

    [Test]
    public async Task What_turns_out_not_to_have_been_filed_is_overdue_from_then_on_and_is_chased()
    {
        var document = await Enter(Entry(Published2013));
        await Registrar.Send(new ConfirmEntry(document));
        Assert.That((await Registrar.Try(new SettleFiling(document, FilingFound.Missing, "备案登记簿", new(2013, 4, 10)))).Error?.Field, Is.EqualTo("on"));
        await _register.As("supervisor").Send(new SettleFiling(document, FilingFound.Missing, "省政府法制办备案登记簿"));
        Assert.That(await Tasks(), Is.EqualTo(["file-up"]));
        Assert.That((await _register.As("supervisor").Send(new ReadOverdue())).Items.Single().Due, Is.EqualTo(new DateOnly(2013, 4, 17)));
        await VerifyAsync();
        await _register.Services.GetRequiredService<Sweep>().RunAsync();
        Assert.That(await _register.Rows<string>("SELECT DISTINCT Notice FROM Alert ORDER BY Notice"), Is.EqualTo(["filing-escalated", "filing-overdue"]));
    }

    [Test]
    public async Task A_ledger_that_knows_only_the_authority_s_answer_asks_nothing_more()
    {
        var old = await Enter(Entry([.. Published2013, Fact(FactKind.FilingRegistered, 2013, 5, 2)]));
        var late = await Enter(Entry([Fact(FactKind.Signed, 2026, 2, 4), Fact(FactKind.Published, 2026, 2, 5), Fact(FactKind.FilingRegistered, 2026, 2, 12)]));
        foreach (var document in new[] { old, late }) Assert.That((await Registrar.Send(new ConfirmEntry(document))).Findings, Is.Empty);
        Assert.That(await Tasks(), Is.Empty);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE Name = 'filing-to-superior' AND ClosedAt IS NULL"), Is.Zero);
        await VerifyAsync();
    }

    private async Task VerifyAsync() =>
        Assert.That((await _register.Services.GetRequiredService<Invariants>().VerifyAsync()).SelectMany(v => v.Rows), Is.Empty);

    [Test]
    public async Task What_was_filed_elsewhere_need_not_be_filed_again()
    {
        var document = await Enter(Entry([.. Published2013, Fact(FactKind.Filed, 2013, 4, 10)]));
        await Registrar.Send(new ConfirmEntry(document));
        Assert.That(await Tasks(), Is.Empty);
        Assert.That((await _register.DeadlineAsync(document, "filing-to-superior")).MetOn, Is.EqualTo(new DateOnly(2013, 4, 10)));
    }

    [Test]
    public async Task A_department_s_paper_has_no_filing_limit_that_could_never_be_met()
    {
        var document = await Enter(Entry(Published2013) with { Kind = DocumentKind.Department, DraftingBody = World.Housing, IssuingBody = World.Housing });
        await Registrar.Send(new ConfirmEntry(document));
        Assert.That(await Tasks(), Is.Empty);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE Name = 'filing-to-superior'"), Is.Zero);
    }

    [Test]
    public async Task Who_may_enter()
    {
        Assert.That((await _register.As("publisher").Try(Entry(Published2013))).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As("drafter-finance").Try(Entry(Published2013))).Error?.Code, Is.EqualTo("forbidden"), "another unit's paper");
        var document = (await _register.As("drafter-office").Send(Entry(Published2013))).DocumentId;
        Assert.That((await _register.As("drafter-office").Try(new ConfirmEntry(document))).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As("receiver-province").Try(new ConfirmEntry(document))).Error?.Code, Is.EqualTo("not-found"));
        await Registrar.Send(new ConfirmEntry(document));
        Assert.That((await Registrar.Try(new ConfirmEntry(document))).Error?.Code, Is.EqualTo("task.not-open"));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new TestCaseData((object)new[] { Fact(FactKind.Published, 2013, 4, 2) }, "elsewhere.signed-unknown").SetName("No signature");
        yield return new TestCaseData((object)new[] { Fact(FactKind.Signed, 2013, 3, 26) }, "elsewhere.published-unknown").SetName("No publication is asked for, not invented");
        yield return new TestCaseData((object)new[] { Fact(FactKind.Signed, 2013, 4, 3), Fact(FactKind.Published, 2013, 4, 2) }, "date.order").SetName("Published before signed");
        yield return new TestCaseData((object)new[] { Fact(FactKind.Signed, 2013, 3, 26), Fact(FactKind.Registered, 2013, 4, 3), Fact(FactKind.Published, 2013, 4, 2) }, "date.order").SetName("Published before registered");
        yield return new TestCaseData((object)new[] { Fact(FactKind.Signed, 2013, 3, 26), Fact(FactKind.Published, 2013, 4, 2), Fact(FactKind.Filed, 2013, 4, 1) }, "date.order").SetName("Filed before published");
        yield return new TestCaseData((object)new[] { Fact(FactKind.Signed, 2013, 3, 26), Fact(FactKind.Published, 2013, 4, 2), Fact(FactKind.InForce, 2013, 4, 1) }, "date.order").SetName("In force before published");
        yield return new TestCaseData((object)new[] { Fact(FactKind.Signed, 2013, 3, 26), Fact(FactKind.Published, 2027, 4, 2) }, "fact.in-future").SetName("Published in the future");
        yield return new TestCaseData((object)new[] { Fact(FactKind.Signed, 2013, 3, 26), Fact(FactKind.Signed, 2013, 3, 27), Fact(FactKind.Published, 2013, 4, 2) }, "elsewhere.fact-twice").SetName("Signed twice");
        yield return new TestCaseData((object)new[] { Fact(FactKind.ReviewConcluded, 2013, 3, 1), Fact(FactKind.Signed, 2013, 3, 26), Fact(FactKind.Published, 2013, 4, 2) }, "elsewhere.not-a-fact-of-elsewhere").SetName("A review of this register is not invented");
    }

    [TestCaseSource(nameof(Wrong))]
    public async Task Facts_that_cannot_be_are_refused(ElsewhereFact[] facts, string code)
    {
        Assert.That((await Registrar.Try(Entry(facts))).Error?.Code, Is.EqualTo(code));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Document"), Is.Zero);
    }

    [Test]
    public async Task A_paper_that_was_never_published_says_so_and_is_no_basis()
    {
        var signed = new[] { Fact(FactKind.Signed, 2013, 3, 26) };
        Assert.That((await Registrar.Try(Entry(Published2013) with { NeverPublished = true })).Error?.Code, Is.EqualTo("elsewhere.published"));
        Assert.That((await Registrar.Try(Entry([.. signed, Fact(FactKind.Filed, 2013, 4, 1)]) with { NeverPublished = true })).Error?.Code, Is.EqualTo("elsewhere.not-published"));
        var document = await Enter(Entry(signed) with { NeverPublished = true });
        await Registrar.Send(new ConfirmEntry(document));
        var status = await Registrar.Send(new ReadStatus(document));
        Assert.That((status.Status, status.Basis.Usable), Is.EqualTo((ValidityStatus.NotPublished, false)));
    }

    [Test]
    public async Task A_repealed_paper_is_not_watched()
    {
        var document = await Enter(Entry([.. Published2013, Fact(FactKind.Filed, 2013, 4, 10), Fact(FactKind.Repealed, 2016, 1, 1)]) with { Term = new(Until: new(2030, 1, 1)) });
        await Registrar.Send(new ConfirmEntry(document));
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Closed"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL"), Is.Zero);
    }

    [Test]
    public async Task A_rejected_entry_ends_and_leaves_its_numbers_free()
    {
        var document = await Enter(Entry(Published2013, "郴政发〔2013〕2号", "CZCR-2013-00002"));
        Assert.That((await Registrar.Try(new ConfirmEntry(document, EntryCheck.Rejected))).Error?.Field, Is.EqualTo("reason"));
        await Registrar.Send(new ConfirmEntry(document, EntryCheck.Rejected, "与原件不符"));
        Assert.That(await _register.Scalar<string>("SELECT Stage FROM Document"), Is.EqualTo("abandoned"));
        Assert.That((await Registrar.Send(new ReadRegister())).Total, Is.Zero);
        var again = await Enter(Entry(Published2013, "郴政发〔2013〕2号", "CZCR-2013-00002"));
        await Registrar.Send(new ConfirmEntry(again));
        Assert.That((await Registrar.Try(Entry(Published2013, "郴政发〔2013〕2号"))).Error?.Code, Is.EqualTo("number.taken"));
    }

    [Test]
    public async Task The_count_of_a_year_begins_behind_the_numbers_that_were_entered()
    {
        _register.On(2013, 6, 3);
        await Registrar.Send(new OpenSeries(World.City, 2013, 3, "原登记簿"));
        await Registrar.Send(new ConfirmEntry(await Enter(Entry(Published2013, null, "CZCR-2013-00002"))));
        await Registrar.Send(new ConfirmEntry(await Enter(Entry(Published2013, null, "CZCR-2013-00007"))));
        var year = (await Registrar.Send(new ReadSeries())).Years.Single();
        Assert.That((year.Opening, year.Next, year.Imported, year.Issued), Is.EqualTo((8, 8, 2, 0)));
        var journey = await Issuing.RegisteredAsync(_register);
        Assert.That((await Registrar.Send(new AssignNumber(journey.Document, Issuing.IssueNumber))).RegistrationNumber, Is.EqualTo("CZCR-2013-00008"));

        var ahead = await Enter(Entry(Published2013, null, "CZCR-2013-00020"));
        var finding = (await Registrar.Send(new ConfirmEntry(ahead))).Findings[0];
        Assert.That(finding, Does.Contain("CZCR-2013-00020").And.Contain("第 9 号"));
        Assert.That(await _register.Scalar<string>("SELECT Findings FROM ElsewhereEntry WHERE DocumentId = @ahead", new { ahead }), Does.Contain("CZCR-2013-00020"));
        Assert.That((await Registrar.Try(Entry(Published2013, null, "CZCR-2013-00008"))).Error?.Code, Is.EqualTo("number.taken"));
        Assert.That((await Registrar.Try(Entry(Published2013, null, "CZCR-2013"))).Error?.Field, Is.EqualTo("registrationNumber"));
    }

    [Test]
    public async Task A_year_that_nobody_opened_begins_after_what_was_entered()
    {
        _register.On(2013, 6, 3);
        await Registrar.Send(new ConfirmEntry(await Enter(Entry(Published2013, null, "CZCR-2013-00007"))));
        var journey = await Issuing.RegisteredAsync(_register);
        Assert.That((await Registrar.Send(new AssignNumber(journey.Document, Issuing.IssueNumber))).RegistrationNumber, Is.EqualTo("CZCR-2013-00008"));
    }

    [Test]
    public async Task The_register_is_searched_by_title_number_year_and_body()
    {
        await Registrar.Send(new ConfirmEntry(await Enter(Entry(Published2013, "郴政发〔2013〕2号", "CZCR-2013-00002"))));
        var housing = Entry([Fact(FactKind.Signed, 2015, 3, 26), Fact(FactKind.Registered, 2015, 4, 2), Fact(FactKind.Published, 2015, 4, 2)], "郴建发〔2015〕7号")
            with
        { Title = "郴州市物业_服务办法", Kind = DocumentKind.Department, DraftingBody = World.Housing, IssuingBody = World.Housing };
        await Registrar.Send(new ConfirmEntry(await Enter(housing)));
        Assert.That(await Found(new()), Is.EqualTo(["郴州市物业_服务办法", "郴州市人民政府关于进一步推进依法行政的意见"]));
        Assert.That(await Found(new(Text: "建发〔2015〕7")), Is.EqualTo(["郴州市物业_服务办法"]));
        Assert.That(await Found(new(Text: "物业_服务")), Is.EqualTo(["郴州市物业_服务办法"]));
        Assert.That(await Found(new(Text: "市_业")), Is.Empty, "an underscore is an underscore");
        Assert.That(await Found(new(Year: 2013)), Is.EqualTo(["郴州市人民政府关于进一步推进依法行政的意见"]));
        Assert.That(await Found(new(Body: World.Housing)), Is.EqualTo(["郴州市物业_服务办法"]));
        Assert.That(await Found(new(Kind: DocumentKind.Township)), Is.Empty);
        Assert.That(await Found(new(Page: 2, Size: 1)), Is.EqualTo(["郴州市人民政府关于进一步推进依法行政的意见"]));
        Assert.That((await _register.As("drafter-finance").Send(new ReadRegister())).Total, Is.Zero, "nobody else's documents");

        async Task<IEnumerable<string>> Found(ReadRegister query) => (await Registrar.Send(query)).Lines.Select(l => l.Title);
    }
}
