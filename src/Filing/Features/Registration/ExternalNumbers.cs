using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Registration;

/// <summary>Numbers that others give: read as people type them, recorded once each. A 机关代字 need not be known before.</summary>
internal static class ExternalNumbers
{
    /// <summary>Records an issue number; the answer is its canonical writing.</summary>
    public static async Task<Result<string>> IssueAsync(Work work, string typed, Guid documentId, Guid bodyId, DateOnly on, string source)
    {
        if (!IssueNumber.TryParse(typed, out var number, out var error)) return error with { Field = "issueNumber" };
        var series = await NumberSeries.ExternalAsync(work, NumberKind.Issue, number.Code, $"{number.Code}〔{{year}}〕{{serial}}号", bodyId, source);
        return await RecordAsync(work, series, new(number.Year, number.Serial, number.ToString()), documentId, on);
    }

    /// <summary>Records a registration number of a series that is not counted here; the answer is its canonical writing.</summary>
    public static async Task<Result<string>> RegistrationAsync(Work work, string typed, Guid documentId, Guid bodyId, DateOnly on, string source)
    {
        if (!RegistrationNumber.TryParse(typed, out var number, out var error)) return error with { Field = "registrationNumber" };
        var series = await NumberSeries.ExternalAsync(work, NumberKind.Registration, number.Prefix, $"{number.Prefix}-{{year}}-{{serial}}", bodyId, source);
        return await RecordAsync(work, series, new(number.Year, number.Serial, number.ToString()), documentId, on);
    }

    private static async Task<Result<string>> RecordAsync(Work work, NumberSeries series, GivenNumber number, Guid documentId, DateOnly on) =>
        await NumberBook.RecordAsync(work, series, number, documentId, on) is { } error ? error : number.Text;
}
