using System.Text.Json;
using Filing.Domain;
using Filing.Features.Validity;
using Filing.Tests.Support;
using Filing.Web.CommandLine;

namespace Filing.Tests.CommandLine;

/// <summary><c>filing status</c> over a register with one published document.</summary>
[TestFixture]
internal sealed class StatusVerbTests
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
        _register.On(2014, 5, 6);
        await _register.As("registrar").Send(new RepealDocument(_journey.Document, "郴建发〔2014〕9号，\"新办法\"", "已被代替"));
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<Answer> Status(params string[] args) => Cli.Run(["status", .. args, "--data", _register.Folder]);

    [Test]
    public async Task Lines_for_people_name_the_facts()
    {
        var answer = await Status("--on", "2014-05-06");
        Assert.That((answer.Code, answer.Err), Is.EqualTo((Exit.Done, "")));
        Assert.That(answer.Out, Does.StartWith("废止  郴州市城镇房屋租赁管理办法（郴建发〔2013〕1号，CZCR-2013-"));
        Assert.That(answer.Out, Does.Contain("    废止 2014-05-06（2014-05-06 10:07:00 记录；郴建发〔2014〕9号，\"新办法\"；已被代替）\n"));
        Assert.That((await Status("--on", "2014-05-05")).Out, Does.StartWith("有效  ").And.Not.Contain("废止"));
        Assert.That((await Status("--on", "2014-05-06", "--known-on", "2014-05-05")).Out, Does.StartWith("有效  "));
    }

    [Test]
    public async Task Json_is_one_value_and_csv_has_one_line_a_document()
    {
        using var json = JsonDocument.Parse((await Status("--on", "2014-05-06", "--known-on", "2014-05-06", "--json")).Out);
        Assert.That((json.RootElement.GetProperty("on").GetString(), json.RootElement.GetProperty("knownOn").GetString()), Is.EqualTo(("2014-05-06", "2014-05-06")));
        var item = json.RootElement.GetProperty("items")[0];
        Assert.That((item.GetProperty("documentId").GetGuid(), item.GetProperty("status").GetString(), item.GetProperty("name").GetString()), Is.EqualTo((_journey.Document, "repealed", "废止")));
        Assert.That(item.GetProperty("facts").EnumerateArray().Select(f => f.GetProperty("kind").GetString()), Has.Member("repealed"));
        var rows = new CsvRows(new StringReader((await Status("--on", "2014-05-06", "--csv")).Out));
        Assert.That(rows.Read(), Is.True);
        var header = rows.Fields.ToList();
        Assert.That(rows.Read(), Is.True);
        Assert.That((rows.Fields.Count, rows.Fields[header.IndexOf("status")], rows.Fields[header.IndexOf("issue_number")]), Is.EqualTo((header.Count, "repealed", "郴建发〔2013〕1号")));
        Assert.That(rows.Fields[header.IndexOf("facts")], Does.Contain("郴建发〔2014〕9号，\"新办法\""));
        Assert.That(rows.Read(), Is.False);
    }

    [Test]
    public async Task Before_the_register_began_nothing_is_known_and_that_is_said()
    {
        var answer = await Status("--on", "2014-05-06", "--known-on", "2000-01-01", "--json");
        Assert.That(answer.Code, Is.EqualTo(Exit.Done));
        using var json = JsonDocument.Parse(answer.Out);
        Assert.That((json.RootElement.GetProperty("nothingKnown").GetBoolean(), json.RootElement.GetProperty("items").GetArrayLength()), Is.EqualTo((true, 0)));
        Assert.That(answer.Err, Does.Contain("一无所知"));
    }

    [TestCase("status.date", "--on", "--on", "2014-02-30")]
    [TestCase("status.date", "--known-on", "--known-on", "昨天")]
    [TestCase("body.unknown", "--body", "--body", "NONE")]
    [TestCase("status.one-form", "--csv", "--csv", "--json")]
    [TestCase("account.unknown", "--as", "--as", "nobody")]
    public async Task What_cannot_be_asked_is_refused_and_named(string code, string field, params string[] args)
    {
        var answer = await Status(args);
        Assert.That((answer.Code, answer.Out), Is.EqualTo((Exit.Misuse, "")));
        Assert.That(answer.Err, args.Contains("--json") ? Does.Contain($"\"{code}\"").And.Contain(field) : Does.StartWith($"{code}: ").And.Contain($"（{field}）"));
    }

    [Test]
    public async Task One_body_or_what_an_officer_sees()
    {
        Assert.That((await Status("--body", World.Finance)).Out, Is.Empty);
        Assert.That((await Status("--body", World.Housing)).Out, Does.Contain("郴建发〔2013〕1号"));
        Assert.That((await Status("--as", "drafter-finance")).Out, Is.Empty);
        Assert.That((await Status("--as", "administrator")).Code, Is.EqualTo(Exit.Refused));
    }
}
