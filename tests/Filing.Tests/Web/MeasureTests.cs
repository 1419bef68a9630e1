using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Tests.Data.Sql;
using Filing.Web.Operations;

namespace Filing.Tests.Web;

/// <summary>What an operator watches: each measure is taken, and stands on the page of operations.</summary>
[TestFixture]
internal sealed partial class MeasureTests
{
    private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> _taken = [];
    private MeterListener _listener = null!;

    [SetUp]
    public void Listen()
    {
        _taken.Clear();
        _listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == Tracing.Meter.Name) l.EnableMeasurementEvents(i); } };
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Take(i, value, tags));
        _listener.Start();
    }

    [TearDown]
    public void Stop() => _listener.Dispose();

    [Test]
    public async Task A_request_is_measured_by_its_name_and_a_refusal_by_its_code()
    {
        await using var server = await TestServer.StartAsync();
        using var browser = await server.SignedIn("drafter");
        _taken.Clear();
        await browser.GetAsync("/");
        await browser.GetAsync($"/documents/{Guid.Empty}");

        var requests = Taken("filing.request.duration");
        Assert.That(requests.Select(r => r.Tags["filing.request"]), Has.All.Not.Null);
        Assert.That(requests.Select(r => r.Value), Has.All.InRange(0, 60));
        Assert.That(requests.Select(r => r.Tags.GetValueOrDefault("error.type")), Does.Contain(null).And.Contain("not-found"));
    }

    [Test]
    public void A_pass_that_does_not_come_through_is_late_and_its_failures_are_counted()
    {
        var clock = new LegalClock();
        clock.Move(new DateTimeOffset(2026, 2, 14, 16, 40, 7, TimeSpan.FromHours(8)), 0);
        var passes = new Passes(clock);
        using var meter = new PassMeter(passes, clock);
        passes.Announce("sweep", TimeSpan.FromMinutes(1));
        passes.Failed("sweep", "no");
        clock.Move(clock.GetUtcNow().AddMinutes(4), 0);
        _listener.RecordObservableInstruments();
        clock.Move(clock.GetUtcNow().AddSeconds(1), 0);
        _listener.RecordObservableInstruments();

        Assert.That(Taken("filing.pass.late").Where(m => Equals(m.Tags["filing.pass"], "sweep")).Select(m => m.Value), Is.EqualTo((double[])[0, 1]));
        Assert.That(Taken("filing.pass.failures").Where(m => Equals(m.Tags["filing.pass"], "sweep")).Select(m => m.Value), Is.EqualTo((double[])[1, 1]));
    }

    [Test]
    public void The_page_of_operations_names_the_measures()
    {
        var taken = new HashSet<string>();
        RuntimeHelpers.RunClassConstructor(typeof(Tracing).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(OutboxRound).TypeHandle);
        using var meter = new PassMeter(new Passes(TimeProvider.System), TimeProvider.System);
        using var listener = new MeterListener { InstrumentPublished = (i, _) => { if (i.Meter.Name == Tracing.Meter.Name) taken.Add(i.Name); } };
        listener.Start();

        Assert.That(Row().Matches(File.ReadAllText(Repository.Folder("docs/operations.md"))).Select(m => m.Groups[1].Value), Is.EquivalentTo(taken));
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_taken) _taken.Add((instrument.Name, value, tags.ToArray().ToDictionary(t => t.Key, t => t.Value)));
    }

    private List<(string Name, double Value, Dictionary<string, object?> Tags)> Taken(string name)
    {
        lock (_taken) return [.. _taken.Where(t => t.Name == name)];
    }

    [GeneratedRegex(@"^\| `(filing\.(?:request|outbox|pass)\.[a-z]+)`", RegexOptions.Multiline)]
    private static partial Regex Row();
}
