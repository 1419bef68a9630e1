using System.Text.Json;
using System.Text.Json.Nodes;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Supervision;
using Filing.Pipeline;
using MediatR;

namespace Filing.Web.CommandLine.Rehearsal;

/// <summary>
/// Plays a scenario on a register whose clock it moves. Between the steps every day passes as it would: at half past eight the sweep rings
/// what is due. A step that is refused otherwise than it says ends the rehearsal.
/// </summary>
internal sealed class Rehearser(IServiceProvider services, Database database, LegalClock clock, Narrator narrator)
{
    private static readonly TimeSpan SweepAt = new(8, 30, 0);

    private readonly Names _names = new();

    /// <summary>Plays it; the error of the first step that went otherwise than it says, or null.</summary>
    public async Task<Error?> PlayAsync(Scenario scenario, CancellationToken ct)
    {
        clock.Move(scenario.Start, 0);
        await narrator.BeginAsync(scenario, _names);
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            var step = scenario.Steps[i];
            await PassAsync(step.At, step.Quiet, ct);
            if (step.Note is { } note && !step.Quiet) narrator.Heading(note);
            if (step.Do is null && step.Upload is null && step.Ask is null) continue;
            var error = step.Upload is { } upload ? await UploadAsync(step, upload, ct) : step.Ask is { } query ? await AskAsync(step, query, ct) : await DoAsync(step, ct);
            if (error?.Code != step.Refused)
            {
                return error is null
                    ? Error.Refused("scenario.not-refused", $"第 {i + 1} 步（{step.Do ?? step.Ask}）应当以 {step.Refused} 被拒绝，却办成了。")
                    : error with { Message = $"第 {i + 1} 步（{step.Do ?? step.Ask ?? "upload"}，{step.As}）：{error.Message}" };
            }
        }

        return null;
    }

    private async Task PassAsync(DateTimeOffset until, bool quiet, CancellationToken ct)
    {
        for (var sweep = NextSweep(clock.GetUtcNow()); sweep <= until; sweep = NextSweep(sweep))
        {
            clock.Move(sweep, 0);
            await using var scope = services.CreateAsyncScope();
            await services.GetRequiredService<Sweep>().RunAsync(ct);
            if (quiet) await narrator.PassOverAsync(_names);
            else await narrator.TellAsync(null, null, null, _names);
        }

        clock.Move(until, 0);
    }

    private static DateTimeOffset NextSweep(DateTimeOffset after)
    {
        var at = LegalClock.StartOf(LegalClock.DayOf(after)) + SweepAt;
        return at > after ? at : LegalClock.StartOf(LegalClock.DayOf(after).AddDays(1)) + SweepAt;
    }

    private async Task<Error?> DoAsync(ScenarioStep step, CancellationToken ct)
    {
        var command = CommandCatalogue.Find(step.Do!)!;
        if (!_names.Resolve(step.With, step.Folder).TryGet(out var body, out var error)) return error;
        if (!CommandCatalogue.Read(command, JsonSerializer.SerializeToElement(body)).TryGet(out var request, out error)) return error;
        return await SendAsync(step, command, request, ct);
    }

    private async Task<Error?> UploadAsync(ScenarioStep step, JsonObject upload, CancellationToken ct)
    {
        if (!_names.Resolve(upload, step.Folder).TryGet(out var resolved, out var error)) return error;
        var path = Path.Combine(step.Folder, resolved!["file"]!.GetValue<string>());
        await using var content = File.OpenRead(path);
        var store = services.GetRequiredService<MaterialStore>();
        if (!(await store.StoreAsync(content, 200 << 20, ct)).TryGet(out var stored, out error)) return error;
        if (!Kebab.TryParse<MaterialKind>(resolved["kind"]?.GetValue<string>() ?? "text", out var kind)) return Error.Invalid("material.unknown-kind", "不认识的材料种类。", "kind");
        var request = new AddMaterial(Guid.Parse(resolved["document"]!.GetValue<string>()), kind, Path.GetFileName(path), "application/octet-stream", stored.Size, stored.Sha256, true);
        return await SendAsync(step, CommandCatalogue.Find("add-material")!, request, ct);
    }

    private async Task<Error?> AskAsync(ScenarioStep step, string name, CancellationToken ct)
    {
        var query = QueryCatalogue.Find(name)!;
        if (!_names.Resolve(step.With, step.Folder).TryGet(out var body, out var error)) return error;
        if (!QueryCatalogue.Read(query, JsonSerializer.SerializeToElement(body)).TryGet(out var request, out error)) return error;
        await using var scope = services.CreateAsyncScope();
        if (!(await ActorAsync(step.As)).TryGet(out var actor, out error)) return error;
        scope.ServiceProvider.GetRequiredService<Caller>().Actor = actor;
        var (answer, refused) = await QueryCatalogue.SendAsync(scope.ServiceProvider.GetRequiredService<IMediator>(), query, request, ct);
        if (refused is null && step.Save is { } kept) _names.Save(kept, answer);
        else if (!step.Quiet) narrator.Answer(actor, step, answer, refused, _names);
        return refused;
    }

    private async Task<Error?> SendAsync(ScenarioStep step, CommandInfo command, object request, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        if (!(await ActorAsync(step.As)).TryGet(out var actor, out var error)) return error;
        scope.ServiceProvider.GetRequiredService<Caller>().Actor = actor;
        var (answer, refused) = await CommandCatalogue.SendAsync(scope.ServiceProvider.GetRequiredService<IMediator>(), command, request, ct);
        if (refused is null && step.Save is { } name) _names.Save(name, answer);
        if (step.Quiet) await narrator.PassOverAsync(_names);
        else await narrator.TellAsync(actor, command, refused, _names);
        return refused;
    }

    private async Task<Result<Actor>> ActorAsync(string login)
    {
        if (login == "operator") return Actor.Operator("rehearsal");
        if (login == "public") return Actor.Public;
        var account = await database.ReadAsync(db => db.QuerySingleOrDefaultAsync<AccountRow>(
            """
            -- Rehearsal/Rehearser: an account by its login
            SELECT Id, Name FROM Account WHERE Login = @login
            """,
            new { login }));
        return account is null ? Error.Invalid("account.unknown", $"没有登录名为“{login}”的账号。") : new Actor(ActorKind.Person, account.Id, account.Name);
    }

    private sealed record AccountRow
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
    }
}
