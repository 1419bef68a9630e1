using System.Text.Encodings.Web;
using System.Text.Unicode;
using Filing.Domain;
using Filing.Elsa.Studio;
using Filing.Hangfire;
using Filing.Pipeline;
using Filing.Web.Api;
using Filing.Web.Operations;
using Filing.Web.Pages;
using Filing.Web.Security;
using Microsoft.Extensions.WebEncoders;

namespace Filing.Web;

/// <summary>How a server is to be started.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Urls">Where to listen, separated by semicolons; null for what the configuration says, else port 5080 of this machine.</param>
/// <param name="Clock">Where the clock of the law is moved to; null for real time. Refused in Production.</param>
/// <param name="Environment">Production, Development; null for what ASPNETCORE_ENVIRONMENT says.</param>
/// <param name="Demo">In Development an empty register is filled with the demonstration, and its progress said here; null leaves it empty.</param>
public sealed record ServerStart(string Data, string? Urls = null, ClockSetting? Clock = null, string? Environment = null, TextWriter? Demo = null);

/// <summary>A server over an open register: pages, API, operations.</summary>
public sealed class Server : IAsyncDisposable
{
    private const long RequestLimit = 16 << 20;

    private Server(WebApplication app, Register register) => (App, Register) = (app, register);

    /// <summary>The application, built and not yet started.</summary>
    public WebApplication App { get; }

    /// <summary>What it serves.</summary>
    public Register Register { get; }

    /// <summary>Opens the register and puts the server together; the caller starts it.</summary>
    /// <param name="start">How.</param>
    /// <param name="configure">Changes configuration or services first; for tests.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="LawDataException">The law's data cannot be used.</exception>
    /// <exception cref="Workflows.DefinitionException">A definition cannot be used.</exception>
    public static async Task<Result<Server>> OpenAsync(ServerStart start, Action<WebApplicationBuilder>? configure = null, CancellationToken ct = default)
    {
        var builder = CreateBuilder(start);
        if (FilingOptions.AddFolder(builder.Configuration, start.Data) is { } unreadable) return unreadable;
        configure?.Invoke(builder);
        if (!FilingOptions.Read(builder.Configuration).TryGet(out var options, out var error)) return error;
        var production = !builder.Environment.IsDevelopment();
        if (production && start.Clock is not null) return Error.Refused("clock.production", "生产环境不能移动时钟（--clock）。");
        var clock = new LegalClock();
        start.Clock?.Apply(clock);
        var loggers = LoggerFactory.Create(l => Logs.Add(l, builder.Configuration, !production));
        if (!(await Register.OpenAsync(start.Data, options, clock, loggers, carries: true, ct)).TryGet(out var register, out error)) return error;
        if (!production && start.Demo is { } progress && !await Settings.IsInUseAsync(register.Database, ct)) await CommandLine.Demo.DemoStory.TellAsync(register, CommandLine.Demo.DemoStory.Fewest, progress, ct);
        if (options.WorkflowHost == Edition.BuiltIn && await Features.Cases.FlowHosting.LeftWithoutHostAsync(register.Database, ct) is { } left)
        {
            await register.DisposeAsync();
            return left;
        }

        if (!(await BannerAsync(register, start.Clock, production, ct)).TryGet(out var banner, out error))
        {
            await register.DisposeAsync();
            return error;
        }

        builder.Services.AddSingleton(banner);
        return new Server(Build(builder, register), register);
    }

    /// <summary>Stops the server, then closes the register.</summary>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Register.DisposeAsync();
        Register.Loggers.Dispose();
    }

    private static WebApplicationBuilder CreateBuilder(ServerStart start)
    {
        // The files of the product do not change while it runs. A machine gives out few inotify handles, and a page must not fail for want of one.
        Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "1");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Server).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = start.Environment,
            // The configuration is read and checked at the start; watching its files would only cost handles.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddEnvironmentVariables("FILING_");
        Logs.Add(builder.Logging, builder.Configuration, builder.Environment.IsDevelopment());
        Telemetry.Add(builder);
        if (start.Urls is { } urls) builder.WebHost.UseUrls(urls);
        else if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists()) builder.WebHost.UseUrls("http://localhost:5080");
        return builder;
    }

    /// <summary>What the folder remembers of itself decides whether it may be served here.</summary>
    private static async Task<Result<Banner>> BannerAsync(Register register, ClockSetting? clock, bool production, CancellationToken ct)
    {
        var moved = await Settings.ReadAsync(register.Database, Settings.ClockMoved, ct);
        var demo = await Settings.ReadAsync(register.Database, Settings.Demo, ct);
        if (production && moved is not null) return Error.Refused("clock.folder-moved", $"数据文件夹“{register.Folder}”曾在移动的时钟下使用（{moved}），其中的日期不全是真实日期，不能用于生产环境。");
        if (production && demo is not null) return Error.Refused("demo.production", $"数据文件夹“{register.Folder}”中是演示数据，不能用于生产环境。");
        if (clock is not null) await Settings.WriteAsync(register.Database, Settings.ClockMoved, clock.ToString(), ct);
        return new Banner(register.Clock, moved is not null || clock is not null, demo is not null);
    }

    private static WebApplication Build(WebApplicationBuilder builder, Register register)
    {
        // Elsa registers what can only be built within a request.
        var whole = register.Options.WorkflowHost == Edition.BuiltIn;
        builder.Host.UseDefaultServiceProvider(o => (o.ValidateOnBuild, o.ValidateScopes) = (whole, true));
        builder.WebHost.ConfigureKestrel(k => (k.AddServerHeader, k.Limits.MaxRequestBodySize) = (false, RequestLimit));
        register.AddTo(builder.Services).AddOperations(register).AddSecurity(register).AddPages();
        Compression.Add(builder.Services);
        builder.Services.AddOpenApi("v1", OpenApi.Describe);
        builder.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            var (to, from) = (o.SerializerOptions, Json.Options);
            (to.Encoder, to.DefaultIgnoreCondition, to.UnmappedMemberHandling) = (from.Encoder, from.DefaultIgnoreCondition, from.UnmappedMemberHandling);
            (to.RespectNullableAnnotations, to.RespectRequiredConstructorParameters) = (true, true);
            foreach (var converter in from.Converters) to.Converters.Add(converter);
        });

        var app = builder.Build();
        Telemetry.Start(app.Services);
        SystemdNotice.Follow(app.Lifetime, app.Logger);
        app.UseMiddleware<Edge>();
        app.Use(SecurityHeaders.AddAsync);
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseResponseCompression();
        app.UseStaticFiles();
        app.UseWhen(IsApi, api => api.UseStatusCodePages(c => Problems.WriteStatusAsync(c.HttpContext, c.HttpContext.Response.StatusCode)));
        app.UseWhen(c => !IsApi(c), pages => pages.UseStatusCodePagesWithReExecute("/error"));
        app.Use(EndedSession.CarryAsync);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.Use(Callers.FillAsync);
        app.UseWhen(IsApi, api => api.Use(Callers.RequireTokenAsync));
        if (register.Options.ElsaApi) app.UseElsaDoor(Sessions.KeepsRulesAsync);
        app.UseAuthorization();
        app.UseRequestLocalization("zh-CN");
        app.MapRazorPages();
        MapApi(app);
        Health.Map(app);
        if (register.Options.Dashboard) app.MapJobs(Sessions.JobsRightAsync);
        if (register.Options.ElsaApi) app.MapElsa(register.Options.Studio);
        app.MapOpenApi();
        return app;
    }

    private static void MapApi(WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapCommands();
        api.MapQueries();
        api.MapMaterials();
        api.MapReading();
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");
}
