using Filing.Domain;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Tests.Support;

namespace Filing.Tests.Supervision;

/// <summary>The board counts what its lists list. Four documents of the city: filed in time, filed late, not filed, and still in time to be filed.</summary>
[TestFixture]
internal sealed class BoardFiguresTests
{
    private TestRegister _register = null!;

    [OneTimeSetUp]
    public async Task Publish_four()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        await Issuing.FiledAsync(_register, "郴政发〔2013〕1号");
        var late = await Issuing.PublishedAsync(_register, DocumentKind.Government, "郴政发〔2013〕2号");
        await Issuing.PublishedAsync(_register, DocumentKind.Government, "郴政发〔2013〕3号");
        await Issuing.PublishedAsync(_register, DocumentKind.Department, "郴建发〔2013〕4号");
        _register.On(2013, 6, 3);
        await _register.AddBasisAsync(late.Document);
        await _register.As("filer").Send(new FileUp(late.Document));
        await _register.As("receiver-province").Send(new ReceiveFiling(late.Document, FilingAnswer.Held, Note: "缺少制定说明"));
        await Issuing.PublishedAsync(_register, DocumentKind.Government, "郴政发〔2013〕5号");
    }

    [OneTimeTearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task<Board> BoardOf(string login, int? year = null) => await _register.As(login).Send(new ReadBoard(year));

    [TestCase("administrator")]
    [TestCase("auditor")]
    public async Task Those_who_handle_no_documents_read_no_board(string login)
    {
        Assert.That((await _register.As(login).Try(new ReadBoard())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(new ReadFilingDuties())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(new ReadDeadlines())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(new ReadValidity())).Error?.Code, Is.EqualTo("forbidden"));
    }

    [Test]
    public async Task Each_document_that_has_to_be_filed_is_counted_once_as_it_stands()
    {
        var tally = (await BoardOf("supervisor")).Filings.Single();
        Assert.That((tally.Code, tally.OnTime, tally.Late, tally.Unfiled, tally.Running, tally.Held), Is.EqualTo(("CZ", 1, 1, 1, 1, 1)));
        Assert.That((tally.Filed, tally.Due), Is.EqualTo((2, 3)), "what may still be filed in time is in no denominator");
    }

    [TestCase("supervisor")]
    [TestCase("supervisor-province")]
    [TestCase("drafter-finance")]
    public async Task Every_figure_of_filings_is_the_number_of_its_rows(string login)
    {
        var tallies = (await BoardOf(login)).Filings;
        foreach (var tally in tallies)
        {
            foreach (var (standing, count) in new[]
            {
                (FilingStanding.Due, tally.Due), (FilingStanding.Filed, tally.Filed), (FilingStanding.OnTime, tally.OnTime), (FilingStanding.Late, tally.Late),
                (FilingStanding.Unfiled, tally.Unfiled), (FilingStanding.Running, tally.Running), (FilingStanding.Held, tally.Held),
            })
            {
                var rows = await _register.As(login).Send(new ReadFilingDuties(standing, tally.Code));
                Assert.That((rows.Total, rows.Items.Count), Is.EqualTo((count, count)), standing.Chinese());
                if (standing is not (FilingStanding.Due or FilingStanding.Filed or FilingStanding.Held)) Assert.That(rows.Items.Select(r => r.Standing(_register.Today)), Has.All.EqualTo(standing));
            }
        }

        Assert.That(tallies.Sum(t => t.Due + t.Running), Is.EqualTo((await _register.As(login).Send(new ReadFilingDuties())).Total));
    }

    [Test]
    public async Task The_province_counts_what_is_to_be_filed_with_it_and_a_stranger_nothing()
    {
        Assert.That((await BoardOf("supervisor-province")).Filings.Single().Due, Is.EqualTo(3));
        var stranger = await BoardOf("drafter-finance");
        Assert.That((stranger.Filings.Count, stranger.Overdue.Count, stranger.Validity.Sum(v => v.Count)), Is.EqualTo((0, 0, 0)));
    }

    [TestCase(2013, 1)]
    [TestCase(2012, 0)]
    public async Task A_year_is_that_of_publication(int year, int governments) => Assert.That((await BoardOf("supervisor", year)).Filings, Has.Count.EqualTo(governments));

    [Test]
    public async Task Overdue_and_coming_duties_are_counted_by_limit_and_by_day_as_the_lists_have_them()
    {
        var board = await BoardOf("supervisor");
        Assert.That(board.Overdue.Select(l => (l.Name, l.Count)), Is.EqualTo(new[] { ("filing-to-superior", 1) }));
        foreach (var limit in board.Overdue) Assert.That((await _register.As("supervisor").Send(new ReadDeadlines(To: _register.Today.AddDays(-1), Limit: limit.Name))).Total, Is.EqualTo(limit.Count));
        Assert.That(board.Days.Sum(d => d.Count), Is.EqualTo((await _register.As("supervisor").Send(new ReadDeadlines(_register.Today, board.Last))).Total).And.GreaterThan(1));
        foreach (var day in board.Days) Assert.That((await _register.As("supervisor").Send(new ReadDeadlines(day.Due, day.Due, day.Name))).Total, Is.EqualTo(day.Count), $"{day.Due} {day.Name}");
        Assert.That(board.Monday.DayOfWeek, Is.EqualTo(DayOfWeek.Monday));
        Assert.That(board.RestDays, Has.Member(new DateOnly(2013, 6, 15)).Or.Member(board.Monday.AddDays(6)));
    }

    [Test]
    public async Task Each_part_of_validity_has_as_many_rows_as_it_says()
    {
        foreach (var (which, count) in (await BoardOf("supervisor")).Validity)
            Assert.That((await _register.As("supervisor").Send(new ReadValidity(which))).Total, Is.EqualTo(count), which.ToString());
    }

    [Test]
    public async Task A_span_that_ends_before_it_begins_is_refused() =>
        Assert.That((await _register.As("supervisor").Try(new ReadDeadlines(new(2013, 6, 2), new(2013, 6, 1)))).Error?.Field, Is.EqualTo("to"));
}
