using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Filing.Elsa.Studio;

/// <summary>
/// Pages about the elements of Elsa's Studio: the list of definitions, one definition, the list of running cases, one case. The elements come from the
/// package <c>@elsa-workflows/elsa-studio-wasm</c>, which is restored beside the program and never part of it.
/// </summary>
internal static class StudioPages
{
    /// <summary>A file that every package of the Studio has.</summary>
    public const string Landmark = "_framework/blazor.webassembly.js";

    private const string Script = ElsaApi.Path + "/pages.js";

    // Links of the elements are events; a page of its own for each keeps the browser's history and bookmarks.
    private const string ScriptText = """
        const go = path => id => { location.href = `/elsa/${path}/${encodeURIComponent(id)}`; };
        customElements.whenDefined('elsa-workflow-definition-list').then(() => {
          for (const list of document.querySelectorAll('elsa-workflow-definition-list')) list.editWorkflowDefinition = go('definitions');
          for (const list of document.querySelectorAll('elsa-workflow-instance-list')) list.viewWorkflowInstance = go('instances');
          for (const viewer of document.querySelectorAll('elsa-workflow-instance-viewer')) viewer.editWorkflowDefinition = go('definitions');
        });
        """;

    private static readonly FileExtensionContentTypeProvider Types = new();

    private static readonly string[] Styles =
    [
        "_content/MudBlazor/MudBlazor.min.css", "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.css", "_content/Radzen.Blazor/css/material-base.css",
        "_content/Elsa.Studio.Shell/css/shell.css", "Elsa.Studio.Host.CustomElements.styles.css",
    ];

    private static readonly string[] Scripts =
    [
        "_content/BlazorMonaco/jsInterop.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js",
        "_content/MudBlazor/MudBlazor.min.js", "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js", "_content/Radzen.Blazor/Radzen.Blazor.js", Landmark,
    ];

    /// <summary>Puts the pages up, and the Studio's files below them.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="folder">The Studio's files.</param>
    public static void MapStudio(this IEndpointRouteBuilder routes, string folder)
    {
        routes.MapGet(ElsaApi.Path, () => Results.Redirect($"{ElsaApi.Path}/definitions"));
        routes.MapGet($"{ElsaApi.Path}/definitions", (HttpRequest request) => Page(request, "流程定义", "<elsa-workflow-definition-list></elsa-workflow-definition-list>"));
        routes.MapGet($"{ElsaApi.Path}/definitions/{{id}}", (string id, HttpRequest request) => Page(request, "流程定义", $"<elsa-workflow-definition-editor definition-id=\"{WebUtility.HtmlEncode(id)}\"></elsa-workflow-definition-editor>"));
        routes.MapGet($"{ElsaApi.Path}/instances", (HttpRequest request) => Page(request, "在办流程", "<elsa-workflow-instance-list></elsa-workflow-instance-list>"));
        routes.MapGet($"{ElsaApi.Path}/instances/{{id}}", (string id, HttpRequest request) => Page(request, "在办流程", $"<elsa-workflow-instance-viewer instance-id=\"{WebUtility.HtmlEncode(id)}\"></elsa-workflow-instance-viewer>"));
        routes.MapGet(Script, () => Results.Text(ScriptText, "text/javascript; charset=utf-8"));
        // The package has a configuration of its maker; where the interface is, only this server knows.
        routes.MapGet($"{ElsaApi.Path}/appsettings.json", (HttpRequest request) =>
            Results.Text(JsonSerializer.Serialize(new { Backend = new { Url = Backend(request) } }), "application/json"));
        var files = new PhysicalFileProvider(folder);
        routes.MapGet($"{ElsaApi.Path}/{{**path}}", (string path, HttpContext context) => FileOf(files, path, context));
    }

    /// <summary>A file of the package, as it was packed for the way over the network where the browser understands that.</summary>
    private static IResult FileOf(PhysicalFileProvider files, string path, HttpContext context)
    {
        var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        var packed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) ? files.GetFileInfo(path + ".br") : null;
        if (packed is { Exists: true, PhysicalPath: { } small })
        {
            context.Response.Headers.ContentEncoding = "br";
            return File(small, packed);
        }

        return files.GetFileInfo(path) is { Exists: true, PhysicalPath: { } whole } file ? File(whole, file) : Results.NotFound();

        IResult File(string name, IFileInfo info)
        {
            // The same for everybody, and many megabytes; a browser that has them asks whether they have changed.
            context.Response.Headers.CacheControl = "private, no-cache";
            return Results.File(name, type, lastModified: info.LastModified);
        }
    }

    private static string Backend(HttpRequest request) => $"{request.Scheme}://{request.Host}{ElsaApi.ApiPath}";

    private static IResult Page(HttpRequest request, string title, string element) => Results.Text(
        $"""
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · Elsa Studio</title>
        <base href="{ElsaApi.Path}/">
        {string.Concat(Styles.Select(s => $"<link rel=\"stylesheet\" href=\"{s}\">\n"))}
        </head>
        <body>
        <nav style="display:flex;gap:2rem;padding:.6rem 1.5rem;border-bottom:1px solid #d8d4cc;font-size:1rem">
        <a href="/">返回登记系统</a><a href="{ElsaApi.Path}/definitions">流程定义</a><a href="{ElsaApi.Path}/instances">在办流程</a></nav>
        <elsa-backend-provider remote-endpoint="{Backend(request)}"></elsa-backend-provider>
        {element}
        <div id="blazor-error-ui" hidden>页面出错，请刷新。</div>
        {string.Concat(Scripts.Select(s => $"<script src=\"{s}\"></script>\n"))}
        <script src="{Script}"></script>
        </body>
        </html>
        """,
        "text/html; charset=utf-8");
}
