using Filing.Features.Cases;

namespace Filing.Tests.Cases;

/// <summary>Figures of many documents are kept for a while, others never.</summary>
internal sealed class KeptCountsTests
{
    private readonly Clock _clock = new();
    private KeptCounts _kept = null!;
    private int _counted;

    [SetUp]
    public void Nothing_is_kept() => (_kept, _counted) = (new(_clock), 0);

    private async Task<string> Ask(double seconds, string key = "甲", int documents = 10_001) => await _kept.OfAsync(
        key,
        () =>
        {
            _clock.Pass(seconds);
            return Task.FromResult($"{key}{++_counted}");
        },
        _ => documents);

    [Test]
    public async Task Figures_of_few_documents_are_counted_each_time()
    {
        Assert.That(await Ask(9, documents: 10_000), Is.EqualTo("甲1"));
        Assert.That(await Ask(9, documents: 10_000), Is.EqualTo("甲2"));
    }

    [TestCase(0.5, 29.9, "甲1")]
    [TestCase(0.5, 30.1, "甲2")]
    [TestCase(0.1, 5.9, "甲1")]
    [TestCase(0.1, 6.1, "甲2")]
    public async Task What_took_long_is_kept_sixty_times_as_long(double took, double after, string then)
    {
        await Ask(took);
        _clock.Pass(after);
        Assert.That(await Ask(took), Is.EqualTo(then));
    }

    [Test]
    public async Task Each_key_has_figures_of_its_own_however_many_there_are()
    {
        for (var i = 0; i < 1000; i++) Assert.That(await Ask(0.2, $"{i}:"), Does.StartWith($"{i}:"));
    }

    [Test]
    public async Task What_are_no_longer_many_are_no_longer_kept()
    {
        await Ask(0.2);
        _clock.Pass(100);
        Assert.That(await Ask(1, documents: 10_000), Is.EqualTo("甲2"));
        Assert.That(await Ask(1, documents: 10_000), Is.EqualTo("甲3"));
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(double seconds) => _ticks += (long)(seconds * TimeSpan.TicksPerSecond);

        public override long GetTimestamp() => _ticks;
    }
}
