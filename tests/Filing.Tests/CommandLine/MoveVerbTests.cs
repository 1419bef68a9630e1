using System.Text.Json;
using Filing.Data;
using Filing.Tests.Data;
using Filing.Tests.Support;
using Filing.Web.CommandLine;
using Filing.Web.Operations;
using Microsoft.Data.SqlClient;

namespace Filing.Tests.CommandLine;

[TestFixture]
internal sealed class MoveVerbTests
{
    private TempFolder _folder = null!;

    private string Data => _folder["data"];

    [SetUp]
    public void Empty() => _folder = new TempFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [TestCase("move.to-missing")]
    [TestCase("move.undo", "--undo", "--to", "Server=s;Database=d")]
    [TestCase("move.to-unreadable", "--to", "@there-is-none.txt")]
    [TestCase("move.no-database", "--to", "Server=s")]
    [TestCase("move.no-source", "--to", "Server=s;Database=d")]
    [TestCase("move.no-source", "--undo")]
    public async Task Wrong_use_is_told_and_makes_no_folder(string code, params string[] args)
    {
        var answer = await Cli.Run(["move", "--from", _folder["none"], .. args]);
        Assert.That((answer.Code, answer.Out, answer.Err.Split(':')[0]), Is.EqualTo((Exit.Misuse, "", code)));
        Assert.That(Directory.Exists(_folder["none"]), Is.False);
    }

    [Test]
    public async Task An_empty_file_is_no_connection_string_and_a_source_must_be_named()
    {
        await File.WriteAllTextAsync(_folder["to.txt"], " \n");
        Assert.That((await Cli.Run("move", "--from", Data, "--to", "@" + _folder["to.txt"])).Err, Does.StartWith("move.to-empty"));
        Assert.That((await Cli.Run("move", "--undo")).Err, Does.Contain("--from").And.Contain("缺少必填选项"));
        Assert.That(await Cli.Done("move", "--help"), Does.Contain("--undo").And.Not.Match("Description|REQUIRED"));
    }

    [Test]
    [EmbeddedDatabase("a move begins there")]
    public async Task A_demonstration_moves_and_everything_holds_on_the_server()
    {
        if (TestDatabase.Server is null) Assert.Ignore("FILING_TEST_SQLSERVER is not set.");
        await Cli.Done("seed", "--demo", "--data", Data);
        var target = await TestDatabase.TakeAsync();
        try
        {
            await File.WriteAllTextAsync(_folder["to.txt"], target + "\n");
            var moved = await Cli.Run("move", "--from", Data, "--to", "@" + _folder["to.txt"]);
            Assert.That(moved.Code, Is.EqualTo(Exit.Done), moved.Err);
            Assert.That(moved.Out, Does.Contain("逐行核对一致").And.Contain("""{"Database":{"SqlServer":""").And.Contain("materials"));
            Assert.That(moved.Out + moved.Err, Does.Not.Contain(new SqlConnectionStringBuilder(target).Password));
            Assert.That(moved.Err, Does.Match("(?m)^写入  Event  \\d+ 行，完成$").And.Match("(?m)^核对  Event  \\d+ 行，完成$"));
            Assert.That((await Cli.Run("verify", "--data", Data)).Err, Does.StartWith("register.moved"));
            await File.WriteAllTextAsync(Path.Combine(Data, FilingOptions.FileName), JsonSerializer.Serialize(new { Database = new { SqlServer = target } }));
            var verified = await Cli.Run("verify", "--data", Data);
            Assert.That(verified.Code, Is.EqualTo(Exit.Done), verified.Out);
            File.Delete(Path.Combine(Data, FilingOptions.FileName));
            Assert.That(await Cli.Done("move", "--from", Data, "--undo"), Does.StartWith("已恢复使用").And.Contain("只能用其中一处"));
            Assert.That((await Cli.Run("verify", "--data", Data)).Code, Is.EqualTo(Exit.Done));
        }
        finally
        {
            TestDatabase.GiveBack(target);
        }
    }

    [Test]
    [EmbeddedDatabase("a move begins there")]
    public async Task A_register_whose_record_is_broken_is_not_moved()
    {
        if (TestDatabase.Server is null) Assert.Ignore("FILING_TEST_SQLSERVER is not set.");
        await Cli.Done("do", "establish-body", "--with", """{"code":"CZ","name":"郴州市人民政府","kind":"government","from":"2000-01-01","divisionCode":"431000"}""", "--data", Data);
        await using (var db = Database.OpenSqlite(Data)) await db.WriteAsync(s => s.ExecuteAsync("DROP TRIGGER TR_Event_NoUpdate"));
        await using (var db = Database.OpenSqlite(Data)) await db.WriteAsync(s => s.ExecuteAsync("UPDATE Event SET Digest = 'x'"));
        var target = await TestDatabase.TakeAsync();
        try
        {
            var refused = await Cli.Run("move", "--from", Data, "--to", target);
            Assert.That((refused.Code, refused.Err.Split(':')[0]), Is.EqualTo((Exit.Refused, "move.source-broken")));
            Assert.That(refused.Out, Does.Contain("events-whole"));
            Assert.That((await Cli.Run("migrate", "--data", Data)).Code, Is.EqualTo(Exit.Done), "it was not marked");
        }
        finally
        {
            TestDatabase.GiveBack(target);
        }
    }
}
