using System.Text.Json;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Portal;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Tests.Support;

namespace Filing.Tests.Portal;

/// <summary>What the public sees: published documents and nothing else. One is published on 2 April 2013; others stand at every stage before that.</summary>
[TestFixture]
internal sealed class PublicDocumentTests
{
    private const string Secret = "内部使用的草案标题";
    private TestRegister _register = null!;
    private Journey _published = null!;

    [SetUp]
    public async Task Publish_one()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _published = await Issuing.NumberedAsync(_register, DocumentKind.Department, "郴建发〔2013〕1号");
        _register.On(2013, 4, 2);
        await _register.PublishAsync(_published);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<Result<T>> Ask<T>(IQuery<T> query) => _register.Public.Try(query);

    private async Task<PublicPage> List(ReadPublicDocuments? query = null) => (await Ask(query ?? new())).Value;

    private async Task<IReadOnlyList<Guid>> Drafts()
    {
        var submitted = (await _register.As("drafter").Send(new SubmitDraft(Secret, DocumentKind.Government, World.Housing, World.City, "第一条 秘密。", true))).DocumentId;
        var review = await _register.UnderReviewAsync(Secret + "二");
        var withdrawn = (await _register.As("drafter").Send(new SubmitDraft(Secret + "三", DocumentKind.Government, World.Housing, World.City, "第一条 秘密。", true))).DocumentId;
        await _register.As("drafter").Send(new WithdrawDraft(withdrawn, "不再制定"));
        var entered = (await _register.As("registrar").Send(new EnterElsewhere(
            Secret + "四", DocumentKind.Government, World.CityOffice, World.City, [new(FactKind.Signed, new(2012, 3, 1)), new(FactKind.Published, new(2012, 3, 2))], "市政府公报", "第一条 尚未核对。"))).DocumentId;
        return [submitted, review, withdrawn, entered];
    }

    [Test]
    public async Task Nothing_that_is_not_published_is_listed_found_or_opened()
    {
        var drafts = await Drafts();
        foreach (var state in Enum.GetValues<PublicState>())
        {
            var page = await List(new(State: state, Size: 100));
            Assert.That(page.Lines.Select(l => l.DocumentId), Has.None.Matches<Guid>(drafts.Contains), state.ToString());
            Assert.That(JsonSerializer.Serialize(page, Json.Options), Does.Not.Contain(Secret));
        }

        Assert.That((await List(new(Secret, State: PublicState.All))).Total, Is.Zero);
        foreach (var draft in drafts) Assert.That((await Ask(new ReadPublicDocument(draft))).Error?.Code, Is.EqualTo("not-found"));
    }

    [Test]
    public async Task Of_a_published_document_neither_people_nor_reviews_nor_reasons_are_told()
    {
        await _register.As("registrar").Send(new RepealDocument(_published.Document, "郴建发〔2014〕9号", "因当事人张三的投诉", new(2013, 6, 1)));
        var told = JsonSerializer.Serialize((await Ask(new ReadPublicDocument(_published.Document))).Value, Json.Options);
        Assert.That(told, Does.Contain("郴建发〔2014〕9号").And.Contain("第一条"));
        foreach (var hidden in new[] { "张三", "drafter", "reviewer", "registrar", "publisher", "起草人", "审查", "市长", "局长", "同意送审", "普遍适用" })
            Assert.That(told, Does.Not.Contain(hidden));
    }

    [TestCase("2013-04-01", 0, 0)]
    [TestCase("2013-04-02", 0, 1)]
    [TestCase("2013-05-05", 1, 1)]
    [TestCase("2014-12-31", 0, 1)]
    public async Task What_is_in_force_is_asked_for_any_day(string on, int inForce, int published)
    {
        await CorrectForce(new(2013, 5, 5));
        _register.On(2014, 2, 11);
        await _register.As("registrar").Send(new SuspendDocument(_published.Document, "郴建发〔2014〕1号", "试点", new(2014, 1, 1)));
        var day = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(((await List(new(On: day))).Total, (await List(new(On: day, State: PublicState.All))).Total), Is.EqualTo((inForce, published)));
    }

    private async Task CorrectForce(DateOnly on)
    {
        var fact = await _register.Scalar<Guid>("SELECT Id FROM Fact WHERE DocumentId = @Document AND Kind = 'in-force'", new { _published.Document });
        await _register.As("registrar").Send(new CorrectFact(_published.Document, fact, on, "原件", "抄错"));
    }

    [Test]
    public async Task A_repealed_document_stays_to_be_read_with_the_paper_that_repealed_it()
    {
        await _register.As("registrar").Send(new RepealDocument(_published.Document, "郴建发〔2014〕9号", "过时", new(2013, 6, 1)));
        var before = (await Ask(new ReadPublicDocument(_published.Document, new(2013, 5, 31)))).Value;
        var after = (await Ask(new ReadPublicDocument(_published.Document, new(2013, 6, 1)))).Value;
        Assert.That((before.Status, after.Status), Is.EqualTo((ValidityStatus.InForce, ValidityStatus.Repealed)));
        Assert.That(after.Relations, Is.EqualTo(new[] { new PublicRelation(FactKind.Repealed, new(2013, 6, 1), "郴建发〔2014〕9号", null) }));
        Assert.That((await List(new(On: new(2013, 6, 1)))).States.Select(s => (s.Value, s.Count)), Is.EqualTo(new[] { ("in-force", 0), ("ahead", 0), ("stopped", 0), ("ended", 1), ("all", 1) }));
    }

    [Test]
    public async Task The_paper_that_repealed_it_is_a_link_where_it_is_published_here_and_only_then()
    {
        var other = await Issuing.NumberedAsync(_register, DocumentKind.Department, "郴建发〔2013〕2号");
        await _register.As("registrar").Send(new RepealDocument(_published.Document, "郴建发〔2013〕2号", "代替"));
        Assert.That((await Ask(new ReadPublicDocument(_published.Document))).Value.Relations.Single().ById, Is.Null, "that one is numbered and not published");
        await _register.PublishAsync(other);
        Assert.That((await Ask(new ReadPublicDocument(_published.Document))).Value.Relations.Single().ById, Is.EqualTo(other.Document));
    }

    [Test]
    public async Task Each_date_has_its_name_and_the_text_is_the_published_one_with_its_digest()
    {
        var shown = (await Ask(new ReadPublicDocument(_published.Document))).Value;
        Assert.That((shown.Signed, shown.Registered, shown.Published, shown.InForce, shown.Printed), Is.EqualTo(((DateOnly?)new(2013, 3, 23), (DateOnly?)new(2013, 3, 23), new DateOnly(2013, 4, 2), new DateOnly(2013, 4, 2), (DateOnly?)null)));
        Assert.That((shown.IssueNumber, shown.IssuingBodies.Single()), Is.EqualTo(("郴建发〔2013〕1号", "郴州市住房和城乡建设局")));
        Assert.That((shown.Text, shown.Digest), Is.EqualTo((Journey.Text, CanonicalText.From(Journey.Text).Digest.ToString())));
        Assert.That(shown.Appearances.Single(), Is.EqualTo(new PublicAppearance { Carrier = "政府门户网站", On = new(2013, 4, 2), Place = "https://www.example.test/1" }));
    }

    [Test]
    public async Task A_publication_that_was_corrected_into_another_day_moves_what_is_shown()
    {
        var fact = await _register.Scalar<Guid>("SELECT Id FROM Fact WHERE DocumentId = @Document AND Kind = 'published'", new { _published.Document });
        _register.On(2013, 4, 10);
        await CorrectForce(new(2013, 4, 9));
        await _register.As("registrar").Send(new CorrectFact(_published.Document, fact, new(2013, 4, 8), "网站日志", "抄错"));
        Assert.That((await Ask(new ReadPublicDocument(_published.Document))).Value.Published, Is.EqualTo(new DateOnly(2013, 4, 8)));
        Assert.That((await List(new(On: new(2013, 4, 5), State: PublicState.All))).Total, Is.Zero);
    }

    [Test]
    public async Task An_old_paper_shows_once_somebody_has_checked_it_and_says_so()
    {
        var entered = (await _register.As("registrar").Send(new EnterElsewhere(
            "旧办法", DocumentKind.Government, World.CityOffice, World.City, [new(FactKind.Signed, new(2012, 3, 1)), new(FactKind.Published, new(2012, 3, 2))], "市政府公报"))).DocumentId;
        Assert.That((await Ask(new ReadPublicDocument(entered))).Error?.Code, Is.EqualTo("not-found"));
        await _register.As("registrar").Send(new ConfirmEntry(entered));
        var shown = (await Ask(new ReadPublicDocument(entered))).Value;
        Assert.That((shown.EnteredAfterwards, shown.Text, shown.Registered), Is.EqualTo((true, (string?)null, (DateOnly?)null)));
    }

    [Test]
    public async Task Filters_leave_as_many_as_they_say()
    {
        await _register.PublishedAsync("郴州市燃气管理办法");
        _register.On(2014, 2, 11);
        await _register.PublishedAsync("郴州市养犬管理办法");
        var all = await List(new(State: PublicState.All, Size: 1));
        Assert.That((all.Total, all.Lines.Count), Is.EqualTo((3, 1)));
        foreach (var state in all.States) Assert.That((await List(new(State: Kebab.Parse<PublicState>(state.Value)))).Total, Is.EqualTo(state.Count), state.Name);
        foreach (var body in all.Bodies) Assert.That((await List(new(State: PublicState.All, Body: body.Value))).Total, Is.EqualTo(body.Count), body.Name);
        foreach (var year in all.Years) Assert.That((await List(new(State: PublicState.All, Year: int.Parse(year.Value, System.Globalization.CultureInfo.InvariantCulture)))).Total, Is.EqualTo(year.Count), year.Name);
        var pages = new List<Guid>();
        for (var page = 1; page <= 3; page++) pages.AddRange((await List(new(State: PublicState.All, Page: page, Size: 1))).Lines.Select(l => l.DocumentId));
        Assert.That(pages, Is.Unique.And.Count.EqualTo(3));
    }

    [TestCase("房屋租赁", 1)]
    [TestCase("郴建发〔2013〕1号", 1)]
    [TestCase("郴建发(2013)1号", 1, Description = "as it is typed")]
    [TestCase("〔2013〕1", 1, Description = "a part of a number")]
    [TestCase("100%", 0)]
    [TestCase("_", 0, Description = "no pattern")]
    [TestCase("🦀", 0)]
    public async Task Search_is_by_title_and_number(string text, int found) => Assert.That((await List(new(text))).Total, Is.EqualTo(found));

    [TestCase(0, 20)]
    [TestCase(1, 0)]
    [TestCase(1, 101)]
    public async Task A_page_has_bounds(int page, int size) => Assert.That((await Ask(new ReadPublicDocuments(Page: page, Size: size))).Error?.Kind, Is.EqualTo(ErrorKind.Invalid));
}
