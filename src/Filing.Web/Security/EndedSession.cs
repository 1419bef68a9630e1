using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Filing.Features.Desks;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Filing.Web.Security;

/// <summary>
/// A form that is sent after the session has ended loses nothing: the page to sign in is the answer, and takes what was typed along in a hidden field, sealed.
/// When the same person has signed in it is kept (暂存) and the form is shown again. Nothing of it lies in the server meanwhile, and nothing that another
/// site makes a browser send comes through: the form says whose it is by a seal that only its own page holds.
/// </summary>
internal static class EndedSession
{
    /// <summary>The longest field that is carried, in characters.</summary>
    public const int MostCarried = 8 << 20;

    private const long MostPosted = 15 << 20;
    private static readonly object Mark = new();
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    /// <summary>Says whose form it is, and which.</summary>
    public static string Seal(HttpContext context, string form) =>
        Protector(context, "form").Protect($"{Sessions.ActorOf(context.User).AccountId}\n{form}");

    /// <summary>Instead of a redirect, which would drop a form: the page to sign in, as the answer to the form.</summary>
    public static Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method) && request.HasFormContentType && !request.Path.StartsWithSegments("/api"))
        {
            context.HttpContext.Items[Mark] = "";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    /// <summary>Shows the page to sign in where <see cref="ChallengeAsync"/> asked for it.</summary>
    public static async Task CarryAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!context.Items.ContainsKey(Mark) || context.Response.HasStarted) return;
        var (carried, back) = await ReadAsync(context);
        context.Items[Mark] = carried;
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        // From here on it is a request for the page, without the form.
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = (HttpMethods.Get, "/sign-in", QueryString.Create("return", back));
        (context.Request.Body, context.Request.ContentType, context.Request.ContentLength) = (Stream.Null, null, null);
        context.Features.Set<IFormFeature>(new FormFeature(context.Request));
        await next(context);
    }

    /// <summary>What the request carries for the page to sign in; null when it came otherwise.</summary>
    public static string? Of(HttpContext context) => context.Items.TryGetValue(Mark, out var carried) ? carried as string : null;

    /// <summary>What becomes of what is carried, in words.</summary>
    public static string Describe(HttpContext context, string? carried) => Open(context, carried) switch
    {
        { Form: not null, Files: true } => "登录后会回到刚才的表单，所填内容不会丢失；所选的文件需要重新选择。",
        { Form: not null } => "登录后会回到刚才的表单，所填内容不会丢失。",
        _ => "登录后请重新操作。",
    };

    /// <summary>Keeps what was carried for the person who has signed in, if it is his or her own.</summary>
    /// <returns>Where to go on, and what to say; null where nothing was carried.</returns>
    public static async Task<(string? Back, string? Said)> GiveBackAsync(HttpContext context, string? carried, AccountRow account)
    {
        if (Open(context, carried) is not { Form: { } form } content) return (null, null);
        if (content.Account != account.Id) return ("/", "登录前填写的内容属于另一个账号，没有带入。");
        var services = context.RequestServices;
        services.GetRequiredService<Caller>().Actor = new Actor(ActorKind.Person, account.Id, account.Name);
        var files = KeptPage.FilesOf(content.Fields.Select(f => KeyValuePair.Create<string, string?[]>(f.Key, f.Value)));
        var fields = JsonSerializer.Serialize(content.Fields, Json.Options);
        var kept = await services.GetRequiredService<IMediator>().Send(new SaveForm(form, fields, null, files), context.RequestAborted);
        return (form, kept.Error is { } error ? error.Message : "已重新登录。登录前填写的内容已经暂存，请继续办理。" + (content.Files ? "所选的文件需要重新选择。" : ""));
    }

    private static async Task<(string Carried, string Back)> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        // A form that is not kept is done from a page: that page is where to go on.
        var back = Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == request.Host.Value ? from.PathAndQuery : "/";
        if (request.ContentLength is not <= MostPosted) return (Protect(context, new(null, null, false, [])), back);
        var form = await request.ReadFormAsync(new FormOptions { ValueLengthLimit = MostCarried, ValueCountLimit = 10_000 }, context.RequestAborted);
        var content = new Content(null, null, form.Files.Count > 0, []);
        if (Unseal(context, form[KeptPage.SealField]) is var (account, path))
        {
            var fields = form.Where(f => !KeptPage.IsFurniture(f.Key)).ToDictionary(f => f.Key, f => f.Value.Select(v => v ?? "").ToArray());
            content = content with { Account = account, Form = path, Fields = fields };
        }

        var carried = Protect(context, content);
        return carried.Length <= MostCarried ? (carried, back) : (Protect(context, new(null, null, false, [])), back);
    }

    private static (Guid Account, string Path)? Unseal(HttpContext context, StringValues seal)
    {
        try
        {
            return seal is [{ } text] && Protector(context, "form").Unprotect(text).Split('\n') is [var account, var path] && Guid.TryParse(account, out var id) ? (id, path) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Protect(HttpContext context, Content content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(brotli, content);
        return WebEncoders.Base64UrlEncode(Protector(context, "carried").ToTimeLimitedDataProtector().Protect(packed.ToArray(), Lasts));
    }

    private static Content? Open(HttpContext context, string? carried)
    {
        if (string.IsNullOrEmpty(carried)) return null;
        try
        {
            var packed = Protector(context, "carried").ToTimeLimitedDataProtector().Unprotect(WebEncoders.Base64UrlDecode(carried));
            using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<Content>(brotli);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(HttpContext context, string purpose) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Filing.EndedSession", purpose);

    private sealed record Content(Guid? Account, string? Form, bool Files, Dictionary<string, string[]> Fields);
}
