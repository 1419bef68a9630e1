using System.CommandLine;
using Filing.Domain;
using Filing.Pipeline;
using Filing.Web.Operations;

namespace Filing.Web.CommandLine;

/// <summary>What verbs that touch a register have in common: <c>--data</c>, <c>--as</c>, and opening it.</summary>
internal static class RegisterVerb
{
    /// <summary><c>--data DIR</c>: the data folder; by default FILING_DATA, then <c>data</c>.</summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "数据文件夹（默认取环境变量 FILING_DATA，再默认为 data）",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultFolder(),
    };

    /// <summary><c>--as ACCOUNT</c>: acts as that account instead of as the operator.</summary>
    public static Option<string?> As() => new("--as") { Description = "以某个账号的身份办理（默认以操作员身份）", HelpName = "ACCOUNT" };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> JsonOut() => new("--json") { Description = "以 JSON 输出" };

    /// <summary>Opens the register in a folder, creating and migrating it when it is absent; a refusal is said and becomes the exit code.</summary>
    public static async Task<int> RunAsync(Terminal terminal, string folder, Func<Register, CancellationToken, Task<int>> act, CancellationToken ct, LegalClock? clock = null, bool carries = false)
    {
        if (!FilingOptions.Configuration(folder).TryGet(out var configuration, out var unreadable)) return terminal.Refuse(unreadable);
        if (!FilingOptions.Read(configuration).TryGet(out var options, out var error)) return terminal.Refuse(error);
        using var loggers = LoggerFactory.Create(l => l.AddConfiguration(configuration.GetSection("Logging")).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Filing", LogLevel.Warning).AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace));
        if (!(await Register.OpenAsync(folder, options, clock ?? new LegalClock(), loggers, carries, ct)).TryGet(out var register, out error)) return terminal.Refuse(error);
        await using (register) return await act(register, ct);
    }

    /// <summary>Who acts: the account of <c>--as</c>, or whoever sits at the machine.</summary>
    public static async Task<Result<Actor>> ActorAsync(Register register, string? login)
    {
        if (login is null) return Actor.Operator(Environment.UserName);
        return await register.Services.GetRequiredService<Security.Accounts>().ByLoginAsync(login) is { } account
            ? new Actor(ActorKind.Person, account.Id, account.Name)
            : Error.Invalid("account.unknown", $"没有登录名为“{login}”的账号。", "--as");
    }

    private static string DefaultFolder() => Environment.GetEnvironmentVariable("FILING_DATA") is { Length: > 0 } folder ? folder : "data";
}
