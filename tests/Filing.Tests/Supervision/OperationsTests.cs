using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Supervision;
using Filing.Hangfire;
using Filing.Tests.CommandLine;
using Filing.Tests.Support;
using Filing.Web;
using Filing.Web.CommandLine;
using Filing.Web.Operations;
using Microsoft.Extensions.Logging;

namespace Filing.Tests.Supervision;

/// <summary>What runs by itself, where it runs, and the verb that verifies.</summary>
[TestFixture]
internal sealed class OperationsTests
{
    [Test]
    public async Task A_run_that_fails_is_told_once_and_tried_again_until_it_comes_through()
    {
        var (passes, log) = (new Passes(TimeProvider.System), new Counting());
        using var loop = new Flaky(passes, log, failures: 3);
        await loop.StartAsync(CancellationToken.None);
        Assert.That(() => passes.All.SingleOrDefault()?.LastSuccess, Is.Not.Null.After(20_000, 10));
        await loop.StopAsync(CancellationToken.None);
        var state = passes.All.Single();
        Assert.That((state.Failures, state.LastError, state.Detail), Is.EqualTo((0, (string?)null, "第 4 次")));
        Assert.That(log.Errors, Is.EqualTo(1), "the same failure three times is one line");
        Assert.That(state.Late(state.LastSuccess!.Value + TimeSpan.FromMinutes(2)), Is.True);
        Assert.That(state.Late(state.LastSuccess!.Value + TimeSpan.FromSeconds(2)), Is.False);
    }

    [Test]
    public async Task Hangfire_in_an_edition_without_it_stops_the_start_in_Chinese()
    {
        Assume.That(Edition.Name, Is.EqualTo("Core"));
        var folder = Directory.CreateTempSubdirectory("filing-test-").FullName;
        var opened = await Server.OpenAsync(new ServerStart(folder, "http://127.0.0.1:0", null, "Production"), b => b.Configuration["Timers:Host"] = "Hangfire");
        Assert.That(opened.Error?.Code, Is.EqualTo("config.not-in-edition"));
        Assert.That(opened.Error!.Message, Does.Contain("Timers:Host").And.Contain("Core 版"));
        Directory.Delete(folder, true);
    }

    [Test]
    public void The_adapter_names_the_real_assemblies_and_their_stand_ins_are_not_shipped()
    {
        var named = typeof(HangfireSetup).Assembly.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("Hangfire.", StringComparison.Ordinal)).Select(a => $"{a.Name} {a.Version}");
        Assert.That(named, Is.EquivalentTo(new[] { "Hangfire.AspNetCore 1.8.24.0", "Hangfire.Core 1.8.24.0", "Hangfire.InMemory 1.0.0.0", "Hangfire.NetCore 1.8.24.0", "Hangfire.SqlServer 1.8.24.0" }));
        Assert.That(Directory.EnumerateFiles(AppContext.BaseDirectory, "Hangfire.*").Any(), Is.EqualTo(Edition.Name == "Full"));
    }

    [Test]
    public async Task Verify_says_of_each_check_whether_it_holds_and_exits_by_it()
    {
        await using var register = await TestRegister.OpenAsync();
        await register.As("drafter").Send(new SubmitDraft("郴州市城镇房屋租赁管理办法", DocumentKind.Government, World.Housing, World.City, "第一条 为了规范房屋租赁，制定本办法。", true));
        var whole = await Cli.Run("verify", "--data", register.Folder);
        Assert.That(whole.Code, Is.EqualTo(Exit.Done), whole.Out + whole.Err);
        Assert.That(whole.Out.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(Filing.Audit.Invariants.Names.Count).And.All.StartsWith("成立"));

        await register.Database.WriteAsync(db => db.ExecuteAsync("DROP TRIGGER TR_Event_NoUpdate"));
        await register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Event SET Digest = 'sha256:0' WHERE Type = 'draft-submitted'"));

        var harmed = await Cli.Run("verify", "--json", "--data", register.Folder);
        Assert.That(harmed.Code, Is.EqualTo(Exit.Refused));
        var failed = harmed.Out.TrimEnd('\n').Split('\n').Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement).Where(v => !v.GetProperty("holds").GetBoolean()).ToList();
        Assert.That(failed.Select(v => (v.GetProperty("name").GetString(), v.GetProperty("failed").GetInt64())), Is.EqualTo(new[] { ("events-whole", 1L) }));
    }

    private sealed class Flaky(Passes passes, ILogger log, int failures) : Loop("flaky", TimeSpan.FromMilliseconds(20), passes, TimeProvider.System, log)
    {
        private int _runs;

        protected override Task<string> RunAsync(CancellationToken ct) =>
            ++_runs <= failures ? throw new InvalidOperationException("数据库忙") : Task.FromResult($"第 {_runs} 次");
    }

    private sealed class Counting : ILogger
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error) Errors++;
        }
    }
}
