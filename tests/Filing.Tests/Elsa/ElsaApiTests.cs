#if FULL_EDITION
using System.Net;
using System.Text.Json.Nodes;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Tests.Data;
using Filing.Tests.Pages;
using Filing.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Filing.Tests.Elsa;

/// <summary>Elsa's own interface: the rule keeper looks and drafts, nobody acts on a case, and what is published is asked the loader's questions.</summary>
[TestFixture]
internal sealed class ElsaApiTests
{
    private const string Definitions = "/elsa/api/workflow-definitions";

    private static readonly (string, string)[] Shown = [("Workflows:Host", "Elsa"), ("Workflows:Api", "true")];

    private Desk _desk = null!;
    private Browser _keeper = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _desk = await Desk.OpenAsync(await KeptAsync(), Shown);
        _keeper = await _desk.As("rule-keeper");
    }

    [OneTimeTearDown]
    public async Task Close() => await _desk.DisposeAsync();

    [Test]
    public async Task Nobody_comes_in_without_signing_in()
    {
        Assert.That((await _desk.Anybody().RawAsync(Definitions)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _desk.Anybody().SendAsync("POST", Definitions, "{}")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("drafter")]
    [TestCase("reviewer")]
    [TestCase("administrator")]
    [TestCase("auditor")]
    public async Task Whoever_keeps_no_rules_is_refused(string login)
    {
        var browser = await _desk.As(login);
        Assert.That((await browser.RawAsync(Definitions)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await browser.SendAsync("POST", Definitions, "{}")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_rule_keeper_sees_every_definition()
    {
        var listed = await ReadAsync($"{Definitions}?versionOptions=Published&pageSize=100");
        Assert.That(listed["items"]!.AsArray().Select(d => (string)d!["definitionId"]!), Is.EquivalentTo(_desk.Register.Laws.Definitions.Select(d => d.DefinitionId)));
    }

    /// <summary>What takes changes and is open to the rule keeper: drafts and their publication, and questions that are asked by POST. Nothing here acts on a case.</summary>
    private static readonly string[] Allowed =
    [
        "POST /workflow-instances", "POST /workflow-instances/1/journal", "POST /bulk-actions/export/workflow-instances", "POST /workflow-instances/1/export",
        "POST /workflow-definitions", "POST /workflow-definitions/1/revert/1", "POST /workflow-definitions/1/update-references", "POST /workflow-definitions/1/publish",
        "POST /workflow-definitions/import-files", "POST /workflow-definitions/import", "PUT /workflow-definitions/import", "POST /workflow-definitions/1/import",
        "PUT /workflow-definitions/1/import", "POST /bulk-actions/export/workflow-definitions", "POST /workflow-definitions/1/export",
        "POST /bulk-actions/publish/workflow-definitions/by-definition-ids", "POST /activity-executions/report", "POST /descriptors/activities/1/options/1",
    ];

    [Test]
    public async Task Nobody_acts_on_a_case_from_here()
    {
        var open = new List<string>();
        foreach (var route in _desk.Endpoints.OfType<RouteEndpoint>().Where(r => r.RoutePattern.RawText!.TrimStart('/').StartsWith("elsa/api", StringComparison.Ordinal)))
        {
            var path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(s => s.IsSimple && s.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : "1"));
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(m => m != "GET"))
            {
                if (!await RefusesAsync(method, path)) open.Add($"{method} {path["/elsa/api".Length..]}");
            }
        }

        Assert.That(open, Is.EquivalentTo(Allowed));
        Assert.That((await _keeper.RawAsync("/elsa/api/bookmarks/resume?t=x")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private async Task<bool> RefusesAsync(string method, string path)
    {
        try
        {
            return (await _keeper.SendAsync(method, path, "{}")).StatusCode == HttpStatusCode.Forbidden;
        }
        catch (HttpRequestException)
        {
            // Elsa ends the connection where it stumbles over what there is not.
            return false;
        }
    }

    [Test]
    public async Task A_change_that_another_site_made_the_browser_send_is_refused() =>
        Assert.That((await _keeper.SendAsync("POST", Definitions, "{}", "cross-site")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

    [Test]
    public async Task A_definition_that_the_loader_would_refuse_stays_a_draft()
    {
        var answer = await PublishAsync("countersign", root => root["activities"]!.AsArray().First(a => (string)a!["type"]! == "Filing.HumanTask")!["type"] = "Elsa.WriteLine");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Text);
        Assert.That(answer.Text, Does.Contain("Elsa.WriteLine"));
        var published = await ReadAsync($"{Definitions}/by-definition-id/countersign?versionOptions=Published");
        Assert.That((int)published["version"]!, Is.EqualTo(_desk.Register.Laws.Latest("countersign").Version));
    }

    [Test]
    public async Task A_sound_one_is_published_and_starts_no_case_before_it_is_law()
    {
        var version = _desk.Register.Laws.Latest("validity").Version;
        var answer = await PublishAsync("validity", _ => { });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
        Assert.That((int)(await ReadAsync($"{Definitions}/by-definition-id/validity?versionOptions=Published"))["version"]!, Is.EqualTo(version + 1));
        Assert.That(_desk.Register.Laws.Latest("validity").Version, Is.EqualTo(version));
    }

    [Test]
    public async Task The_Studio_stands_about_the_files_of_a_folder()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["studio/_framework"]);
        await File.WriteAllTextAsync(folder["studio/_framework/blazor.webassembly.js"], "plain");
        await File.WriteAllTextAsync(folder["secret.txt"], "secret");
        await using var desk = await Desk.OpenAsync(await KeptAsync(), [.. Shown, ("Workflows:Studio", folder["studio"])]);
        var keeper = await desk.As("rule-keeper");
        var page = await keeper.RawAsync("/elsa/definitions/validity");
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("<elsa-workflow-definition-editor definition-id=\"validity\">").And.Contain("/elsa/api\"></elsa-backend-provider>"));
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("'wasm-unsafe-eval'"));
        Assert.That(await (await keeper.RawAsync("/elsa/_framework/blazor.webassembly.js")).Content.ReadAsStringAsync(), Is.EqualTo("plain"));
        Assert.That((await keeper.RawAsync("/elsa/..%2Fsecret.txt")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await keeper.RawAsync("/elsa/_framework/nothing.js")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await (await desk.As("auditor")).RawAsync("/elsa/_framework/blazor.webassembly.js")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await desk.Anybody().RawAsync("/elsa/definitions")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await keeper.RawAsync("/")).Headers.GetValues("Content-Security-Policy").Single(), Does.Not.Contain("unsafe"));
    }

    [Test]
    public async Task It_is_not_there_unless_it_is_asked_for()
    {
        await using var without = await Desk.OpenAsync(await TestRegister.OpenAsync(), [("Workflows:Host", "Elsa")]);
        Assert.That((await (await without.As("auditor")).RawAsync(Definitions)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static async Task<TestRegister> KeptAsync()
    {
        var register = await TestRegister.OpenAsync();
        await register.Operator.Send(new CreateAccount("rule-keeper", "规则管理员甲"));
        await register.Operator.Send(new GivePost("rule-keeper", World.CityLegal, Role.RuleKeeper, new(2000, 1, 1)));
        return register;
    }

    /// <summary>Saves a definition with a change as its next version, and publishes it, as the Studio does.</summary>
    private async Task<(HttpStatusCode Status, string Text)> PublishAsync(string id, Action<JsonNode> change)
    {
        var model = await ReadAsync($"{Definitions}/by-definition-id/{id}?versionOptions=Latest");
        change(model["root"]!);
        model["version"] = (int)model["version"]! + 1;
        var body = new JsonObject { ["model"] = model.DeepClone(), ["publish"] = true };
        var answer = await _keeper.SendAsync("POST", Definitions, body.ToJsonString());
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> ReadAsync(string path)
    {
        var answer = await _keeper.RawAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }
}
#endif
