using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace Filing.Web.Pages.Documents;

/// <summary>
/// Which steps and acts of a document have a page here, read from the routes themselves: what a program alone can do is offered to no officer as a button
/// that leads nowhere.
/// </summary>
public sealed class ActRoutes(IActionDescriptorCollectionProvider pages)
{
    private const string Document = "documents/{id:guid}/";

    private static readonly Dictionary<string, string> Shorter = new() { ["withdraw-draft"] = "withdraw", ["declare-urgent"] = "urgent", ["declare-relation"] = "relations" };

    private readonly Lazy<HashSet<string>> _ends = new(() =>
    [
        .. pages.ActionDescriptors.Items.Select(a => a.AttributeRouteInfo?.Template).OfType<string>()
            .Where(t => t.StartsWith(Document, StringComparison.Ordinal)).Select(t => t[Document.Length..]),
    ]);

    /// <summary>The address of a task's page; null where it has none.</summary>
    public string? OfTask(Guid document, string code, Guid task) => _ends.Value.Contains(code) ? $"/documents/{document}/{code}?task={task}" : null;

    /// <summary>The address of an act's page; null where it has none.</summary>
    public string? OfAct(Guid document, string verb)
    {
        var end = Shorter.GetValueOrDefault(verb, verb);
        return _ends.Value.Contains(end) ? $"/documents/{document}/{end}" : null;
    }

    /// <summary>The address below a document's page, for what another page shows of it; null where there is none.</summary>
    /// <param name="document">The document.</param>
    /// <param name="template">The end of the route, as the page declares it.</param>
    /// <param name="end">The end of the address.</param>
    public string? Below(Guid document, string template, string end) => _ends.Value.Contains(template) ? $"/documents/{document}/{end}" : null;
}
