using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using Filing.Domain;
using Filing.Features.Supervision;
using Microsoft.Extensions.Configuration.Json;

namespace Filing.Web.Operations;

/// <summary>
/// What an administrator can choose: in <c>appsettings.json</c> beside the program, over it in <c>filing.json</c> in the data folder, over both in the environment
/// (<c>Materials__LimitMegabytes</c>, or with the prefix <c>FILING_</c>). Read once, at the start: a key that is not known or a value that cannot be stops it.
/// </summary>
public sealed record FilingOptions
{
    /// <summary><c>Workflows:Host</c>: what runs the workflows.</summary>
    public string WorkflowHost { get; private init; } = Edition.WorkflowHosts[0];

    /// <summary><c>Workflows:Api</c>: whether Elsa's own interface stands at <c>/elsa/api</c>.</summary>
    public bool ElsaApi { get; private init; }

    /// <summary><c>Workflows:Studio</c>: the folder of the files of Elsa's Studio, with which it stands at <c>/elsa</c>; null without.</summary>
    public string? Studio { get; private init; }

    /// <summary><c>Timers:Host</c>: what runs the sweeps and the deliveries.</summary>
    public string SweepHost { get; private init; } = Edition.SweepHosts[0];

    /// <summary>What Hangfire keeps its jobs in: the memory of this process.</summary>
    public const string MemoryStorage = "Memory";

    /// <summary>What Hangfire keeps its jobs in: tables beside those of the register.</summary>
    public const string SqlServerStorage = "SqlServer";

    /// <summary><c>Timers:Storage</c>: what Hangfire keeps its jobs in; where nobody chose, the SQL Server of the register, or memory for an embedded one.</summary>
    public string SweepStorage { get; private init; } = "";

    /// <summary><c>Timers:Dashboard</c>: whether Hangfire's pages stand at <c>/hangfire</c>.</summary>
    public bool Dashboard { get; private init; }

    /// <summary><c>Timers:IntervalSeconds</c>: how often the deadlines are swept, in real time.</summary>
    public TimeSpan SweepInterval { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary><c>Mail:Host</c>, <c>Mail:Port</c>, <c>Mail:From</c>, <c>Mail:User</c>, <c>Mail:Password</c>, <c>Mail:Tls</c>: where mail goes out.</summary>
    public MailSettings Mail { get; private init; } = new();

    /// <summary><c>Database:SqlServer</c>: a connection string; null for the embedded database in the data folder.</summary>
    public string? SqlServer { get; private init; }

    /// <summary>
    /// <c>Servers:SharedFolder</c>: where several servers over one database keep what is common to them, the materials and the keys of sessions; null for the data folder.
    /// </summary>
    public string? SharedFolder { get; private init; }

    /// <summary><c>Materials:LimitMegabytes</c>, in bytes: the largest material.</summary>
    public long MaterialLimit { get; private init; } = 200L << 20;

    /// <summary><c>SignIn:SessionMinutes</c>: how long a session lasts without a request, in real time.</summary>
    public TimeSpan Session { get; private init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>SignIn:AttemptsPerMinute</c>: how many attempts to sign in one address has in a minute.</summary>
    public int SignInsPerMinute { get; private init; } = 60;

    /// <summary><c>Portal:CommentsPerHour</c>: how many comments of the public one address may send in an hour.</summary>
    public int PublicPerHour { get; private init; } = 30;

    private static readonly Dictionary<string, Func<FilingOptions, string, string, Result<FilingOptions>>> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Workflows:Host"] = (o, key, value) => Choice(key, value, Edition.WorkflowHosts, ["Elsa"]).TryGet(out var host, out var error) ? o with { WorkflowHost = host } : error,
        ["Workflows:Api"] = (o, key, value) => Flag(key, value).TryGet(out var api, out var error) ? o with { ElsaApi = api } : error,
        ["Workflows:Studio"] = (o, key, value) => value.Length == 0 ? o with { Studio = null } : StudioOf(key, value).TryGet(out var folder, out var error) ? o with { Studio = folder } : error,
        ["Timers:Host"] = (o, key, value) => Choice(key, value, Edition.SweepHosts, ["Hangfire"]).TryGet(out var host, out var error) ? o with { SweepHost = host } : error,
        ["Timers:Storage"] = (o, key, value) => Choice(key, value, [MemoryStorage, SqlServerStorage], []).TryGet(out var storage, out var error) ? o with { SweepStorage = storage } : error,
        ["Timers:Dashboard"] = (o, key, value) => Flag(key, value).TryGet(out var dashboard, out var error) ? o with { Dashboard = dashboard } : error,
        ["Timers:IntervalSeconds"] = (o, key, value) => Whole(key, value, 1, 3600).TryGet(out var n, out var error) ? o with { SweepInterval = TimeSpan.FromSeconds(n) } : error,
        ["Mail:Host"] = (o, _, value) => o with { Mail = o.Mail with { Host = value.Length == 0 ? null : value } },
        ["Mail:Port"] = (o, key, value) => Whole(key, value, 1, 65535).TryGet(out var n, out var error) ? o with { Mail = o.Mail with { Port = n } } : error,
        ["Mail:From"] = (o, key, value) => MailAddress.TryCreate(value, out var from)
            ? o with { Mail = o.Mail with { From = from.Address } }
            : Error.Invalid("config.value", $"配置项“{key}”的值“{value}”不是邮件地址。", key),
        ["Mail:User"] = (o, _, value) => o with { Mail = o.Mail with { User = value.Length == 0 ? null : value } },
        ["Mail:Password"] = (o, _, value) => o with { Mail = o.Mail with { Password = value.Length == 0 ? null : value } },
        ["Mail:Tls"] = (o, key, value) => Flag(key, value).TryGet(out var tls, out var error) ? o with { Mail = o.Mail with { Tls = tls } } : error,
        ["Database:SqlServer"] = (o, _, value) => o with { SqlServer = value.Length == 0 ? null : value },
        ["Servers:SharedFolder"] = (o, key, value) => value.Length == 0 ? o with { SharedFolder = null } : SharedOf(key, value).TryGet(out var folder, out var error) ? o with { SharedFolder = folder } : error,
        ["Materials:LimitMegabytes"] = (o, key, value) => Whole(key, value, 1, 4096).TryGet(out var n, out var error) ? o with { MaterialLimit = (long)n << 20 } : error,
        ["SignIn:SessionMinutes"] = (o, key, value) => Whole(key, value, 1, 720).TryGet(out var n, out var error) ? o with { Session = TimeSpan.FromMinutes(n) } : error,
        ["SignIn:AttemptsPerMinute"] = (o, key, value) => Whole(key, value, 1, 1_000_000).TryGet(out var n, out var error) ? o with { SignInsPerMinute = n } : error,
        ["Portal:CommentsPerHour"] = (o, key, value) => Whole(key, value, 1, 1_000_000).TryGet(out var n, out var error) ? o with { PublicPerHour = n } : error,
    };

    private static readonly HashSet<string> Sections = Keys.Keys.Select(k => k.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the file in a data folder in which the choices of this installation stand.</summary>
    public const string FileName = "filing.json";

    /// <summary>The configuration of a verb that is no server.</summary>
    /// <param name="folder">The data folder.</param>
    public static Result<ConfigurationRoot> Configuration(string folder)
    {
        var builder = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        if (AddFolder(builder, folder) is { } error) return error;
        return (ConfigurationRoot)builder.AddEnvironmentVariables().AddEnvironmentVariables("FILING_").Build();
    }

    /// <summary>Adds the choices of a data folder above those that are there and below the environment's. Null when that is done; otherwise why the file cannot be read.</summary>
    public static Error? AddFolder(IConfigurationBuilder builder, string folder)
    {
        var file = Path.Combine(Path.GetFullPath(folder), FileName);
        try
        {
            if (!File.Exists(file)) return null;
            using var text = File.OpenRead(file);
            var choices = new ConfigurationBuilder().AddJsonStream(text).Build();
            if (choices.GetChildren().FirstOrDefault(c => !Sections.Contains(c.Key)) is { } foreign)
                return Error.Invalid("config.unknown-key", $"配置文件“{file}”中不能写“{foreign.Key}”；可写的有：{string.Join("、", Sections)}。监听地址写在环境变量 ASPNETCORE_URLS 中。", foreign.Path);
            var source = new ChainedConfigurationSource { Configuration = choices };
            var above = builder.Sources.Select((s, i) => (s, i)).LastOrDefault(s => s.s is JsonConfigurationSource, (null!, -1)).i;
            builder.Sources.Insert(above + 1, source);
            return null;
        }
        catch (Exception e) when (e is FormatException or JsonException or IOException or UnauthorizedAccessException)
        {
            return Error.Invalid("config.unreadable", $"配置文件“{file}”不能读取：{e.GetBaseException().Message}", FileName);
        }
    }

    /// <summary>Reads the choices; the first that cannot be is named with its key.</summary>
    public static Result<FilingOptions> Read(IConfiguration configuration)
    {
        var options = new FilingOptions();
        foreach (var section in Sections)
        {
            foreach (var choice in configuration.GetSection(section).GetChildren())
            {
                if (!Keys.TryGetValue(choice.Path, out var take))
                    return Error.Invalid("config.unknown-key", $"配置项“{choice.Path}”不存在；可用的有：{string.Join("、", Keys.Keys)}。", choice.Path);
                if (!take(options, choice.Path, choice.Value ?? "").TryGet(out options!, out var error)) return error;
            }
        }

        return Together(options);
    }

    /// <summary>What each value says may be right and still not go together.</summary>
    private static Result<FilingOptions> Together(FilingOptions options)
    {
        if (options.WorkflowHost == Edition.BuiltIn && (options.ElsaApi || options.Studio is not null))
        {
            var key = options.ElsaApi ? "Workflows:Api" : "Workflows:Studio";
            return Error.Refused("config.only-with-elsa", $"配置项“{key}”只在“Workflows:Host”选择 Elsa 时可用。") with { Field = key };
        }

        if (options is { Studio: not null, ElsaApi: false })
            return Error.Refused("config.needs-elsa-api", "配置项“Workflows:Studio”需要同时把“Workflows:Api”设为 true。") with { Field = "Workflows:Studio" };
        if (options.SweepHost == Edition.BuiltIn && (options.Dashboard || options.SweepStorage.Length > 0))
        {
            var key = options.Dashboard ? "Timers:Dashboard" : "Timers:Storage";
            return Error.Refused("config.only-with-hangfire", $"配置项“{key}”只在“Timers:Host”选择 Hangfire 时可用。") with { Field = key };
        }

        if (options is { SharedFolder: not null, SqlServer: null })
            return Error.Refused("config.needs-sql-server", "配置项“Servers:SharedFolder”用于多台服务器共用一个 SQL Server 数据库，请同时填写“Database:SqlServer”。") with { Field = "Servers:SharedFolder" };
        if (options.SharedFolder is not null && options.WorkflowHost != Edition.BuiltIn)
            return Error.Refused("config.one-server", "Elsa 的进度存于本机的数据文件夹，不能由多台服务器共用；请把“Workflows:Host”设为 BuiltIn，或不设“Servers:SharedFolder”。") with { Field = "Servers:SharedFolder" };
        if (options is { SweepStorage: SqlServerStorage, SqlServer: null })
            return Error.Refused("config.needs-sql-server", "配置项“Timers:Storage”选择了 SqlServer，请同时填写“Database:SqlServer”，或改用 Memory。") with { Field = "Timers:Storage" };
        return options.SweepStorage.Length > 0 ? options : options with { SweepStorage = options.SqlServer is null ? MemoryStorage : SqlServerStorage };
    }

    // A folder that is not mounted must not be made: what was stored in it would be lost when it is.
    private static Result<string> SharedOf(string key, string value) => Directory.Exists(value)
        ? Path.GetFullPath(value)
        : Error.Invalid("config.value", $"配置项“{key}”所指的共享文件夹“{value}”不存在；请先建立或挂载它。", key);

    private static Result<string> StudioOf(string key, string value)
    {
        var folder = Path.GetFullPath(value, AppContext.BaseDirectory);
        return Filing.Elsa.Studio.ElsaApi.IsStudio(folder)
            ? folder
            : Error.Invalid("config.value", $"配置项“{key}”所指的文件夹“{folder}”中没有 Elsa Studio 的文件（npm 包 @elsa-workflows/elsa-studio-wasm）。", key);
    }

    private static Result<string> Choice(string key, string value, IReadOnlyList<string> here, IReadOnlyList<string> elsewhere)
    {
        if (here.FirstOrDefault(h => h.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        return elsewhere.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? Error.Refused("config.not-in-edition", $"配置项“{key}”选择了“{value}”，但本程序（{Edition.Name} 版）不含它；可用的有：{string.Join("、", here)}。") with { Field = key }
            : Error.Invalid("config.value", $"配置项“{key}”的值“{value}”不可用；可用的有：{string.Join("、", here)}。", key);
    }

    private static Result<bool> Flag(string key, string value) => bool.TryParse(value, out var flag)
        ? flag
        : Error.Invalid("config.value", $"配置项“{key}”的值应为 true 或 false，不能是“{value}”。", key);

    private static Result<int> Whole(string key, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Error.Invalid("config.value", $"配置项“{key}”的值应为 {least} 至 {most} 的整数，不能是“{value}”。", key);
}
