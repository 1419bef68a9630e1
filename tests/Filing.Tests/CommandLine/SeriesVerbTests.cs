using System.Text.Json;
using Filing.Features.Registration;
using Filing.Tests.Support;
using Filing.Web.CommandLine;

namespace Filing.Tests.CommandLine;

/// <summary><c>filing series</c> over a register whose first number was replaced.</summary>
[TestFixture]
internal sealed class SeriesVerbTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Number_a_document()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        var journey = await Issuing.NumberedAsync(_register);
        await _register.As("registrar").Send(new VoidNumber(journey.Document, "CZCR-2013-00001", "错编", true));
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<Answer> Series(params string[] args) => Cli.Run(["series", .. args, "--data", _register.Folder]);

    [Test]
    public async Task A_whole_series_is_said_with_its_void_numbers()
    {
        var answer = await Series();
        Assert.That((answer.Code, answer.Err), Is.EqualTo((Exit.Done, "")));
        Assert.That(answer.Out, Does.Match("连续  统一登记号  郴州市人民政府  .*2013年：起始 1，已编 1，作废 1，下一号 CZCR-2013-00003\n    作废 CZCR-2013-00001：2013-03-23，registrar，错编\n"));
        Assert.That(answer.Out, Does.Match("外编  发文字号  .*2013年：已记录 1，作废 0\n"));
    }

    [Test]
    public async Task A_book_that_lost_its_count_is_broken_and_the_exit_code_says_so()
    {
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE SeriesYear SET Next = 5"));
        var answer = await Series("--json");
        Assert.That(answer.Code, Is.EqualTo(Exit.Refused));
        using var json = JsonDocument.Parse(answer.Out);
        var owned = json.RootElement.EnumerateArray().Single(s => s.GetProperty("pool").GetString() == "owned");
        Assert.That((owned.GetProperty("gapless").GetBoolean(), owned.GetProperty("opening").GetInt32(), owned.GetProperty("next").GetInt32()), Is.EqualTo((false, 1, 5)));
        Assert.That(owned.GetProperty("faults").EnumerateArray().Select(f => f.GetString()![^6..]), Is.EqualTo(["缺第 3 号", "缺第 4 号"]));
        Assert.That(json.RootElement.EnumerateArray().Single(s => s.GetProperty("pool").GetString() == "external").GetProperty("broken").GetBoolean(), Is.False, "of others' numbers gaps are no fault");
        Assert.That((await Series()).Out, Does.StartWith("不符").Or.Contain("\n不符"));
    }

    [Test]
    public async Task One_body_and_what_an_officer_sees()
    {
        Assert.That((await Series("--body", World.Housing)).Out, Is.Empty);
        Assert.That((await Series("--body", World.City)).Out, Does.Contain("CZCR"));
        Assert.That((await Series("--as", "receiver-province")).Out, Is.Empty);
        var unknown = await Series("--body", "NONE");
        Assert.That((unknown.Code, unknown.Out, unknown.Err), Is.EqualTo((Exit.Misuse, "", "body.unknown: 没有代码为“NONE”的机关。（--body）\n")));
        Assert.That((await Series("--as", "administrator")).Code, Is.EqualTo(Exit.Refused));
    }
}
