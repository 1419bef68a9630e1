using System.Diagnostics;
using System.Text.Json;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Benchmarks.Due;

/// <summary>A change of the calendar over many open deadlines: the list of what moves, and the deadlines moved, all of them and none. They are copies of one, of one document.</summary>
internal static class CalendarBenchmark
{
    public static async Task RunAsync(Report report, int deadlines)
    {
        report.Part($"A change of the calendar over {deadlines:N0} open deadlines");
        await using var register = await BenchRegister.OpenAsync();
        await new Life(register.Clock.Today, 1).ToAsync(register, "publish");
        await CopyAsync(register, deadlines);
        // Every due date lies in these weeks; the second change touches none.
        await ChangeAsync(register, report, deadlines, "all move", new CloseDays(new(2013, 3, 11), new(2013, 4, 3), "防汛", "明电", "应急响应", World.City));
        await ChangeAsync(register, report, deadlines, "none moves", new CloseDays(new(2020, 6, 1), new(2020, 6, 1), "防汛", "明电", "应急响应", World.City));
    }

    private static async Task ChangeAsync(BenchRegister register, Report report, int deadlines, string what, CloseDays change)
    {
        var clock = Stopwatch.StartNew();
        var listed = await register.Send(null, change);
        report.Add(new($"{what}: to list them", clock.Elapsed.TotalSeconds, "s"));
        await register.Send(null, change with { Digest = listed.Digest });
        clock.Restart();
        var pass = await register.Services.GetRequiredService<Reprojection>().RunIfCalendarChangedAsync() ?? throw new InvalidOperationException("Nothing was counted anew.");
        if (pass.Moved != listed.Moves || pass.Looked < deadlines) throw new InvalidOperationException($"{pass.Moved} of {pass.Looked} moved, {listed.Moves} were listed.");
        var seconds = clock.Elapsed.TotalSeconds;
        report.Add(new($"{what}: {pass.Moved:N0} of {pass.Looked:N0} moved in", seconds, "s"));
        report.Add(new($"{what}: deadlines a second", pass.Looked / seconds, "/s", Target: "> 10000", Met: pass.Looked / seconds > 10_000));
    }

    private static async Task CopyAsync(BenchRegister register, int deadlines)
    {
        var calendar = Features.Cases.Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows")).Calendar;
        var limit = Limit.Days(15);
        var one = await register.Database.ReadAsync(db => db.ScalarAsync<Guid>("SELECT Id FROM Deadline WHERE Name = 'filing-to-superior' AND ClosedAt IS NULL"));
        for (var done = 0; done < deadlines; done += 500)
        {
            await register.Database.WriteAsync(db => db.ExecuteAsync(
                """
                INSERT INTO Deadline (Id, DocumentId, CaseId, Name, Label, FromFact, FromDate, UntilFact, Length, Unit, DayKind, RawEnd, Due, Provisional, Projection, Steps, Source, Confidence, Rungs, NextRungOn)
                SELECT @Id, DocumentId, CaseId, Name, Label, FromFact, @From, UntilFact, Length, Unit, DayKind, @RawEnd, @Due, @Provisional, 1, @Steps, Source, Confidence, Rungs, NextRungOn
                FROM Deadline WHERE Id = @one
                """,
                Enumerable.Range(done, Math.Min(500, deadlines - done)).Select(i =>
                {
                    var due = Deadline.Compute(new DateOnly(2013, 3, 4).AddDays(i % 15), limit, calendar, null, "公布");
                    return new { one, Id = Work.NewId(), due.From, due.RawEnd, due.Due, due.Provisional, Steps = JsonSerializer.Serialize(due.Steps, Json.Options) };
                })));
        }
    }
}
