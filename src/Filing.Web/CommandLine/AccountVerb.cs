using System.CommandLine;
using System.Globalization;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Pipeline;

namespace Filing.Web.CommandLine;

/// <summary><c>filing account create | password | disable | enable | key</c>: the first account of an installation, lost passwords, and keys for programs.</summary>
internal static class AccountVerb
{
    public static Command Make(Terminal terminal) => new("account", "开设、停用账号，设置口令，发放接口密钥")
    {
        Create(terminal), Password(terminal), Standing(terminal, "disable", "停用账号", (login, reason) => new DisableAccount(login, reason)),
        Standing(terminal, "enable", "启用账号", (login, reason) => new EnableAccount(login, reason)), Key(terminal),
    };

    private static Command Create(Terminal terminal)
    {
        var (login, name) = (new Option<string>("--login") { Description = "登录名", Required = true }, new Option<string>("--name") { Description = "姓名", Required = true });
        var password = new Option<bool>("--password-stdin") { Description = "从标准输入的第一行读取口令" };
        var role = new Option<string?>("--role") { Description = $"岗位：{string.Join("、", Enum.GetValues<Role>().Select(Kebab.Of))}" };
        var body = new Option<string?>("--body") { Description = "机关代码，与 --role 同时使用", HelpName = "CODE" };
        var (data, actor) = (RegisterVerb.Data(), RegisterVerb.As());
        var command = new Command("create", "开设账号") { login, name, password, role, body, data, actor };
        command.SetAction(async (parsed, ct) =>
        {
            Role? post = null;
            if (parsed.GetValue(role) is { } code)
            {
                if (!Kebab.TryParse<Role>(code, out var known)) return terminal.Refuse(Error.Invalid("role.unknown", $"没有“{code}”这一岗位。", "--role"));
                post = known;
            }

            var secret = parsed.GetValue(password) ? terminal.In.ReadLine() : null;
            if (secret is null && parsed.GetValue(password)) return terminal.Refuse(Error.Invalid("password.missing", "标准输入中没有口令。", "--password-stdin"));
            var request = new CreateAccount(parsed.GetRequiredValue(login), parsed.GetRequiredValue(name), secret, Role: post, Body: parsed.GetValue(body));
            return await SendAsync(terminal, parsed.GetRequiredValue(data), parsed.GetValue(actor), request, id => id.ToString(), ct);
        });
        return command;
    }

    private static Command Password(Terminal terminal)
    {
        var login = new Option<string?>("--login") { Description = "登录名；与 --as 相同或者不写，即修改自己的口令" };
        var (data, actor) = (RegisterVerb.Data(), RegisterVerb.As());
        var command = new Command("password", "设置口令：标准输入的第一行为新口令；修改自己的口令时，第二行为原口令") { login, data, actor };
        command.SetAction(async (parsed, ct) =>
        {
            if (terminal.In.ReadLine() is not { Length: > 0 } secret) return terminal.Refuse(Error.Invalid("password.missing", "标准输入中没有口令。"));
            var request = new SetPassword(secret, terminal.In.ReadLine(), parsed.GetValue(login));
            return await SendAsync(terminal, parsed.GetRequiredValue(data), parsed.GetValue(actor), request, null, ct);
        });
        return command;
    }

    private static Command Standing(Terminal terminal, string verb, string summary, Func<string, string, ICommand<Done>> request)
    {
        var (login, reason) = (new Option<string>("--login") { Description = "登录名", Required = true }, new Option<string>("--reason") { Description = "理由", Required = true });
        var (data, actor) = (RegisterVerb.Data(), RegisterVerb.As());
        var command = new Command(verb, summary) { login, reason, data, actor };
        command.SetAction((parsed, ct) => SendAsync(
            terminal, parsed.GetRequiredValue(data), parsed.GetValue(actor), request(parsed.GetRequiredValue(login), parsed.GetRequiredValue(reason)), null, ct));
        return command;
    }

    private static Command Key(Terminal terminal)
    {
        var (login, name) = (new Option<string>("--login") { Description = "登录名", Required = true }, new Option<string>("--name") { Description = "用途，如“OA 对接”", Required = true });
        var days = new Option<int?>("--days") { Description = "有效天数；不写则长期有效，可随时吊销" };
        var (data, actor) = (RegisterVerb.Data(), RegisterVerb.As());
        var command = new Command("key", "发放接口密钥（只显示一次）") { login, name, days, data, actor };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(days) is < 1 or > 3650) return terminal.Refuse(Error.Invalid("api-key.days", "有效天数应在 1 至 3650 之间。", "--days"));
            var key = ApiKeyText.New();
            var expires = parsed.GetValue(days) is { } d ? TimeProvider.System.GetUtcNow().AddDays(d) : (DateTimeOffset?)null;
            var request = new AddApiKey(parsed.GetRequiredValue(login), parsed.GetRequiredValue(name), ApiKeyText.Hash(key), expires);
            return await SendAsync(terminal, parsed.GetRequiredValue(data), parsed.GetValue(actor), request, _ => key, ct);
        });
        return command;
    }

    private static Task<int> SendAsync<T>(Terminal terminal, string folder, string? login, ICommand<T> request, Func<T, string>? print, CancellationToken ct) => RegisterVerb.RunAsync(
        terminal,
        folder,
        async (register, token) =>
        {
            if (!(await RegisterVerb.ActorAsync(register, login)).TryGet(out var who, out var error)) return terminal.Refuse(error);
            if (!(await register.AskAsync(who, m => m.Send(request, token))).TryGet(out var value, out error)) return terminal.Refuse(error);
            if (print is not null) terminal.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{print(value)}\n"));
            return Exit.Done;
        },
        ct);
}
