using Filing.Features.Drafting;
using Filing.Tests.Support;

namespace Filing.Tests.Cases;

/// <summary>What comes through when several act at the same moment, in one process and in several: what SQLite's one writer gives for nothing has to be taken care of on a server.</summary>
[TestFixture]
[BuiltInHost("several processes on one register do not share what Elsa keeps")]
internal sealed class AtOnceTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync();

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    [Test]
    public async Task Of_two_commands_on_a_document_that_exclude_each_other_one_comes_through()
    {
        var document = await _register.IdentifiedAsync();
        var both = await Task.WhenAll(
            Task.Run(() => _register.System.Try(new RecordUnless(document, "甲", "乙"))),
            Task.Run(() => _register.System.Try(new RecordUnless(document, "乙", "甲"))));
        Assert.That(both.Select(r => r.Error?.Code), Is.EquivalentTo(new[] { null, "gate.closed" }));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Fact WHERE DocumentId = @document AND Source IN ('甲', '乙')", new { document }), Is.EqualTo(1));
    }

    [Test]
    public async Task Commands_on_different_documents_do_not_wait_for_one_another()
    {
        if (!TestDatabase.IsSqlServer) Assert.Ignore("On SQLite all that write come one after the other.");
        var (one, other) = (await _register.IdentifiedAsync("甲"), await _register.IdentifiedAsync("乙"));
        await _register.Database.WriteAsync(async db =>
        {
            await db.HoldAsync("document", one);
            Assert.That((await _register.System.Try(new RecordUnless(other, "甲", "乙"))).Error, Is.Null);
            return true;
        });
    }

    [Test]
    public async Task A_command_that_the_server_throws_out_is_sent_again_and_comes_through()
    {
        if (!TestDatabase.IsSqlServer) Assert.Ignore("On SQLite nobody waits for a row.");
        foreach (var name in new[] { "left", "right" })
            await _register.Database.WriteAsync(db => db.InsertIfAbsentAsync("Setting", ["Name"], ["Value"], new { Name = name, Value = "" }));
        var meeting = CountBoth.Open();
        var both = await Task.WhenAll(
            Task.Run(() => _register.System.Try(new CountBoth("left", "right", meeting))),
            Task.Run(() => _register.System.Try(new CountBoth("right", "left", meeting))));
        Assert.That(both.Select(r => r.Error), Has.All.Null);
        Assert.That(CountBoth.Attempts(meeting), Is.GreaterThan(2), "one of the two was thrown out");
        Assert.That(await _register.Rows<string>("SELECT Value FROM Setting WHERE Name IN ('left', 'right')"), Is.EqualTo(["++", "++"]), "each once in each");
    }

    [Test]
    public async Task A_request_that_two_servers_receive_under_one_key_acts_once_and_has_one_answer()
    {
        await using var secondDatabase = await TestDatabase.OpenAsync(_register.Folder);
        await using var second = TestRegister.Provide(secondDatabase, _register.Laws, _register.Clock, _register.Folder);
        var submit = new SubmitDraft("郴州市城镇房屋租赁管理办法", Filing.Domain.DocumentKind.Government, World.Housing, World.City, "第一条 为了规范房屋租赁，制定本办法。", true);
        var drafter = _register.As("drafter");
        for (var round = 0; round < 5; round++)
        {
            var key = $"k-{round}";
            var answers = await Task.WhenAll(Task.Run(() => drafter.Send(submit, key)), Task.Run(() => drafter.Send(submit, key, second)));
            Assert.That(answers[1], Is.EqualTo(answers[0]));
        }

        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Document"), Is.EqualTo(5));
    }
}
