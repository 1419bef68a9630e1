using System.Globalization;
using Filing.Data;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Features.Supervision;

/// <summary>
/// Brings open deadlines to the calendar as it is, after a plan or a correction arrived. In steps of at most 500, each a transaction: broken off, it
/// begins again and finds what it has done done. Closed deadlines keep the due date that they were met or missed by.
/// </summary>
public sealed class Reprojection(IServiceScopeFactory scopes, Database database, Laws laws)
{
    /// <summary>
    /// Counts all open deadlines anew if the calendar is not the one of the last time; and once more when the change has settled, because another process may have counted by the calendar
    /// before until then.
    /// </summary>
    /// <returns>What came of it; null when there was nothing to do.</returns>
    public async Task<ReprojectionPass?> RunIfCalendarChangedAsync(CancellationToken ct = default)
    {
        await database.ReadAsync(async db =>
        {
            await laws.Calendars.FreshenAsync(db, false);
            return true;
        }, ct);
        var (set, settled) = (laws.Calendars.Current, laws.Calendars.Settled);
        var known = await database.ReadAsync(Projected.ReadAsync, ct);
        if (known is not null && known.Print == set.Print && (known.Settled || !settled)) return null;
        var pass = await RunAsync(Reason(set, known), null, ct);
        await database.WriteAsync(async db =>
        {
            await new Projected(set.Print, set.Number, settled).WriteAsync(db);
            return true;
        }, ct);
        return pass;
    }

    private static string Reason(CalendarSet set, Projected? known)
    {
        // A pass after the change has settled finds what was counted by the calendar before: the last change is what moves it.
        var since = known is null ? [] : set.Rows.Where(r => r.Number > known.Number).ToList();
        if (since.Count == 0 && known is { Settled: false } && set.Rows.Count > 0) since = [set.Rows[^1]];
        return since.Count == 0
            ? $"节假日安排更新，已公布至{set.Common.CoveredYears[^1]}年"
            : $"日历变更：{string.Join('；', since.TakeLast(3).Select(r => $"{r.What}（{r.Source}），{r.Reason}"))}";
    }

    /// <summary>Counts all open deadlines anew.</summary>
    /// <param name="reason">Why, in Chinese; it stands in the event of each that moves.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="ct">Stops between two steps.</param>
    public async Task<ReprojectionPass> RunAsync(string reason, IProgress<ReprojectionPass>? progress = null, CancellationToken ct = default)
    {
        var pass = new ReprojectionPass(0, 0);
        for (Guid? last = Guid.Empty; last is { } after;)
        {
            ct.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().Actor = Actor.System;
            var step = (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReprojectDeadlines(reason, after), ct)).Value;
            pass = new(pass.Looked + step.Looked, pass.Moved + step.Moved);
            progress?.Report(pass);
            last = step.Last;
        }

        return pass;
    }
}

/// <summary>How far a re-projection has come.</summary>
/// <param name="Looked">Deadlines counted anew.</param>
/// <param name="Moved">Those that moved, or became more or less sure.</param>
public sealed record ReprojectionPass(int Looked, int Moved);

/// <summary>By which calendar open deadlines were counted the last time.</summary>
/// <param name="Print">The digest of its days.</param>
/// <param name="Number">The newest change in it.</param>
/// <param name="Settled">False while another process may still have counted by the calendar before.</param>
internal sealed record Projected(string Print, int Number, bool Settled)
{
    private const string Setting = "calendar-projected";

    /// <summary>True while open deadlines are to be counted by a newer calendar.</summary>
    public static async Task<bool> IsPendingAsync(Session db, CalendarSet set) => set.Number > 0 && (await ReadAsync(db))?.Print != set.Print;

    /// <summary>Reads it; null where nothing was ever counted anew.</summary>
    public static async Task<Projected?> ReadAsync(Session db)
    {
        var value = await db.ScalarAsync<string>(
            """
            -- Supervision/Reprojection: the calendar of the last time
            SELECT Value FROM Setting WHERE Name = @Setting
            """,
            new { Setting });
        // Before calendars could be changed in the database there was the digest alone.
        return value?.Split(' ') switch
        {
            null => null,
            [var print, var number, var settled] => new(print, int.Parse(number, CultureInfo.InvariantCulture), settled == "settled"),
            [var print, ..] => new(print, 0, true),
            [] => null,
        };
    }

    /// <summary>Stores it.</summary>
    public Task WriteAsync(Session db) => db.UpsertAsync(
        "Setting", ["Name"], ["Value"], new { Name = Setting, Value = string.Create(CultureInfo.InvariantCulture, $"{Print} {Number} {(Settled ? "settled" : "again")}") });
}
