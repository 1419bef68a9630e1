using System.Text.Json;
using Filing.Pipeline;
using Filing.Tests.Data;
using Filing.Tests.Support;
using Filing.Web.CommandLine;
using Filing.Web.Operations;

namespace Filing.Tests.CommandLine;

[TestFixture]
internal sealed class VerbTests
{
    private const string City = """{"code":"CZ","name":"郴州市人民政府","kind":"government","from":"2000-01-01","divisionCode":"431000"}""";

    private TempFolder _folder = null!;

    private string Data => _folder["data"];

    [SetUp]
    public void Empty() => _folder = new TempFolder();

    [TearDown]
    public void Leave() => _folder.Dispose();

    [Test]
    public async Task The_version_names_the_edition() =>
        Assert.That(await Cli.Done("--version"), Is.EqualTo($"filing {Edition.Version} {Edition.Name}"));

    [TestCase("bogus")]
    [TestCase("due", "--bogus")]
    [TestCase("number")]
    [TestCase("account")]
    [TestCase("account", "create", "--login", "x")]
    [TestCase("do")]
    [TestCase("do", "no-such-verb")]
    [TestCase("account", "key", "--login", "a", "--name", "b", "--days", "x")]
    [TestCase("serve", "--clock", "yesterday")]
    [TestCase("--clock", "2013-03-20T09:00+08:00,fast")]
    public async Task Wrong_use_is_told_on_the_error_stream_only(params string[] args)
    {
        var answer = await Cli.Run(args);
        Assert.That((answer.Code, answer.Out), Is.EqualTo((Exit.Misuse, "")));
        Assert.That(answer.Err, Does.Contain("。").And.Not.Match("[A-Za-z]+ [a-z]+ [a-z]+"), "in Chinese, whatever was typed");
    }

    [Test]
    public async Task Help_is_a_result_and_in_Chinese()
    {
        Assert.That(await Cli.Done("--help"), Does.Contain("建立或升级数据文件夹"));
        Assert.That(await Cli.Done("due", "--help"), Does.Contain("起算日"));
        foreach (var verb in new string[][] { [], ["serve"], ["account", "create"], ["account", "password"], ["do"], ["verify"], ["rehearse"] })
        {
            Assert.That(await Cli.Done([.. verb, "--help"]), Does.Not.Match("Description|REQUIRED|Show |default:|\\[command|\\[options|Usage"), string.Join(' ', verb));
        }
    }

    [Test]
    public async Task Numbers_are_written_canonically_one_line_each()
    {
        var answer = await Cli.Run("number", "郴政发（2013）2号", "不是文号", "czcr-2013-00002");
        Assert.That(answer.Code, Is.EqualTo(Exit.Refused), "one of them is none");
        var lines = answer.Out.TrimEnd('\n').Split('\n');
        Assert.That((lines[0], lines[2]), Is.EqualTo(("郴政发〔2013〕2号", "CZCR-2013-00002")));
        Assert.That(lines[1], Does.StartWith("number."));
        Assert.That((await Cli.Run("number", "郴政发〔2013〕2号")).Code, Is.EqualTo(Exit.Done));
        using var json = JsonDocument.Parse((await Cli.Run("number", "郴政发（2013）2号", "x", "--json")).Out);
        Assert.That(json.RootElement[0].GetProperty("canonical").GetString(), Is.EqualTo("郴政发〔2013〕2号"));
        Assert.That(json.RootElement[1].GetProperty("error").GetString(), Does.StartWith("number."));
    }

    [Test]
    public async Task Every_command_is_listed()
    {
        using var json = JsonDocument.Parse(await Cli.Done("verbs", "--json"));
        Assert.That(json.RootElement.EnumerateArray().Select(v => v.GetProperty("name").GetString()), Is.EqualTo(CommandCatalogue.All.Select(c => c.Name)));
        Assert.That(json.RootElement.EnumerateArray().Select(v => v.GetProperty("summary").GetString()), Has.All.Match("[一-鿿]"));
        Assert.That((await Cli.Done("verbs")).Split('\n'), Has.Length.EqualTo(CommandCatalogue.All.Count()));
    }

    [Test]
    [EmbeddedDatabase("its databases are made before a test asks for one, and used again")]
    public async Task A_folder_is_made_once_and_then_is_current()
    {
        Assert.That((await Cli.Done("migrate", "--data", Data)).Split('\n'), Has.Length.GreaterThan(1).And.All.Match(@"^\d{4}_\w+$"));
        Assert.That(await Cli.Done("migrate", "--data", Data), Is.Empty);
    }

    [Test]
    public async Task A_command_is_sent_from_the_line_from_a_file_and_from_standard_input()
    {
        Assert.That(Guid.TryParse((await Cli.Done("do", "establish-body", "--with", City, "--data", Data)).Trim('"'), out _), Is.True);
        await File.WriteAllTextAsync(_folder["b.json"], """{"code":"CZ-BGS","name":"办公室","kind":"government-office","from":"2000-01-01","parent":"CZ"}""");
        await Cli.Done("do", "establish-body", "--with", "@" + _folder["b.json"], "--data", Data);
        var third = await Cli.RunWith("""{"code":"CZ-CZJ","name":"财政局","kind":"department","from":"2000-01-01","parent":"CZ"}""", "do", "establish-body", "-", "--data", Data);
        Assert.That(third.Code, Is.EqualTo(Exit.Done), third.Err);
    }

    [Test]
    public async Task A_refusal_is_told_with_its_code_and_nothing_on_standard_output()
    {
        await Cli.Done("do", "establish-body", "--with", City, "--data", Data);
        var again = await Cli.Run("do", "establish-body", "--with", City, "--data", Data);
        Assert.That((again.Code, again.Out), Is.EqualTo((Exit.Refused, "")));
        Assert.That(again.Err, Does.StartWith("body.code-taken: "));
        var json = await Cli.Run("do", "establish-body", "--with", City, "--data", Data, "--json");
        using var error = JsonDocument.Parse(json.Err);
        Assert.That(error.RootElement.GetProperty("code").GetString(), Is.EqualTo("body.code-taken"));
    }

    [TestCase("""{"code":"CZ",""", "第 1 行")]
    [TestCase("""{"cod":"CZ"}""", "没有这一项")]
    [TestCase("""{"code":"CZ"}""", "缺少 name")]
    [TestCase("""{"code":"CZ","code":"CX"}""", "JSON")]
    [TestCase("""{"code":"CZ","name":"n","kind":"town","from":"2000-01-01"}""", "可用的值：government")]
    [TestCase("""{"code":"CZ","name":"n","kind":"government","from":"yesterday"}""", "类型或写法不对")]
    [TestCase("@there-is-none.json", "找不到文件")]
    public async Task A_body_that_cannot_be_read_is_wrong_use_and_says_where(string body, string says)
    {
        var answer = await Cli.Run("do", "establish-body", "--with", body, "--data", Data);
        Assert.That((answer.Code, answer.Out), Is.EqualTo((Exit.Misuse, "")));
        Assert.That(answer.Err, Does.Contain(says));
        Assert.That(Directory.Exists(Data) ? Directory.EnumerateFileSystemEntries(Data).Select(Path.GetFileName).Where(f => f != FilingOptions.FileName) : [], Is.Empty, "nothing was opened");
    }

    [Test]
    public async Task The_same_key_acts_once()
    {
        var first = await Cli.Done("do", "establish-body", "--with", City, "--data", Data, "--key", "k-1");
        Assert.That(await Cli.Done("do", "establish-body", "--with", City, "--data", Data, "--key", "k-1"), Is.EqualTo(first));
    }

    [Test]
    public async Task An_account_comes_with_its_post_or_not_at_all()
    {
        await Cli.Done("do", "establish-body", "--with", City, "--data", Data);
        var refused = await Cli.Run("account", "create", "--login", "root", "--name", "管理员", "--role", "administrator", "--body", "NONE", "--data", Data);
        Assert.That((refused.Code, refused.Out), Is.EqualTo((Exit.Misuse, "")));
        var made = await Cli.RunWith("a-long-password\n", "account", "create", "--login", "root", "--name", "管理员", "--password-stdin", "--role", "administrator", "--body", "CZ", "--data", Data);
        Assert.That(made.Code, Is.EqualTo(Exit.Done), made.Err);
        Assert.That(Guid.TryParse(made.Out.TrimEnd('\n'), out _), Is.True);
        await Cli.Done("do", "create-account", "--as", "root", "--with", """{"login":"second","name":"乙"}""", "--data", Data);
    }

    [Test]
    public async Task A_lost_password_is_set_one_s_own_is_changed_and_an_account_is_disabled()
    {
        await Cli.Done("account", "create", "--login", "clerk", "--name", "甲", "--data", Data);
        async Task<(int, string)> Password(string stdin, params string[] args)
        {
            var answer = await Cli.RunWith(stdin, ["account", "password", .. args, "--data", Data]);
            return (answer.Code, answer.Err.Split(':')[0].Trim());
        }

        Assert.That(await Password("", "--login", "clerk"), Is.EqualTo((Exit.Misuse, "password.missing")));
        Assert.That(await Password("a-long-password\n", "--login", "clerk"), Is.EqualTo((Exit.Done, "")));
        Assert.That(await Password("another-password\n", "--as", "clerk"), Is.EqualTo((Exit.Misuse, "password.current-missing")));
        Assert.That(await Password("another-password\nwrong-password\n", "--as", "clerk"), Is.EqualTo((Exit.Refused, "password.wrong")));
        Assert.That(await Password("another-password\na-long-password\n", "--as", "clerk"), Is.EqualTo((Exit.Done, "")));
        await Cli.Done("account", "disable", "--login", "clerk", "--reason", "调离", "--data", Data);
        Assert.That((await Cli.Run("account", "disable", "--login", "clerk", "--reason", "调离", "--data", Data)).Err, Does.StartWith("account.disabled"));
        await Cli.Done("account", "enable", "--login", "clerk", "--reason", "调回", "--data", Data);
    }

    [Test]
    public async Task Whoever_is_named_acts_with_his_own_rights_only()
    {
        await Cli.Done("do", "establish-body", "--with", City, "--data", Data);
        await Cli.Done("account", "create", "--login", "clerk", "--name", "甲", "--role", "registrar", "--body", "CZ", "--data", Data);
        var refused = await Cli.Run("do", "establish-body", "--as", "clerk", "--with", City, "--data", Data);
        Assert.That((refused.Code, refused.Err[..10]), Is.EqualTo((Exit.Refused, "forbidden:")));
        Assert.That((await Cli.Run("do", "establish-body", "--as", "nobody", "--with", City, "--data", Data)).Code, Is.EqualTo(Exit.Misuse));
    }

    [Test]
    public async Task A_key_is_printed_once_and_only_its_hash_is_kept()
    {
        await Cli.Done("account", "create", "--login", "oa", "--name", "OA 接口", "--data", Data);
        var key = await Cli.Done("account", "key", "--login", "oa", "--name", "OA", "--data", Data);
        Assert.That(key, Does.Match("^filing_[A-Za-z0-9_-]{43}$"));
        var bytes = Directory.EnumerateFiles(Data).SelectMany(File.ReadAllBytes).ToArray();
        Assert.That(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(key)), Is.Negative);
        Assert.That((await Cli.Run("account", "key", "--login", "none", "--name", "OA", "--data", Data)).Code, Is.EqualTo(Exit.Misuse));
        Assert.That((await Cli.Run("account", "key", "--login", "oa", "--name", "OA", "--days", "0", "--data", Data)).Code, Is.EqualTo(Exit.Misuse));
    }

    [Test]
    [EmbeddedDatabase("there is no file")]
    public async Task A_file_that_is_no_database_is_told_in_one_line()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "filing.db"), new string('x', 8192));
        var answer = await Cli.Run("migrate", "--data", Data);
        Assert.That((answer.Code, answer.Out), Is.EqualTo((Exit.Refused, "")));
        Assert.That(answer.Err.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }
}
