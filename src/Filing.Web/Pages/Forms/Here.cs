using Microsoft.AspNetCore.Http.Extensions;

namespace Filing.Web.Pages.Forms;

/// <summary>Addresses of the page that is shown with other members after the question mark, for the links of filters and pagers.</summary>
public static class Here
{
    /// <summary>The member that counts pages.</summary>
    public const string PageMember = "p";

    /// <summary>The member that says where a page of a list begins that has no numbered pages.</summary>
    public const string Place = "before";

    /// <summary>This page with these members changed; null or empty leaves one out. Another filter begins at the first page.</summary>
    public static string But(HttpRequest request, params (string Name, string? Value)[] changes)
    {
        ArgumentNullException.ThrowIfNull(request);
        var members = request.Query.SelectMany(q => q.Value, (q, v) => (q.Key, Value: v)).Where(m => m.Key is not (PageMember or Place)).ToList();
        foreach (var (name, value) in changes)
        {
            members.RemoveAll(m => string.Equals(m.Key, name, StringComparison.OrdinalIgnoreCase));
            members.Add((name, value));
        }

        return request.Path + new QueryBuilder(members.Where(m => !string.IsNullOrEmpty(m.Value)).Select(m => KeyValuePair.Create(m.Key, m.Value!))).ToQueryString();
    }
}
