using System.CommandLine;
using Filing.Audit;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.CommandLine.Demo;
using Filing.Web.Operations;

namespace Filing.Web.CommandLine;

/// <summary>
/// <c>filing selftest</c>: shows on the administrator's own database that the program may rely on it. It fills an empty register with the demonstration, by real commands,
/// asks the database its questions, sends one request many times at once, and verifies the whole. The register is to be thrown away afterwards; Production refuses it.
/// </summary>
internal static class SelfTestVerb
{
    private const int AtOnce = 64;

    public static Command Make(Terminal terminal)
    {
        var data = RegisterVerb.Data();
        var json = RegisterVerb.JsonOut();
        var command = new Command("selftest", "在空的数据库上自检：数据库是否可靠（会写入演示数据，之后应删除该数据库）") { data, json };
        command.SetAction((parsed, ct) => RegisterVerb.RunAsync(terminal, parsed.GetRequiredValue(data), (register, token) => RunAsync(terminal, register, parsed.GetValue(json), token), ct));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, Register register, bool json, CancellationToken ct)
    {
        if (await Settings.IsInUseAsync(register.Database, ct)) return terminal.Refuse(Error.Refused("selftest.not-empty", "该登记簿中已有机关或账号。自检会写入演示数据，请另建一个空的数据库来做。"));
        var probe = new DatabaseProbe(register.Database);
        terminal.Err.WriteLine($"数据库：{await probe.VersionAsync()}");
        await DemoStory.TellAsync(register, DemoStory.Fewest, terminal.Err, ct);
        var printed = new PrintedVerdicts(terminal, json);
        await foreach (var verdict in probe.RunAsync()) printed.Report(verdict);
        printed.Report(await SameRequestAsync(register));
        foreach (var verdict in await register.Services.GetRequiredService<Invariants>().VerifyAsync(ct: ct)) printed.Report(verdict);
        terminal.Err.WriteLine($"{printed.Count} 项中有 {printed.Failed} 项不成立。{(printed.Failed == 0 ? "该数据库可以使用。" : "请不要在该数据库上运行。")}自检所用的登记簿请删除。");
        return printed.Failed == 0 ? Exit.Done : Exit.Refused;
    }

    /// <summary>Somebody presses the button again and again, at several servers: it happens once, and everybody gets the same answer.</summary>
    private static async Task<Verdict> SameRequestAsync(Register register)
    {
        var (drafter, body, government) = await DrafterAsync(register);
        var request = new SubmitDraft("自检所用的文件", DocumentKind.Government, body, government, "第一条 自检。", true);
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => register.AskAsync(drafter, mediator => mediator.Send(request), "selftest"))));
        // Within one process, who comes while it is under way is told so.
        var problems = answers.Where(a => a.Error is { Code: not "idempotency.running" }).Select(a => a.Error!.ToString()).ToList();
        var documents = answers.Where(a => a.Ok).Select(a => a.Value.DocumentId).Distinct().Count();
        if (documents != 1) problems.Add($"同一请求办成了 {documents} 件");
        return new Verdict("same-request", $"同一请求同时发出 {AtOnce} 次，只办一次", AtOnce, problems.Count, problems);
    }

    private static async Task<(Actor Drafter, string Body, string Government)> DrafterAsync(Register register)
    {
        var found = await register.Database.ReadAsync(db => db.QueryFirstOrDefaultAsync<Drafter>(
            """
            -- CommandLine/SelfTestVerb: somebody who drafts
            SELECT a.Id, a.Name, b.Code AS Body, g.Code AS Government
            FROM Account a JOIN Post p ON p.AccountId = a.Id JOIN Body b ON b.Id = p.BodyId JOIN Body g ON g.Id = b.ParentId
            WHERE p.Role = 'drafter' AND p.ValidTo IS NULL AND b.ValidTo IS NULL AND b.Kind = 'department' ORDER BY a.Login
            """)) ?? throw new InvalidOperationException("The demonstration has no drafter.");
        return (new Actor(ActorKind.Person, found.Id, found.Name), found.Body, found.Government);
    }

    private sealed record Drafter
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public required string Body { get; init; }
        public required string Government { get; init; }
    }
}
