using Filing.Domain;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Tests.Support;

namespace Filing.Tests.ValidityFeatures;

/// <summary>各文件在某日的状态. A document of the housing bureau, published on 2 April 2013; of it, and of two from elsewhere, more becomes known later.</summary>
[TestFixture]
internal sealed class StatusListTests
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
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<StatusPage> Ask(DateOnly? on = null, DateOnly? knownOn = null, string? body = null) => _register.Operator.Send(new ListStatuses(on, knownOn, body));

    private async Task<string> Of(DateOnly on, DateOnly? knownOn = null) => string.Join('、', (await Ask(on, knownOn)).Items.Select(i => i.Name));

    private async Task<Guid> Elsewhere(int serial, string? body = null)
    {
        var entry = new EnterElsewhere(
            $"郴州市人民政府关于旧事之{serial}的通知", DocumentKind.Government, World.CityOffice, body ?? World.City, [new(FactKind.Signed, new(2008, 3, 1)), new(FactKind.Published, new(2008, 3, 3))],
            "公报", IssueNumber: $"郴政发〔2008〕{serial}号");
        var document = (await _register.As("registrar").Send(entry)).DocumentId;
        await _register.As("registrar").Send(new ConfirmEntry(document));
        return document;
    }

    [Test]
    public async Task A_repeal_that_became_known_later_is_not_known_before()
    {
        _register.On(2014, 6, 3, 23, 59);
        await _register.As("registrar").Send(new RepealDocument(_journey.Document, "郴建发〔2014〕9号", "已被代替", new(2014, 5, 6)));
        var (day, told) = (new DateOnly(2014, 5, 20), new DateOnly(2014, 6, 3));
        Assert.That((await Of(day), await Of(day, told.AddDays(-1)), await Of(day, told)), Is.EqualTo(("废止", "有效", "废止")), "until the end of the day in Shanghai");
        Assert.That((await Of(new(2014, 5, 5)), await Of(new(2013, 4, 1)), await Of(new(2013, 4, 2))), Is.EqualTo(("有效", "", "有效")));
        var line = (await Ask(day)).Items.Single();
        Assert.That(line.Facts.Select(f => (f.Kind, f.LegalDate)), Is.EquivalentTo(
            [(FactKind.Published, new DateOnly(2013, 4, 2)), (FactKind.InForce, new(2013, 4, 2)), (FactKind.TermSet, new(2013, 4, 2)), (FactKind.Repealed, new(2014, 5, 6))]));
        Assert.That(line.Facts.Single(f => f.Kind == FactKind.Repealed).Recorded, Is.EqualTo(_register.Clock.GetUtcNow()));
        Assert.That((line.IssueNumber, line.RegistrationNumber?[..5]), Is.EqualTo(("郴建发〔2013〕1号", "CZCR-")));
    }

    [Test]
    public async Task A_corrected_publication_is_seen_as_it_was_known()
    {
        _register.On(2013, 5, 6);
        var fact = await _register.Scalar<string>("SELECT Id FROM Fact WHERE Kind = 'in-force'");
        await _register.As("registrar").Send(new CorrectFact(_journey.Document, Guid.Parse(fact!), new(2013, 6, 1), "公报", "误录"));
        Assert.That((await Of(new(2013, 5, 20)), await Of(new(2013, 5, 20), new(2013, 5, 5))), Is.EqualTo(("已公布未施行", "有效")));
        Assert.That((await Ask(new(2013, 5, 20))).Items.Single().Facts.Where(f => f.Kind == FactKind.InForce).Select(f => f.LegalDate), Is.EqualTo([new DateOnly(2013, 6, 1)]), "the corrected one only");
    }

    [Test]
    public async Task A_paper_from_elsewhere_was_not_known_before_it_was_entered_and_checked()
    {
        _register.On(2013, 7, 1);
        await Elsewhere(1);
        Assert.That((await Of(new(2009, 1, 1)), await Of(new(2009, 1, 1), new(2013, 6, 30))), Is.EqualTo(("有效", "")));
        Assert.That((await Ask(new(2009, 1, 1), new(2013, 6, 30))).NothingKnown, Is.False, "the register had begun");
    }

    [Test]
    public async Task Before_the_register_began_nothing_was_known()
    {
        var page = await Ask(new(2014, 1, 1), new(2000, 1, 1));
        Assert.That((page.Items.Count, page.NothingKnown, page.Next), Is.EqualTo((0, true, (Guid?)null)));
        Assert.That((await Ask(DateOnly.MaxValue, DateOnly.MaxValue)).Items.Single().Name, Is.EqualTo("失效"), "the last day that can be written");
        Assert.That((await Ask(DateOnly.MinValue, DateOnly.MinValue)).Items, Is.Empty);
    }

    [Test]
    public async Task Pages_follow_each_other_without_gap_or_repetition_known_now_or_then()
    {
        _register.On(2013, 7, 1);
        for (var serial = 1; serial <= 4; serial++) await Elsewhere(serial);
        foreach (var knownOn in new DateOnly?[] { null, new(2013, 7, 1) })
        {
            var (seen, after) = (new List<Guid>(), (Guid?)null);
            do
            {
                var page = await _register.Operator.Send(new ListStatuses(new(2013, 8, 1), knownOn, After: after, Size: 2));
                Assert.That(page.Items, Has.Count.LessThanOrEqualTo(2));
                seen.AddRange(page.Items.Select(i => i.DocumentId));
                after = page.Next;
            }
            while (after is not null);
            Assert.That(seen, Has.Count.EqualTo(5).And.Unique);
            Assert.That(seen[0], Is.EqualTo(_journey.Document), "in the order in which they came");
        }

        Assert.That((await _register.Operator.Try(new ListStatuses(After: Guid.NewGuid()))).Error?.Code, Is.EqualTo("query.place-unknown"));
    }

    [Test]
    public async Task A_body_and_a_search_leave_what_is_theirs()
    {
        _register.On(2013, 7, 1);
        await Elsewhere(1);
        Assert.That((await Ask(body: World.Housing)).Items.Select(i => i.IssueNumber), Is.EqualTo(["郴建发〔2013〕1号"]));
        Assert.That((await Ask(knownOn: new(2013, 7, 1), body: World.City)).Items.Select(i => i.IssueNumber), Is.EqualTo(["郴政发〔2008〕1号"]));
        Assert.That((await _register.Operator.Send(new ListStatuses(Text: "旧事"))).Items.Select(i => i.IssueNumber), Is.EqualTo(["郴政发〔2008〕1号"]));
        Assert.That((await _register.Operator.Send(new ListStatuses(Text: "郴建发"))).Items.Single().DocumentId, Is.EqualTo(_journey.Document));
        var unknown = (await _register.Operator.Try(new ListStatuses(Body: "NONE"))).Error;
        Assert.That((unknown?.Code, unknown?.Field), Is.EqualTo(("body.unknown", "body")));
    }

    [TestCase("drafter", 1)]
    [TestCase("drafter-finance", 0)]
    public async Task An_officer_sees_what_he_is_party_to(string login, int count)
    {
        Assert.That((await _register.As(login).Send(new ListStatuses())).Items, Has.Count.EqualTo(count));
        Assert.That((await _register.As(login).Send(new ListStatuses(KnownOn: _register.Today))).Items, Has.Count.EqualTo(count));
    }

    [Test]
    public async Task Who_reads_no_documents_reads_no_list() => Assert.That((await _register.As("administrator").Try(new ListStatuses())).Error?.Code, Is.EqualTo("forbidden"));

    [Test]
    public async Task The_list_says_of_each_document_what_its_own_page_says()
    {
        _register.On(2013, 7, 1);
        var other = await Elsewhere(1);
        await _register.As("registrar").Send(new SuspendDocument(other, "通知", "待查"));
        _register.On(2014, 7, 1);
        await _register.As("registrar").Send(new AnnulDocument(other, "函", "违法"));
        DateOnly[] days = [.. new[] { 2012, 2013, 2014, 2018, 2030 }.Select(y => new DateOnly(y, 7, 1))];
        foreach (var (on, knownOn) in days.SelectMany(d => days.Select(k => (DateOnly?)k).Append(null), (d, k) => (d, k)))
        {
            var listed = (await Ask(on, knownOn)).Items.ToDictionary(i => i.DocumentId, i => i.Status);
            foreach (var document in new[] { _journey.Document, other })
            {
                var own = (await _register.Operator.Send(new ReadStatus(document, on, knownOn))).Status;
                Assert.That(listed.GetValueOrDefault(document, ValidityStatus.NotPublished), Is.EqualTo(own), $"{on} {knownOn}");
            }
        }
    }
}
