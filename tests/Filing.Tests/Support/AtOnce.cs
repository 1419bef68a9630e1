using System.Collections.Concurrent;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Tests.Support;

/// <summary>Records a fact unless another is there: a gate as handlers have them, slow enough that two of them meet where nothing keeps them apart.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Mine">The source of the fact.</param>
/// <param name="Other">The source of the fact that closes the gate.</param>
[Needs(Function.Sweep)]
internal sealed record RecordUnless(Guid DocumentId, string Mine, string Other) : ICommand<Done>, IForDocument;

internal sealed class RecordUnlessHandler(Work work, CaseFlow flow) : IRequestHandler<RecordUnless, Result<Done>>
{
    public async Task<Result<Done>> Handle(RecordUnless command, CancellationToken cancellationToken)
    {
        var there = await work.Db.ScalarAsync<int>("SELECT COUNT(*) FROM Fact WHERE DocumentId = @DocumentId AND Source = @Other", command);
        if (there > 0) return Error.Refused("gate.closed", "测试：另一事实已经记入。");
        Thread.Sleep(300);
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        return await flow.RecordAsync(file, new NewFact(FactKind.Identified, work.Today, command.Mine)) is { } refused ? refused : Done.It;
    }
}

/// <summary>Adds one to two counters; the first attempts of two such commands wait for one another in between, so that a server must throw one of them out.</summary>
/// <param name="First">The name of the counter that is taken first.</param>
/// <param name="Second">The other's.</param>
/// <param name="Meeting">The place where they meet, by <see cref="Open"/>.</param>
[Needs(Function.Sweep)]
internal sealed record CountBoth(string First, string Second, Guid Meeting) : ICommand<Done>
{
    private static readonly ConcurrentDictionary<Guid, Barrier> Places = [];
    private static readonly ConcurrentDictionary<(Guid, string), int> Begun = [];

    /// <summary>A place for two.</summary>
    public static Guid Open()
    {
        var place = Guid.CreateVersion7();
        Places[place] = new Barrier(2);
        return place;
    }

    /// <summary>How often the two began in all.</summary>
    public static int Attempts(Guid meeting) => Begun.Where(b => b.Key.Item1 == meeting).Sum(b => b.Value);

    /// <summary>True when it is the first attempt, after the other has come this far, too.</summary>
    internal bool Meet() => Begun.AddOrUpdate((Meeting, First), 1, (_, n) => n + 1) > 1 || Places[Meeting].SignalAndWait(TimeSpan.FromSeconds(30));
}

internal sealed class CountBothHandler(Work work) : IRequestHandler<CountBoth, Result<Done>>
{
    public async Task<Result<Done>> Handle(CountBoth command, CancellationToken cancellationToken)
    {
        await CountAsync(command.First);
        if (!command.Meet()) return Error.Refused("meeting.alone", "测试：另一个没有来。");
        await CountAsync(command.Second);
        return Done.It;
    }

    private Task<int> CountAsync(string name) => work.Db.ExecuteAsync("UPDATE Setting SET Value = CONCAT(Value, '+') WHERE Name = @name", new { name });
}
