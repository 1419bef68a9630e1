using System.Security.Cryptography;
using System.Text;
using Filing.Data;
using Filing.Domain;
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
    private const string Setting = "calendar-projected";

    /// <summary>Counts all open deadlines anew if the calendar is not the one of the last time.</summary>
    /// <returns>What came of it; null when the calendar is the same.</returns>
    public async Task<ReprojectionPass?> RunIfCalendarChangedAsync(CancellationToken ct = default)
    {
        var print = Fingerprint(laws.Calendar);
        var known = await database.ReadAsync(db => db.ScalarAsync<string>(
            """
            -- Supervision/Reprojection: the calendar of the last time
            SELECT Value FROM Setting WHERE Name = @Setting
            """,
            new { Setting }), ct);
        if (known == print) return null;
        var pass = await RunAsync($"节假日安排更新，已公布至{laws.Calendar.CoveredYears[^1]}年", null, ct);
        await database.WriteAsync(async db =>
        {
            await db.UpsertAsync("Setting", ["Name"], ["Value"], new { Name = Setting, Value = print });
            return true;
        }, ct);
        return pass;
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

    private static string Fingerprint(WorkCalendar calendar)
    {
        var text = new StringBuilder();
        foreach (var year in calendar.CoveredYears)
        {
            text.Append(year).Append(':');
            foreach (var day in calendar.SpecialDays(year)) text.Append(day.Date.DayNumber).Append(day.Working ? '+' : '-');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())));
    }
}

/// <summary>How far a re-projection has come.</summary>
/// <param name="Looked">Deadlines counted anew.</param>
/// <param name="Moved">Those that moved, or became more or less sure.</param>
public sealed record ReprojectionPass(int Looked, int Moved);
