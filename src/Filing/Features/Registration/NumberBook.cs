using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Registration;

/// <summary>
/// 编号簿: gives the numbers of owned series without gap, each in the transaction of its step, and records those that others give. A serial is
/// never given twice, not even after its number was voided.
/// </summary>
internal static class NumberBook
{
    /// <summary>The next number of an owned series in a year.</summary>
    /// <remarks>
    /// Of several that want one, each waits for the row of the year until the one before it has committed or given its serial back: nobody takes what another saw,
    /// nobody has to try again, and who came first is served first.
    /// </remarks>
    public static async Task<Result<string>> AllocateAsync(Work work, NumberSeries series, int year, Guid documentId, DateOnly on)
    {
        if (await TakeAsync(work, series.Id, year) == 0)
        {
            await OpenAsync(work, series, year, await HighestAsync(work, series.Id, year) + 1);
            await TakeAsync(work, series.Id, year);
        }

        var serial = await NextAsync(work, series.Id, year) - 1 ?? throw new InvalidOperationException($"The year {year} of the series {series.Code} has not begun.");
        if (serial > NumberPattern.MaxSerial) return Error.Refused("number.series-exhausted", $"编号序列“{series.Pattern}”{year}年的号码已用完。");
        var text = Canonical(NumberPattern.Parse(series.Pattern).Write(year, serial));
        if (await TakenAsync(work, text) is { } known) return known;
        return await PutAsync(work, series, new(year, serial, text), documentId, on, true) is { } error ? error : text;
    }

    private static Task<int> TakeAsync(Work work, Guid seriesId, int year) => work.Db.ExecuteAsync(
        """
        -- Registration/NumberBook: take the next serial; the row is this transaction's from then on
        UPDATE SeriesYear SET Next = Next + 1 WHERE SeriesId = @seriesId AND Year = @year
        """,
        new { seriesId, year });

    /// <summary>Records a number that others gave, under its series; <c>number.taken</c> when it is known already.</summary>
    public static async Task<Error?> RecordAsync(Work work, NumberSeries series, GivenNumber number, Guid documentId, DateOnly on)
    {
        if (await TakenAsync(work, number.Text) is { } taken) return taken;
        var same = await work.Db.QueryFirstOrDefaultAsync<string>(
            """
            -- Registration/NumberBook: the same serial, written otherwise
            SELECT Text FROM Number WHERE SeriesId = @Id AND Year = @Year AND Serial = @Serial
            """,
            new { series.Id, number.Year, number.Serial });
        return same is null
            ? await PutAsync(work, series, number, documentId, on, false)
            : Error.Conflict("number.taken", $"“{number.Text}”与已有的“{same}”是同一个号码，一个编号只能用一次。");
    }

    /// <summary>
    /// Voids every number that stands of a document which will never be published: each stays visible with who, when and why, and its serial is never given
    /// again. Nothing happens when it has none.
    /// </summary>
    public static async Task VoidAllAsync(Work work, Guid documentId, string reason)
    {
        // Those of one moment have no order of their own: the registration number first.
        foreach (var number in (await NumberRow.OfDocumentAsync(work.Db, documentId)).Where(n => n.VoidedOn is null).OrderByDescending(n => n.Kind, StringComparer.Ordinal))
            await VoidAsync(work, number, documentId, reason);
    }

    /// <summary>Takes a number back; false when somebody has done so just now.</summary>
    public static async Task<bool> VoidAsync(Work work, NumberRow number, Guid documentId, string reason)
    {
        var voided = await work.Db.ExecuteAsync(
            """
            -- Registration/NumberBook: take a number back, once
            UPDATE Number SET VoidedOn = @Today, VoidedBy = @Name, VoidReason = @reason WHERE Id = @Id AND VoidedOn IS NULL
            """,
            new { number.Id, work.Today, work.Actor.Name, reason });
        if (voided == 0) return false;
        work.Record(new NumberVoided(number.Text, reason), documentId);
        return true;
    }

    /// <summary>The number is known already: <c>number.taken</c> names its document.</summary>
    public static async Task<Error?> TakenAsync(Work work, string text)
    {
        var title = await work.Db.QueryFirstOrDefaultAsync<string>(
            """
            -- Registration/NumberBook: whose number is it?
            SELECT d.Title FROM Number n JOIN Document d ON d.Id = n.DocumentId WHERE n.Text = @text
            """,
            new { text });
        return title is null ? null : Error.Conflict("number.taken", $"“{text}”已编给《{title}》，一个编号只能用一次。");
    }

    /// <summary>Begins a year of an owned series with a serial; nothing happens when it has begun.</summary>
    public static async Task<bool> OpenAsync(Work work, NumberSeries series, int year, int opening, string reason = "本年首次编号")
    {
        var opened = await work.Db.InsertIfAbsentAsync(
            "SeriesYear", ["SeriesId", "Year"], ["Opening", "Next"], new { SeriesId = series.Id, Year = year, Opening = opening, Next = opening });
        if (opened) work.Record(new SeriesOpened(series.Code, year, opening, reason));
        return opened;
    }

    /// <summary>The next serial of a year; null when the year has not begun.</summary>
    public static Task<int?> NextAsync(Work work, Guid seriesId, int year) => work.Db.ScalarAsync<int?>(
        """
        -- Registration/NumberBook: the next serial
        SELECT Next FROM SeriesYear WHERE SeriesId = @seriesId AND Year = @year
        """,
        new { seriesId, year });

    /// <summary>The highest serial that is known of a year; 0 when there is none.</summary>
    public static Task<int> HighestAsync(Work work, Guid seriesId, int year) => work.Db.ScalarAsync<int>(
        """
        -- Registration/NumberBook: the highest serial known
        SELECT COALESCE(MAX(Serial), 0) FROM Number WHERE SeriesId = @seriesId AND Year = @year
        """,
        new { seriesId, year });

    /// <summary>The writing under which a number is kept.</summary>
    public static string Canonical(string text) => DocumentNumber.TryParse(text, out var number, out _) ? number.Text : text;

    private static async Task<Error?> PutAsync(Work work, NumberSeries series, GivenNumber number, Guid documentId, DateOnly on, bool allocated)
    {
        var row = new
        {
            SeriesId = series.Id,
            number.Year,
            number.Serial,
            number.Text,
            Id = Work.NewId(),
            DocumentId = documentId,
            IssuedOn = on,
            IssuedBy = work.Actor.Name,
        };
        string[] key = allocated ? ["SeriesId", "Year", "Serial"] : ["Text"];
        string[] rest = ["Id", "SeriesId", "Year", "Serial", "Text", "DocumentId", "IssuedOn", "IssuedBy"];
        if (!await work.Db.InsertIfAbsentAsync("Number", key, [.. rest.Except(key)], row))
            return Error.Conflict("number.taken", $"“{number.Text}”刚刚已被使用，一个编号只能用一次。");
        work.Record(new NumberAssigned(Kebab.Parse<NumberKind>(series.Kind), number.Text, series.Code, number.Year, number.Serial, allocated), documentId);
        return null;
    }
}

/// <summary>A number as it stands on a paper.</summary>
/// <param name="Year">The year in it.</param>
/// <param name="Serial">The serial in it.</param>
/// <param name="Text">Its canonical writing.</param>
internal readonly record struct GivenNumber(int Year, int Serial, string Text);
