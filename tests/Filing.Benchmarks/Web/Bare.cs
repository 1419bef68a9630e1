using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Filing.Benchmarks.Web;

/// <summary>The least that any program on the same framework does: a host that answers with bytes it already has.</summary>
internal static class Bare
{
    /// <summary>The verb under which this program serves barely, to be timed from outside.</summary>
    public const string Verb = "bare-server";

    /// <summary>Serves until it is ended.</summary>
    public static Task ServeAsync(string url) => Make(url, new Dictionary<string, byte[]> { ["/healthz/ready"] = "ok"u8.ToArray() }).RunAsync();

    /// <summary>A host that answers these paths, queries included, with these bytes.</summary>
    public static WebApplication Make(string url, IReadOnlyDictionary<string, byte[]> answers) =>
        Make(url, answers.ToDictionary(a => a.Key, a => new BareAnswer(a.Value, "text/html; charset=utf-8")));

    /// <summary>A host that answers these paths, queries included, with these answers.</summary>
    public static WebApplication Make(string url, IReadOnlyDictionary<string, BareAnswer> answers)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(url);
        foreach (var path in answers.Keys.Select(k => k.Split('?')[0]).Distinct())
        {
            app.MapGet(path, (HttpContext context) =>
            {
                var answer = answers[path + context.Request.QueryString];
                if (answer.Encoding is { } encoding) context.Response.Headers.ContentEncoding = encoding;
                return Results.Bytes(answer.Bytes, answer.Type);
            });
        }

        return app;
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Bytes that a bare host has ready.</summary>
/// <param name="Bytes">As they go over the wire.</param>
/// <param name="Type">Their media type.</param>
/// <param name="Encoding">How they are compressed; null where they are not.</param>
internal sealed record BareAnswer(byte[] Bytes, string Type, string? Encoding = null);
