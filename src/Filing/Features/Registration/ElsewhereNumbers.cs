using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.Registration;

/// <summary>
/// The numbers of a document that was issued elsewhere. One of a series that is counted here is kept in it, below its opening; where nothing was given of
/// that year yet, the opening moves behind it. One that the count has not reached is a finding: to keep it would bring the count into disorder.
/// </summary>
internal static class ElsewhereNumbers
{
    /// <summary>Reads both numbers into their canonical writing; an error when one is none, or is taken.</summary>
    public static async Task<Result<(string? Issue, string? Registration)>> ReadAsync(Work work, string? issueNumber, string? registrationNumber)
    {
        var (issue, registration) = ((string?)null, (string?)null);
        if (!string.IsNullOrWhiteSpace(issueNumber))
        {
            if (!IssueNumber.TryParse(issueNumber, out var number, out var error)) return error with { Field = "issueNumber" };
            issue = number.ToString();
            if (await NumberBook.TakenAsync(work, issue) is { } taken) return taken with { Field = "issueNumber" };
        }

        if (!string.IsNullOrWhiteSpace(registrationNumber))
        {
            if (!RegistrationNumber.TryParse(registrationNumber, out var number, out var error)) return error with { Field = "registrationNumber" };
            registration = number.ToString();
            if (await NumberBook.TakenAsync(work, registration) is { } taken) return taken with { Field = "registrationNumber" };
        }

        return (issue, registration);
    }

    /// <summary>Keeps the numbers; answers what is to be looked into, in Chinese sentences.</summary>
    public static async Task<Result<IReadOnlyList<string>>> KeepAsync(Work work, Case file, string? issue, string? registration, string source)
    {
        var findings = new List<string>();
        foreach (var (kind, text) in new[] { (NumberKind.Registration, registration), (NumberKind.Issue, issue) })
        {
            if (text is null) continue;
            // A number is as old as the step that gave it; of an issue number that is the signature.
            var on = (kind == NumberKind.Registration ? file.Latest(FactKind.Registered) ?? file.Latest(FactKind.Signed) : file.Latest(FactKind.Signed))!.LegalDate;
            var pattern = await NumberSeries.OwnedPatternAsync(work, file.Profile, kind, file.IssuingBodyId);
            var own = pattern?.TryRead(text, out var year, out var serial) == true ? new GivenNumber(year, serial, text) : (GivenNumber?)null;
            var error = own is { } number
                ? await KeepOwnAsync(work, file, kind, number, on, findings)
                : (await ExternalAsync(work, file, kind, text, on, source)).Error;
            if (error is not null) return error;
        }

        return findings;
    }

    private static Task<Result<string>> ExternalAsync(Work work, Case file, NumberKind kind, string text, DateOnly on, string source) => kind == NumberKind.Registration
        ? ExternalNumbers.RegistrationAsync(work, text, file.DocumentId, file.IssuingBodyId, on, source)
        : ExternalNumbers.IssueAsync(work, text, file.DocumentId, file.IssuingBodyId, on, source);

    private static async Task<Error?> KeepOwnAsync(Work work, Case file, NumberKind kind, GivenNumber number, DateOnly on, List<string> findings)
    {
        if (!(await NumberSeries.OwnedAsync(work, file.Profile, kind, file.IssuingBodyId)).TryGet(out var series, out var error)) return error;
        if (await NumberBook.NextAsync(work, series.Id, number.Year) is { } next && number.Serial >= next)
        {
            var moved = await work.Db.ExecuteAsync(
                """
                -- Registration/ElsewhereNumbers: nothing was given yet, so the year begins behind the number
                UPDATE SeriesYear SET Opening = @Serial + 1, Next = @Serial + 1 WHERE SeriesId = @Id AND Year = @Year AND Next = Opening AND Next = @next
                """,
                new { series.Id, number.Year, number.Serial, next });
            if (moved == 0)
            {
                findings.Add($"登记号“{number.Text}”超前于本系统的编号序列（{number.Year}年下一号为第 {next} 号），未记入编号簿，请核对原件");
                return null;
            }

            work.Record(new SeriesOpened(series.Code, number.Year, number.Serial + 1, $"补录“{number.Text}”"));
        }

        return await NumberBook.RecordAsync(work, series, number, file.DocumentId, on);
    }
}
