using System.Text.Json;
using Filing.Pipeline;
using Filing.Tests.CommandLine;
using Filing.Tests.Data;
using Filing.Web;
using Filing.Web.Operations;
using Microsoft.Extensions.Configuration;

namespace Filing.Tests.Web;

[TestFixture]
internal sealed class StartTests
{
    private static readonly ClockSetting Moved = ClockSetting.Parse("2013-03-20T09:00+08:00,x0").Value;

    [TestCase("2013-03-20T09:00+08:00", "2013-03-20T01:00:00Z", 1)]
    [TestCase("2013-03-20T09:00:30+08:00,x36000", "2013-03-20T01:00:30Z", 36000)]
    [TestCase("2013-03-20T09:00", "2013-03-20T01:00:00Z", 1)]
    [TestCase("2013-03-20T09:00Z,x0", "2013-03-20T09:00:00Z", 0)]
    [TestCase("2013-03-20T09:00,x0.5", "2013-03-20T01:00:00Z", 0.5)]
    public void A_clock_is_a_moment_and_a_pace(string text, string to, double rate)
    {
        var clock = ClockSetting.Parse(text).Value;
        Assert.That((clock.To, clock.Rate), Is.EqualTo((DateTimeOffset.Parse(to, System.Globalization.CultureInfo.InvariantCulture), rate)));
        Assert.That(ClockSetting.Parse(clock.ToString()).Value, Is.EqualTo(clock));
    }

    [TestCase("")]
    [TestCase("2013-03-20")]
    [TestCase("2013-03-20T09:00,36000")]
    [TestCase("2013-03-20T09:00,x-1")]
    [TestCase("2013-03-20T09:00,xNaN")]
    [TestCase("2013-03-20T09:00,x1,x2")]
    public void Anything_else_is_no_clock(string text) => Assert.That(ClockSetting.Parse(text).Error?.Code, Is.EqualTo("clock.unreadable"));

    [Test]
    public async Task Production_moves_no_clock_and_leaves_no_folder_behind()
    {
        using var folder = new TempFolder();
        var refused = await Server.OpenAsync(new(folder["data"], Clock: Moved, Environment: "Production"));
        Assert.That(refused.Error?.Code, Is.EqualTo("clock.production"));
        Assert.That(Directory.Exists(folder["data"]), Is.False);
    }

    [Test]
    public async Task A_folder_remembers_a_moved_clock_and_Production_refuses_it()
    {
        await using var server = await TestServer.StartAsync("Development", Moved);
        Assert.That(await server.Browser().GetStringAsync("/sign-in"), Does.Contain("系统时钟已移动").And.Contain("2013年3月20日"));
        var refused = await Server.OpenAsync(new(server.Register.Folder, Environment: "Production"));
        Assert.That(refused.Error?.Code, Is.EqualTo("clock.folder-moved"));
        await using var again = await SignInTests.Reopened(server, "Development");
        using var browser = new HttpClient { BaseAddress = new Uri(again.App.Urls.First()) };
        Assert.That(await browser.GetStringAsync("/sign-in"), Does.Contain("曾在移动的时钟下使用"));
    }

    [Test]
    public async Task Production_refuses_a_demonstration()
    {
        await using var server = await TestServer.StartAsync("Development", demo: true);
        var refused = await Server.OpenAsync(new(server.Register.Folder, Environment: "Production"));
        Assert.That(refused.Error?.Code, Is.EqualTo("demo.production"));
    }

    [TestCase("Workflows:Host", "Nowhere", "config.value")]
    [TestCase("Workflows:Api", "true", "config.only-with-elsa")]
    [TestCase("Workflows:Studio", "nowhere", "config.value")]
    [TestCase("Timers:Host", "", "config.value")]
    [TestCase("Timers:IntervalSeconds", "0", "config.value")]
    [TestCase("Workflows:Hots", "BuiltIn", "config.unknown-key")]
    [TestCase("Materials:LimitMegabytes", "0", "config.value")]
    [TestCase("Materials:LimitMegabytes", "1e3", "config.value")]
    [TestCase("SignIn:SessionMinutes", "never", "config.value")]
    [TestCase("SignIn:AttemptsPerMinute", "-1", "config.value")]
    [TestCase("Mail:From", "nobody", "config.value")]
    [TestCase("Mail:Port", "65536", "config.value")]
    [TestCase("Mail:Tls", "1", "config.value")]
    public async Task A_choice_that_cannot_be_stops_the_start_and_names_its_key(string key, string value, string code)
    {
        using var folder = new TempFolder();
        var refused = await Server.OpenAsync(new(folder["data"], Environment: "Production"), b =>
        {
            b.Configuration["Workflows:Host"] = "BuiltIn";
            b.Configuration[key] = value;
        });
        Assert.That((refused.Error?.Code, refused.Error?.Field), Is.EqualTo((code, key)));
        Assert.That(refused.Error!.Message, Does.Contain(key));
        Assert.That(Directory.Exists(folder["data"]), Is.False);
    }

    [TestCase("/nowhere/mounted", "Data Source=s", "BuiltIn", "config.value")]
    [TestCase("", null, "BuiltIn", null)]
    [TestCase(".", null, "BuiltIn", "config.needs-sql-server")]
    [TestCase(".", "Data Source=s", "BuiltIn", null)]
    [TestCase(".", "Data Source=s", "Elsa", "config.one-server")]
    public void What_servers_share_is_a_folder_that_is_there_a_server_of_SQL_and_our_own_runner(string folder, string? server, string host, string? code)
    {
        Assume.That(Edition.WorkflowHosts, Does.Contain(host), "the edition has it");
        var read = FilingOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Servers:SharedFolder", folder), new("Database:SqlServer", server ?? ""), new("Workflows:Host", host)]).Build());
        Assert.That((read.Error?.Code, read.Error?.Field), Is.EqualTo((code, code is null ? null : "Servers:SharedFolder")));
        if (code is null) Assert.That(read.Value.SharedFolder, Is.EqualTo(folder.Length == 0 ? null : Path.GetFullPath(folder)));
    }

    [Test]
    public void The_Core_edition_says_that_it_lacks_what_the_Full_one_has()
    {
        Assume.That(Edition.Name, Is.EqualTo("Core"));
        var error = FilingOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Workflows:Host", "Elsa")]).Build()).Error;
        Assert.That((error?.Code, error?.Field), Is.EqualTo(("config.not-in-edition", "Workflows:Host")));
        Assert.That(error!.Message, Does.Contain("Core"));
    }

    [Test]
    public void Choices_are_taken_as_they_are_written()
    {
        var read = FilingOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Materials:LimitMegabytes", "3"), new("SignIn:SessionMinutes", "5"), new("Workflows:Host", "builtin"), new("Mail:Host", "smtp.example.test")]).Build()).Value;
        Assert.That((read.MaterialLimit, read.Session, read.WorkflowHost, read.Mail.Host), Is.EqualTo((3L << 20, TimeSpan.FromMinutes(5), "BuiltIn", "smtp.example.test")));
        Assert.That(FilingOptions.Read(FilingOptions.Configuration("nowhere").Value).Value.MaterialLimit, Is.EqualTo(200L << 20), "the settings file beside the program holds the defaults");
    }

    [Test]
    public async Task The_choices_of_an_installation_lie_in_its_data_folder()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder[FilingOptions.FileName], """{ "Materials": { "LimitMegabytes": 7 }, "SignIn": { "SessionMinutes": 9 } }""");
        var read = FilingOptions.Read(FilingOptions.Configuration(folder.Path).Value).Value;
        Assert.That((read.MaterialLimit, read.Session), Is.EqualTo((7L << 20, TimeSpan.FromMinutes(9))));
        await using var server = (await Server.OpenAsync(new(folder.Path, "http://127.0.0.1:0", Environment: "Production"), b => b.Configuration["SignIn:SessionMinutes"] = "11")).Value;
        Assert.That((server.Register.Options.MaterialLimit, server.Register.Options.Session), Is.EqualTo((7L << 20, TimeSpan.FromMinutes(11))), "what is chosen nearer to the start stands above it");
    }

    [TestCase("""{ "Materials": """, "config.unreadable", FilingOptions.FileName)]
    [TestCase("""{ "Materials": { "Limit": 7 } }""", "config.unknown-key", "Materials:Limit")]
    [TestCase("""{ "urls": "http://*:80" }""", "config.unknown-key", "ASPNETCORE_URLS")]
    public async Task A_file_of_choices_that_cannot_be_used_stops_the_start_and_changes_nothing(string text, string code, string says)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder[FilingOptions.FileName], text);
        Assert.That((await Server.OpenAsync(new(folder.Path, Environment: "Production"))).Error?.Code, Is.EqualTo(code));
        using var process = Cli.Start(Cli.Executable, "migrate", "--data", folder.Path);
        Assert.That(await process.StandardError.ReadToEndAsync(), Does.Contain(says));
        Assert.That(Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName), Is.EqualTo([FilingOptions.FileName]));
    }

    [Test]
    public async Task Keys_of_sessions_lie_in_the_data_folder_so_that_a_restart_signs_nobody_out()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.SignedIn("drafter");
        Assert.That(Directory.EnumerateFiles(Path.Combine(server.Register.Folder, "keys")), Is.Not.Empty);
        await using var again = await SignInTests.Reopened(server, "Production");
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(again.App.Urls.First()), "/api/v1/me"));
        Assert.That((int)(await browser.SendAsync(request)).StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Its_rounds_ring_and_deliver_without_being_asked()
    {
        await using var server = await TestServer.StartAsync("Development", Moved, settings: [("Timers:IntervalSeconds", "1")]);
        await server.Register.Database.WriteAsync(db => db.ExecuteAsync(
            "INSERT INTO Outbox (Id, DeliveryKey, Channel, Payload, CreatedAt, Attempts, NextAttemptAt) VALUES (@Id, 'k', 'mail', @Payload, @At, 0, @At)",
            new { Id = Guid.CreateVersion7(), Payload = JsonSerializer.Serialize(new Mail("a@example.test", "甲", "题", "文"), Json.Options), At = server.Register.Clock.GetUtcNow() }));
        var mails = Path.Combine(server.Register.Folder, "outbox");
        Assert.That(() => Directory.Exists(mails) && Directory.EnumerateFiles(mails, "*.eml").Any(), Is.True.After(60_000, 100));
    }
}
