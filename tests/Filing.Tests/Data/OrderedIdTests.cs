using System.Collections.Concurrent;
using Filing.Data;

namespace Filing.Tests.Data;

[TestFixture]
internal sealed class OrderedIdTests
{
    private static long _moment = DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds();

    /// <summary>A moment later than any before: the ids of a process know the last.</summary>
    private static long Later() => Interlocked.Add(ref _moment, 10_000);

    [Test]
    public void Ids_grow_in_the_order_of_their_text()
    {
        var ids = Enumerable.Range(0, 100_000).Select(_ => OrderedId.Next().ToString()).ToList();
        Assert.That(ids.Zip(ids.Skip(1)).All(p => string.CompareOrdinal(p.First, p.Second) < 0));
    }

    [Test]
    public void They_grow_when_the_clock_is_set_back()
    {
        var moment = Later();
        var (before, after) = (OrderedId.Next(moment), OrderedId.Next(moment - 5000));
        Assert.That(string.CompareOrdinal(before.ToString(), after.ToString()), Is.Negative);
        Assert.That(MomentOf(after), Is.EqualTo(MomentOf(before)));
    }

    [Test]
    public void They_say_their_moment_their_version_and_their_variant()
    {
        var moment = Later();
        var id = OrderedId.Next(moment);
        Assert.That(MomentOf(id), Is.EqualTo(moment));
        Assert.That((id.Version, id.Variant >> 2), Is.EqualTo((7, 2)));
    }

    [Test]
    public void Two_of_one_moment_cannot_be_foretold_from_each_other()
    {
        var moment = Later();
        var ids = Enumerable.Range(0, 1001).Select(_ => OrderedId.Next(moment)).Select(id => Convert.ToUInt64(id.ToString("N")[16..], 16)).ToList();
        Assert.That(ids.Zip(ids.Skip(1), (a, b) => b - a).Distinct().Count(), Is.GreaterThan(990));
    }

    [Test]
    public void Threads_never_get_the_same()
    {
        var all = new ConcurrentDictionary<Guid, bool>();
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 20_000; i++) all.TryAdd(OrderedId.Next(), true);
        });
        Assert.That(all, Has.Count.EqualTo(160_000));
    }

    private static long MomentOf(Guid id) => Convert.ToInt64(id.ToString("N")[..12], 16);
}
