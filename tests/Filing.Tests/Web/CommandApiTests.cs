using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Tests.Support;
using Microsoft.Extensions.Logging;
using static Filing.Tests.Web.TestServer;

namespace Filing.Tests.Web;

[TestFixture]
internal sealed class CommandApiTests
{
    private static readonly SubmitDraft Draft = new("郴州市城镇房屋租赁管理办法", DocumentKind.Government, "CZ-ZJJ", "CZ", "第一条 为了规范房屋租赁，制定本办法。", true);
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TestServer.StartAsync(settings: ("Materials:LimitMegabytes", "1"));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Nobody_commands_without_signing_in()
    {
        using var nobody = _server.Browser();
        var answer = await Command(nobody, "submit-draft", Draft, NewKey());
        await ProblemAsync(answer, 401, "sign-in-required");
        Assert.That(answer.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Bearer"));
    }

    [Test]
    public async Task A_role_that_lacks_the_function_is_refused()
    {
        using var registrar = await _server.Program("registrar");
        await ProblemAsync(await Command(registrar, "submit-draft", Draft, NewKey()), 403, "forbidden");
    }

    [Test]
    public async Task A_document_that_the_account_may_not_see_does_not_exist_for_it()
    {
        using var drafter = await _server.Program("drafter");
        using var stranger = await _server.Program("drafter-finance");
        var document = await SubmitAsync(drafter, NewKey());
        await ProblemAsync(await Command(stranger, "identify-document", new IdentifyDocument(document, IdentificationOutcome.Normative, "是")), 404, "not-found");
        await ProblemAsync(await stranger.GetAsync($"/api/v1/documents/{document}"), 404, "not-found");
    }

    [Test]
    public async Task A_command_that_is_not_due_is_refused_by_the_law()
    {
        using var drafter = await _server.Program("drafter");
        using var reviewer = await _server.Program("reviewer");
        var document = await SubmitAsync(drafter, NewKey());
        var identify = new IdentifyDocument(document, IdentificationOutcome.Normative, "普遍适用");
        Assert.That((int)(await Command(reviewer, "identify-document", identify)).StatusCode, Is.EqualTo(200));
        await ProblemAsync(await Command(reviewer, "identify-document", identify), 422, "task.not-open");
    }

    [Test]
    public async Task What_was_done_is_answered_and_stands_in_the_audit_trail_under_the_trace_of_the_request()
    {
        using var drafter = await _server.Program("drafter");
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        drafter.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        var document = await SubmitAsync(drafter, NewKey());
        Assert.That(await _server.Scalar<string>("SELECT Title FROM Document WHERE Id = @document", new { document }), Is.EqualTo(Draft.Title));
        Assert.That(await _server.Scalar<string>("SELECT p.ActorName FROM Process p JOIN Event e ON e.ProcessId = p.Id WHERE p.TraceId = @Trace AND e.DocumentId = @document", new { Trace, document }), Is.EqualTo("起草人甲"));
        var read = await drafter.GetAsync($"/api/v1/documents/{document}");
        Assert.That((int)read.StatusCode, Is.EqualTo(200), () => string.Join('\n', _server.Logs.Lines.Where(l => l.Level >= LogLevel.Error)));
        Assert.That(await read.Content.ReadAsStringAsync(), Does.Contain(Draft.Title));
    }

    [Test]
    public async Task What_must_act_once_needs_a_key()
    {
        using var drafter = await _server.Program("drafter");
        var problem = await ProblemAsync(await Command(drafter, "submit-draft", Draft), 400, "idempotency.key-required");
        Assert.That(problem.GetProperty("field").GetString(), Is.EqualTo("Idempotency-Key"));
        await ProblemAsync(await Command(drafter, "submit-draft", Draft, new string('k', 201)), 400, "idempotency.key-unreadable");
    }

    [Test]
    public async Task The_same_key_and_body_get_the_same_answer_and_never_a_second_document()
    {
        using var drafter = await _server.Program("drafter");
        var (key, before) = (NewKey(), await DocumentsAsync());
        var first = await Command(drafter, "submit-draft", Draft, key);
        var again = await Command(drafter, "submit-draft", Draft, key);
        Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        await ProblemAsync(await Command(drafter, "submit-draft", Draft with { Title = "另一份" }, key), 422, "idempotency.other-body");
        Assert.That(await DocumentsAsync(), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task Keys_of_different_accounts_do_not_meet()
    {
        using var drafter = await _server.Program("drafter");
        using var other = await _server.Program("drafter-finance");
        var key = NewKey();
        var (first, second) = (await SubmitAsync(drafter, key), await SubmitAsync(other, key, Draft with { DraftingBody = "CZ-CZJ" }));
        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Many_clicks_at_once_make_one_document()
    {
        using var drafter = await _server.Program("drafter");
        var (key, before) = (NewKey(), await DocumentsAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Command(drafter, "submit-draft", Draft, key)));
        Assert.That(answers.Select(a => (int)a.StatusCode), Has.All.AnyOf(200, 409).And.Some.EqualTo(200));
        foreach (var running in answers.Where(a => (int)a.StatusCode == 409)) await ProblemAsync(running, 409, "idempotency.running");
        Assert.That(await DocumentsAsync(), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task A_browser_commands_only_with_a_token_of_our_pages()
    {
        using var browser = await _server.SignedIn("drafter");
        await ProblemAsync(await Command(browser, "submit-draft", Draft, NewKey()), 403, "form-token");
        await ProblemAsync(await Command(browser, "submit-draft", Draft, NewKey(), "forged"), 403, "form-token");
        var others = await TokenAsync(await _server.SignedIn("administrator"), "/");
        await ProblemAsync(await Command(browser, "submit-draft", Draft, NewKey(), others), 403, "form-token");
        Assert.That((int)(await Command(browser, "submit-draft", Draft, NewKey(), await TokenAsync(browser, "/"))).StatusCode, Is.EqualTo(200));
    }

    [TestCase("""{"title":""", "request.unreadable", null)]
    [TestCase("", "request.unreadable", null)]
    [TestCase("[]", "request.unreadable", null)]
    [TestCase("null", "request.empty", null)]
    [TestCase("""{"titel":"x"}""", "request.unreadable", "titel")]
    [TestCase("""{"title":"x"}""", "request.unreadable", "kind")]
    [TestCase("""{"title":"x","title":"y"}""", "request.unreadable", null)]
    [TestCase("""{"title":"x","kind":"town","draftingBody":"CZ-ZJJ","issuingBody":"CZ","text":"t","declaredNotSecret":true}""", "request.unreadable", "kind")]
    [TestCase("""{"title":"x","kind":"government","draftingBody":"CZ-ZJJ","issuingBody":"CZ","text":null,"declaredNotSecret":true}""", "request.unreadable", "text")]
    [TestCase("""{"title":"","kind":"government","draftingBody":"CZ-ZJJ","issuingBody":"CZ","text":"t","declaredNotSecret":true}""", "invalid", "title")]
    [TestCase("""{"title":"x","kind":"government","draftingBody":"CZ-ZJJ","issuingBody":"CZ","text":"t","declaredNotSecret":false}""", "material.secret-not-declared", "declaredNotSecret")]
    public async Task A_body_that_cannot_be_is_answered_with_its_field_in_Chinese(string body, string code, string? field)
    {
        using var drafter = await _server.Program("drafter");
        var problem = await ProblemAsync(await Command(drafter, "submit-draft", body, NewKey()), 400, code);
        Assert.That(problem.TryGetProperty("field", out var named) ? named.GetString() : null, Is.EqualTo(field));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Match("[一-鿿]").And.Not.Match("[A-Za-z]{12,}\\.[A-Z]"), "no type of ours is shown");
    }

    [Test]
    public async Task What_the_server_itself_refuses_is_a_problem_too()
    {
        using var drafter = await _server.Program("drafter");
        await ProblemAsync(await drafter.GetAsync("/api/v1/nothing"), 404, "http.404");
        await ProblemAsync(await drafter.PostAsync("/api/v1/commands/no-such-verb", JsonContent.Create(new { })), 404, "http.404");
        await ProblemAsync(await drafter.GetAsync("/api/v1/commands/submit-draft"), 405, "http.405");
        await ProblemAsync(await drafter.PostAsync("/api/v1/commands/submit-draft", new StringContent("{}", Encoding.UTF8, "text/plain")), 415, "http.415");
        drafter.DefaultRequestHeaders.ExpectContinue = true;
        await ProblemAsync(await Command(drafter, "submit-draft", $"\"{new string('x', 17 << 20)}\"", NewKey()), 413, "request.too-large");
    }

    [Test]
    public async Task A_bug_is_logged_once_with_its_trace_and_tells_the_sender_nothing()
    {
        await using var server = await TestServer.StartAsync();
        using var drafter = await server.Program("drafter");
        await TestDatabase.LoseAsync(server.Register.Database, "Post");
        var problem = await ProblemAsync(await drafter.GetAsync("/api/v1/me"), 500, "http.500");
        Assert.That(problem.EnumerateObject().Select(p => p.Name), Is.EquivalentTo(["type", "title", "status", "code", "traceId"]));
        var errors = server.Logs.Lines.Where(l => l.Level >= LogLevel.Error && l.Text.Contains(TestDatabase.NoSuchTable("Post"), StringComparison.OrdinalIgnoreCase)).ToArray();
        Assert.That(errors, Has.Length.EqualTo(1));
        Assert.That(errors[0].Text, Does.Contain(problem.GetProperty("traceId").GetString()));
        using var browser = await server.SignedIn("drafter");
        var page = await browser.GetAsync("/");
        Assert.That((int)page.StatusCode, Is.EqualTo(500));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("系统出错").And.Not.Contain(TestDatabase.NoSuchTable("Post")).IgnoreCase);
    }

    [Test]
    public async Task A_key_that_is_unknown_expired_or_revoked_is_never_taken_for_the_public()
    {
        using var unknown = new HttpClient { BaseAddress = _server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", ApiKeyText.New()) } };
        await ProblemAsync(await unknown.GetAsync("/api/v1/me"), 401, "api-key.unknown");
        using var basic = new HttpClient { BaseAddress = _server.Address, DefaultRequestHeaders = { Authorization = new("Basic", "ZHJhZnRlcjpw") } };
        await ProblemAsync(await basic.GetAsync("/api/v1/me"), 401, "api-key.unknown");
        using var expired = await _server.Program("drafter", TimeProvider.System.GetUtcNow().AddSeconds(-1));
        await ProblemAsync(await expired.GetAsync("/api/v1/me"), 401, "api-key.unknown");
        using var revoked = await _server.Program("drafter");
        Assert.That((int)(await revoked.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(200));
        await _server.Operator(new RevokeApiKey(await _server.Scalar<Guid>("SELECT Id FROM ApiKey ORDER BY Id DESC")));
        await ProblemAsync(await revoked.GetAsync("/api/v1/me"), 401, "api-key.unknown");
    }

    [Test]
    public async Task A_program_is_the_account_of_its_key()
    {
        using var drafter = await _server.Program("drafter");
        var me = await drafter.GetFromJsonAsync<JsonElement>("/api/v1/me");
        Assert.That(me.GetProperty("name").GetString(), Is.EqualTo("起草人甲"));
        Assert.That(me.GetProperty("posts")[0].GetProperty("role").GetString(), Is.EqualTo("drafter"));
    }

    [Test]
    public async Task A_material_is_stored_under_its_hash()
    {
        using var drafter = await _server.Program("drafter");
        var answer = await UploadAsync(drafter, "true", "附件内容"u8.ToArray());
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        var received = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(received.GetProperty("fileName").GetString(), Is.EqualTo("附件.txt"));
        using var stored = new StreamReader(_server.Register.Materials.Open(received.GetProperty("sha256").GetString()!).Value);
        Assert.That(await stored.ReadToEndAsync(), Is.EqualTo("附件内容"));
    }

    [Test]
    public async Task A_material_that_may_be_secret_is_too_large_or_is_nobodys_is_not_kept()
    {
        using var drafter = await _server.Program("drafter");
        await ProblemAsync(await UploadAsync(drafter, null, [1]), 400, "material.secret-not-declared");
        await ProblemAsync(await UploadAsync(drafter, "false", [1]), 400, "material.secret-not-declared");
        await ProblemAsync(await UploadAsync(drafter, "true", Text((1 << 20) + 1)), 413, "material.too-large");
        Assert.That((int)(await UploadAsync(drafter, "true", Text(1 << 20))).StatusCode, Is.EqualTo(200), "the limit itself is allowed");
        await ProblemAsync(await UploadAsync(drafter, "true", new byte[100]), 400, "material.type-mismatch");
        await ProblemAsync(await UploadAsync(drafter, "true", null), 400, "material.missing");
        await ProblemAsync(await UploadAsync(_server.Browser(), "true", [1]), 401, "sign-in-required");
        using var torn = new StringContent("--b\r\nContent-Disposition: form-data; name=\"declaredNotSecret\"\r\n\r\ntrue\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nhalf");
        torn.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        await ProblemAsync(await drafter.PostAsync("/api/v1/materials", torn), 400, "material.unreadable");
        Assert.That(Directory.EnumerateFiles(Path.Combine(_server.Register.Folder, "materials", "incoming")), Is.Empty);
    }

    private static byte[] Text(int length)
    {
        var text = new byte[length];
        Array.Fill(text, (byte)'a');
        return text;
    }

    [TestCase("/api/v1/deadlines/due-soon?days=abc", "query.unreadable", "days")]
    [TestCase("/api/v1/deadlines/due-soon?day=1", "query.unknown", "day")]
    [TestCase("/api/v1/deadlines/due-soon?days=1&days=2", "query.unreadable", "days")]
    [TestCase("/api/v1/documents/no-id", "query.unreadable", "documentId")]
    public async Task A_question_that_cannot_be_read_names_its_part(string address, string code, string field)
    {
        using var drafter = await _server.Program("drafter");
        Assert.That((await ProblemAsync(await drafter.GetAsync(address), 400, code)).GetProperty("field").GetString(), Is.EqualTo(field));
    }

    [Test]
    public async Task Every_command_and_every_question_is_in_the_api_document()
    {
        var document = JsonElement.Parse(await _server.Browser().GetStringAsync("/openapi/v1.json"));
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).ToDictionary(o => o.Value.GetProperty("operationId").GetString()!, o => o.Value);
        Assert.That(operations.Keys, Is.SupersetOf(CommandCatalogue.All.Select(c => c.Name)));
        // Papers have addresses of their own; the others are what our pages ask for their forms.
        string[] pages = ["read-step", "find-task", "read-saved-form", "list-saved-forms"];
        var questions = typeof(CommandCatalogue).Assembly.GetTypes().Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>)))
            .Where(t => !t.IsAssignableTo(typeof(IQuery<Filing.Papers.OfficialPaper>)) && !pages.Contains(Kebab.Case(t.Name)));
        Assert.That(operations.Keys, Is.SupersetOf(questions.Select(q => Kebab.Case(q.Name))));
        foreach (var command in CommandCatalogue.All)
        {
            var operation = operations[command.Name];
            Assert.That(operation.GetProperty("summary").GetString(), Is.EqualTo(command.Summary));
            Assert.That(operation.GetProperty("parameters")[0].TryGetProperty("required", out var required) && required.GetBoolean(), Is.EqualTo(command.Once), command.Name);
            Assert.That(operation.GetProperty("requestBody").GetRawText(), Does.Contain($"#/components/schemas/{command.Type.Name}"));
        }

        Assert.That(operations["submit-draft"].GetProperty("responses").GetProperty("default").GetRawText(), Does.Contain("profile.none").And.Contain("body.unknown").And.Contain("application/problem+json"));
        Assert.That(document.GetProperty("components").GetProperty("schemas").GetProperty("DocumentKind").GetProperty("enum").EnumerateArray().Select(e => e.GetString()), Does.Contain("authorised-body"));
    }

    private static string NewKey() => Guid.NewGuid().ToString();

    private static async Task<Guid> SubmitAsync(HttpClient client, string key, SubmitDraft? draft = null)
    {
        var answer = await Command(client, "submit-draft", draft ?? Draft, key);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        return JsonElement.Parse(text).GetProperty("documentId").GetGuid();
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client, string? declared, byte[]? content)
    {
        var form = new MultipartFormDataContent();
        if (declared is not null) form.Add(new StringContent(declared), "declaredNotSecret");
        if (content is not null) form.Add(new ByteArrayContent(content), "file", "附件.txt");
        return client.PostAsync("/api/v1/materials", form);
    }

    private Task<int> DocumentsAsync() => _server.Scalar<int>("SELECT COUNT(*) FROM Document");
}
