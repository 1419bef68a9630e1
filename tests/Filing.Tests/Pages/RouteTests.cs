using Filing.Tests.Web;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Pages;

/// <summary>Every task of the definitions has its page, and no two pages share an address.</summary>
[TestFixture]
internal sealed class RouteTests
{
    [Test]
    public async Task Each_task_has_a_page_and_no_two_pages_share_an_address()
    {
        await using var server = await TestServer.StartAsync();
        var routes = server.Server.App.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Select(p => p.AttributeRouteInfo!.Template!).ToList();
        Assert.That(routes, Is.Unique);
        var tasks = server.Register.Laws.Definitions.SelectMany(d => d.Nodes).Select(n => n.Text("task")).OfType<string>().Distinct();
        Assert.That(tasks.Where(t => !routes.Contains($"documents/{{id:guid}}/{t}")), Is.Empty);
    }
}
