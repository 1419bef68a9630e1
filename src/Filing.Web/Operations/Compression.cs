using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Filing.Web.Operations;

/// <summary>
/// Compresses style sheet, script and pages. A page holds what is nobody else's business, and whoever can see how long answers are and can make a browser ask
/// for guesses of his own learns it from how well each guess compresses with it (BREACH). So a page is compressed where another site cannot have asked for
/// it, as the browser says, or where nothing of the question comes back in it. Form tokens are drawn anew for each answer and tell nothing either way.
/// </summary>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    private static readonly string[] Files = ["text/css", "text/javascript"];

    /// <summary>Adds it.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(o => (o.EnableForHttps, o.MimeTypes) = (true, [.. Files, "text/html"]));
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.Replace(ServiceDescriptor.Singleton<IResponseCompressionProvider, Compression>());
    }

    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context) =>
        base.ShouldCompressResponse(context) && (IsFile(context.Response.ContentType) || IsOurs(context.Request) || EchoesNothing(context.Request));

    private static bool IsFile(string? type) => Files.Any(f => type?.StartsWith(f, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>No script can set this header; a browser leaves it out where the line is not encrypted, and very old ones always do.</summary>
    private static bool IsOurs(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none";

    private static bool EchoesNothing(HttpRequest request) => HttpMethods.IsGet(request.Method) && !request.QueryString.HasValue;
}
