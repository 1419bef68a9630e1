using Microsoft.AspNetCore.Http.Extensions;

namespace Filing.Web.Pages.Forms;

/// <summary>Addresses of the page that is shown, with something else after the question mark: filters and pagers are links.</summary>
public static class Address
{
    /// <summary>The page number of a pager.</summary>
    public const string Page = "p";

    /// <summary>This page with some members of its query changed; a null or empty value leaves one out. It begins again at the first page unless that is what changes.</summary>
    public static string With(this HttpRequest request, params (string Name, string? Value)[] changes)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = new QueryBuilder();
        foreach (var (name, values) in request.Query)
        {
            if (name == Page || name == "before" || changes.Any(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) continue;
            foreach (var value in values.Where(v => !string.IsNullOrEmpty(v))) query.Add(name, value!);
        }

        foreach (var (name, value) in changes.Where(c => !string.IsNullOrEmpty(c.Value))) query.Add(name, value!);
        return request.Path + query.ToQueryString();
    }
}

/// <summary>Where a pager stands.</summary>
/// <param name="Number">The page, from 1.</param>
/// <param name="Size">Rows of a page.</param>
/// <param name="Total">Rows on all pages.</param>
/// <param name="Unit">What is counted: 件, 条.</param>
public sealed record Pager(int Number, int Size, int Total, string Unit = "件")
{
    /// <summary>How many pages there are; one at least.</summary>
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
}
