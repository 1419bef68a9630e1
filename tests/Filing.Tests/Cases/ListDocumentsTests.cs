using Filing.Features.Cases;
using Filing.Tests.Support;

namespace Filing.Tests.Cases;

/// <summary>The list of documents: newest first, a page at a time, for those who have to do with them.</summary>
[TestFixture]
internal sealed class ListDocumentsTests
{
    private readonly List<Guid> _documents = [];
    private TestRegister _register = null!;

    [OneTimeSetUp]
    public async Task Five_drafts_of_which_two_came_in_at_the_same_moment_and_a_published_document()
    {
        _register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 4, 1, 9, 3, 0, TimeSpan.FromHours(8)));
        foreach (var (title, minutes) in new[] { ("租赁办法", 0), ("100%供水", 1), ("养犬办法", 0), ("燃气_办法", 1), ("停车办法", 1) })
        {
            _register.Clock.Move(_register.Clock.GetUtcNow().AddMinutes(minutes), 0);
            _documents.Add((await _register.As("drafter").Send(Life.Draft() with { Title = title })).DocumentId);
        }

        _register.Clock.Move(_register.Clock.GetUtcNow().AddMinutes(1), 0);
        _documents.Add((await new Life(_register.Today, 7).ToAsync(_register, "publish")).Document);
    }

    [OneTimeTearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task<List<DocumentLine>> PagesAsync(string? login, int size, string? search = null)
    {
        var (seen, before) = (new List<DocumentLine>(), (string?)null);
        do
        {
            var page = await _register.Send(login, new ListDocuments(search, before, size));
            Assert.That(page.Rows, Has.Count.LessThanOrEqualTo(size));
            seen.AddRange(page.Rows);
            before = page.Next;
        }
        while (before is not null);
        return seen;
    }

    // those who have to do with all of them, and who is at the command line
    [TestCase("drafter", 1)]
    [TestCase("drafter", 2)]
    [TestCase("reviewer", 4)]
    [TestCase(null, 1)]
    [TestCase(null, 6)]
    public async Task Each_page_begins_where_the_one_before_ended(string? login, int size)
    {
        var seen = await PagesAsync(login, size);
        Assert.That(seen.Select(d => d.Id), Is.EquivalentTo(_documents));
        Assert.That(seen.Select(d => d.CreatedAt), Is.Ordered.Descending);
    }

    [Test]
    public async Task The_filing_authority_lists_what_was_published_and_a_stranger_nothing()
    {
        Assert.That((await PagesAsync("supervisor-province", 50)).Select(d => d.Id), Is.EqualTo(_documents[^1..]));
        Assert.That(await PagesAsync("drafter-finance", 50), Is.Empty);
    }

    // a part of a title; signs that SQL gives a meaning; a number; what nothing bears
    [TestCase("办法", 5)]
    [TestCase("租赁", 2)]
    [TestCase("%", 1)]
    [TestCase("_", 1)]
    [TestCase("郴政发〔2013〕7号", 1)]
    [TestCase(" 郴政发〔2013〕7号 ", 1)]
    [TestCase("郴政发〔2013〕8号", 0)]
    [TestCase("没有这样的标题", 0)]
    public async Task A_search_finds_a_number_or_else_words_of_the_title(string words, int found)
    {
        if (words is "%" or "_") TestDatabase.NotOnBabelfish("its LIKE does not find an escaped sign behind a wildcard");
        foreach (var login in new[] { "drafter", null })
        {
            Assert.That(await PagesAsync(login, 50, words), Has.Count.EqualTo(found), login);
            Assert.That(await PagesAsync(login, 2, words), Has.Count.EqualTo(found), login);
        }

        Assert.That(await PagesAsync("drafter-finance", 50, words), Is.Empty);
    }

    [TestCase("nonsense")]
    [TestCase("2013-04-01T01:03:00.000Z")]
    [TestCase("2013-04-01T01:03:00.000Z_x")]
    public async Task A_place_that_no_page_gave_is_refused(string before) =>
        Assert.That((await _register.As("drafter").Try(new ListDocuments(Before: before))).Error?.Code, Is.EqualTo("list.bad-place"));
}
