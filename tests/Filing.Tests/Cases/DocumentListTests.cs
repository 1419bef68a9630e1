using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Tests.Support;

namespace Filing.Tests.Cases;

/// <summary>The list of documents and the figures beside its filters.</summary>
[TestFixture]
internal sealed class DocumentListTests
{
    private TestRegister _register = null!;

    [OneTimeSetUp]
    public async Task Bring_documents_to_every_stage()
    {
        _register = await TestRegister.OpenAsync(new DateTimeOffset(2012, 12, 27, 9, 3, 0, TimeSpan.FromHours(8)));
        await _register.IdentifiedAsync("草案一");
        var dropped = await _register.IdentifiedAsync("草案二");
        await _register.As("drafter").Send(new WithdrawDraft(dropped, "不再制定"));
        // Four hours into 2013 in China is still 2012 in UTC.
        _register.On(2013, 1, 1, 4, 0);
        await _register.UnderReviewAsync("草案三");
        await _register.PublishedAsync("办法四");
        await _register.As("drafter").Send(new SubmitDraft("局文件五", DocumentKind.Department, World.Housing, World.Housing, "第一条 局内。", true));
        await _register.As("registrar").Send(new EnterElsewhere("旧办法六", DocumentKind.Government, World.CityOffice, World.City, [new(FactKind.Signed, new(2012, 3, 1)), new(FactKind.Published, new(2012, 3, 2))], "公报"));
        _register.On(2013, 3, 1);
    }

    [OneTimeTearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task<int> Rows(string login, ListDocuments query)
    {
        var (rows, before) = (0, (string?)null);
        do
        {
            var page = await _register.As(login).Send(query with { Before = before, Size = 2 });
            (rows, before) = (rows + page.Rows.Count, page.Next);
        }
        while (before is not null);
        return rows;
    }

    [TestCase("drafter")]
    [TestCase("registrar")]
    [TestCase("drafter-finance")]
    public async Task Every_figure_is_the_number_of_rows_that_its_filter_leaves(string login)
    {
        foreach (var (list, count) in new (ListDocuments, CountDocuments)[]
        {
            (new(), new()), (new("草案"), new("草案")), (new(Kind: DocumentKind.Government, Year: 2013), new(Kind: DocumentKind.Government, Year: 2013)), (new(Late: true), new(Late: true)),
            (new(Group: StageGroup.Drafting, Mine: true), new(Group: StageGroup.Drafting, Mine: true)),
        })
        {
            var counts = await _register.As(login).Send(count);
            Assert.That(await Rows(login, list), Is.EqualTo(counts.Total));
            foreach (var (group, n) in counts.Groups) Assert.That(await Rows(login, list with { Group = group }), Is.EqualTo(n), group.ToString());
            foreach (var (kind, n) in counts.Kinds) Assert.That(await Rows(login, list with { Kind = kind }), Is.EqualTo(n), kind.ToString());
            foreach (var (origin, n) in counts.Origins) Assert.That(await Rows(login, list with { Origin = origin }), Is.EqualTo(n), origin.ToString());
            foreach (var (year, n) in counts.Years) Assert.That(await Rows(login, list with { Year = year }), Is.EqualTo(n), $"{year}");
            Assert.That(await Rows(login, list with { Mine = true }), Is.EqualTo(counts.Mine));
            Assert.That(await Rows(login, list with { Late = true }), Is.EqualTo(counts.Late));
        }
    }

    [Test]
    public async Task Documents_fall_into_the_groups_that_people_look_for()
    {
        var counts = await _register.As("registrar").Send(new CountDocuments());
        Assert.That(counts.Groups, Is.EqualTo(new Dictionary<StageGroup, int> { [StageGroup.Drafting] = 2, [StageGroup.Review] = 1, [StageGroup.Published] = 2, [StageGroup.Dropped] = 1 }));
        Assert.That(counts.Years, Is.EqualTo(new Dictionary<int, int> { [2013] = 4, [2012] = 2 }));
        Assert.That((counts.Origins[DocumentOrigin.Elsewhere], counts.Kinds[DocumentKind.Department], counts.Total), Is.EqualTo((1, 1, 6)));
        Assert.That(counts.Late, Is.GreaterThan(0));
    }

    [Test]
    public async Task Mine_are_those_that_I_submitted() =>
        Assert.That(((await _register.As("drafter").Send(new CountDocuments())).Mine, (await _register.As("signer").Send(new CountDocuments())).Mine), Is.EqualTo((5, 0)));

    [Test]
    public async Task Whoever_is_no_party_counts_none() => Assert.That((await _register.As("drafter-finance").Send(new CountDocuments())).Total, Is.Zero);

    [TestCase("administrator")]
    public async Task Those_who_handle_no_documents_count_none(string login) => Assert.That((await _register.As(login).Try(new CountDocuments())).Error?.Code, Is.EqualTo("forbidden"));

    [Test]
    public async Task A_year_that_cannot_be_is_refused() => Assert.That((await _register.As("drafter").Try(new ListDocuments(Year: 0))).Error?.Code, Is.EqualTo("list.bad-year"));
}
