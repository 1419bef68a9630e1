using System.Diagnostics;

namespace Filing.Benchmarks;

/// <summary>What clients that worked side by side for a while have done.</summary>
/// <param name="PerSecond">Operations a second, all clients together.</param>
/// <param name="Waits">How long each operation took its client, in milliseconds, in order of length.</param>
/// <param name="CpuMicroseconds">Processor time of the whole process an operation.</param>
/// <param name="WriterMicroseconds">Of that, what the one writer of the embedded database used.</param>
/// <param name="Kilobytes">Memory allocated an operation, in kB.</param>
internal sealed record Measured(double PerSecond, double[] Waits, double CpuMicroseconds, double WriterMicroseconds, double Kilobytes)
{
    /// <summary>The wait that the given part of the operations did not exceed.</summary>
    public double Wait(double part) => Waits[Math.Min((int)(Waits.Length * part), Waits.Length - 1)];

    /// <summary>Lets clients repeat their work until the time is over. Each client is told how to time an operation of its own.</summary>
    /// <param name="clients">How many work side by side.</param>
    /// <param name="each">For how long.</param>
    /// <param name="client">The work of one client, repeated: it runs each operation through the clock that it is given.</param>
    public static async Task<Measured> RunAsync(int clients, TimeSpan each, Func<int, Watch, Task> client)
    {
        GC.Collect();
        var (cpu, writer, bytes, started) = (Process.GetCurrentProcess().TotalProcessorTime, Machine.WriterTime(), GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var watches = await Task.WhenAll(Enumerable.Range(0, clients).Select(n => Task.Run(async () =>
        {
            var watch = new Watch();
            while (Stopwatch.GetElapsedTime(started) < each) await client(n, watch);
            return watch;
        })));
        return Of(watches, started, cpu, writer, bytes);
    }

    /// <summary>As the other, for work that blocks: each client has a thread.</summary>
    public static Measured Run(int clients, TimeSpan each, Action<int, Watch> client)
    {
        GC.Collect();
        var watches = Enumerable.Range(0, clients).Select(_ => new Watch()).ToArray();
        var (cpu, writer, bytes, started) = (Process.GetCurrentProcess().TotalProcessorTime, Machine.WriterTime(), GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var threads = watches.Select((watch, n) => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(started) < each) client(n, watch);
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return Of(watches, started, cpu, writer, bytes);
    }

    private static Measured Of(Watch[] watches, long started, TimeSpan cpu, TimeSpan writer, long bytes)
    {
        var elapsed = Stopwatch.GetElapsedTime(started);
        var waits = watches.SelectMany(w => w.Waits).Order().ToArray();
        return new(
            waits.Length / elapsed.TotalSeconds, waits, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / waits.Length,
            (Machine.WriterTime() - writer).TotalMicroseconds / waits.Length, (GC.GetTotalAllocatedBytes() - bytes) / 1024.0 / waits.Length);
    }
}

/// <summary>The times of one client's operations.</summary>
internal sealed class Watch
{
    private long _since;

    public List<double> Waits { get; } = new(4096);

    public void Start() => _since = Stopwatch.GetTimestamp();

    public void Stop() => Waits.Add(Stopwatch.GetElapsedTime(_since).TotalMilliseconds);
}
