using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Tests.Web;
using MediatR;

namespace Filing.Tests.Pages.Drafting;

/// <summary>A server with everybody whom a draft meets on its way to the legal office, each with a password.</summary>
internal sealed class DraftingTown(TestServer server) : IAsyncDisposable
{
    public const string Text = "郴州市人民政府关于加强城镇房屋租赁管理的通知\n\n各县市区人民政府：\n根据《中华人民共和国城市房地产管理法》和《商品房屋租赁管理办法》（住建部令第6号），现通知如下：\n第一条 出租人应当备案。\n第二条 本通知自2027年1月1日起施行，有效期五年。";

    public TestServer Server => server;

    public static async Task<DraftingTown> StartAsync()
    {
        var server = await TestServer.StartAsync();
        var from = new DateOnly(2000, 1, 1);
        await server.Operator(new EstablishBody("CZ-BGS", "郴州市人民政府办公室", BodyKind.GovernmentOffice, from, "CZ"));
        (string Login, string Body, Role Role)[] people =
        [
            ("legal", "CZ-ZJJ", Role.DepartmentLegal), ("colleague", "CZ-ZJJ", Role.Drafter), ("stranger", "CZ-CZJ", Role.Drafter), ("checker", "CZ-FZB", Role.Reviewer),
            ("keeper", "CZ-FZB", Role.Registrar), ("secretary-1", "CZ-BGS", Role.Secretary),
        ];
        foreach (var (login, body, role) in people)
        {
            await server.Operator(new CreateAccount(login, login, TestServer.Password));
            await server.Operator(new GivePost(login, body, role, from));
        }

        return new(server);
    }

    /// <summary>Sends a request as somebody.</summary>
    public async Task<T> Do<T>(string login, IRequest<Result<T>> request)
    {
        var account = await server.Scalar<Guid>("SELECT Id FROM Account WHERE Login = @login", new { login });
        var result = await server.Register.AskAsync(new Actor(ActorKind.Person, account, login), m => m.Send(request));
        Assert.That(result.Error, Is.Null);
        return result.Value;
    }

    /// <summary>A draft that was submitted.</summary>
    public async Task<Guid> SubmittedAsync(string title = "关于加强城镇房屋租赁管理的通知") =>
        (await Do("drafter", new SubmitDraft(title, DocumentKind.Government, "CZ-ZJJ", "CZ", Text, true))).DocumentId;

    /// <summary>A draft whose materials are asked for.</summary>
    public async Task<Guid> ToCompleteAsync()
    {
        var document = await SubmittedAsync();
        await Do("checker", new IdentifyDocument(document, IdentificationOutcome.Normative, "普遍适用、反复适用。"));
        return document;
    }

    /// <summary>A draft on which units and public are consulted.</summary>
    public async Task<Guid> ToConsultAsync()
    {
        var document = await ToCompleteAsync();
        await Do("drafter", new CompleteDraft(document, "起草说明", [new("商品房屋租赁管理办法")]));
        return document;
    }

    /// <summary>A draft that waits for the drafting unit's own check.</summary>
    public async Task<Guid> ToCheckAsync()
    {
        var document = await ToConsultAsync();
        var today = server.Register.Clock.Today;
        foreach (var audience in Enum.GetValues<ConsultationAudience>())
            await Do("drafter", new OpenConsultation(document, audience, today.AddDays(-1), "公函", ["市财政局"], OpensOn: today.AddDays(-12)));
        await Do("drafter", new CloseUnitConsultation(document));
        await Do("drafter", new ClosePublicConsultation(document));
        return document;
    }

    /// <summary>The codes of the open tasks of a document.</summary>
    public async Task<string> TasksAsync(Guid document) => string.Join(',', await server.Register.Database.ReadAsync(db =>
        db.QueryAsync<string>("SELECT Code FROM Task WHERE DocumentId = @document AND State = 'open' ORDER BY Code", new { document })));

    /// <summary>The types of the events of a document.</summary>
    public Task<IReadOnlyList<string>> EventsAsync(Guid document) => server.Register.Database.ReadAsync(db =>
        db.QueryAsync<string>("SELECT Type FROM Event WHERE DocumentId = @document ORDER BY Id", new { document }));

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
