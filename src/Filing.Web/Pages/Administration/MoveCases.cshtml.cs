using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Filing.Features.Administration;
using Filing.Features.Cases;
using Filing.Web.Pages.Forms;
using Filing.Workflows;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>改按新版流程办理: what would change for each running case is listed and confirmed before any of them is moved.</summary>
public sealed class MoveCasesModel(Laws laws) : RequestPage
{
    /// <summary>The definition.</summary>
    [FromRoute]
    public string Definition { get; set; } = "";

    /// <summary>The version to which the cases go.</summary>
    [BindProperty]
    public int To { get; set; }

    /// <summary>Only cases of this version; 0 for all older ones. The same as <see cref="To"/> takes back those that Elsa walks.</summary>
    [BindProperty]
    public int From { get; set; }

    /// <summary>Nodes of both versions, one pair a line: <c>old=new</c>.</summary>
    [BindProperty]
    public string? Map { get; set; }

    /// <summary>Nodes at which the cases wait besides, one a line.</summary>
    [BindProperty]
    public string? Begin { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明改用新版流程的理由。")]
    public string? Reason { get; set; }

    /// <summary>The digest of the list that is confirmed.</summary>
    [BindProperty]
    public string? Digest { get; set; }

    /// <summary>Which button was pressed: <c>check</c>, <c>do</c>, <c>back</c>.</summary>
    [BindProperty]
    public string? Go { get; set; }

    /// <summary>The definition and its versions.</summary>
    public FlowLine Flow { get; private set; } = null!;

    /// <summary>What would change; null before it was asked.</summary>
    public CasesMoved? Listed { get; private set; }

    /// <summary>The versions to choose from.</summary>
    public IReadOnlyList<Forms.Choice> Targets => [.. Flow.Versions.Where(v => v.Version > 1 || v.OnElsa > 0).Select(v => new Forms.Choice(Text(v.Version), $"第 {v.Version} 版"))];

    /// <summary>The older versions in which something runs, and any in which Elsa walks something.</summary>
    public IReadOnlyList<Forms.Choice> Sources =>
    [
        .. Older.Take(1).Select(_ => new Forms.Choice("0", "全部旧版")),
        .. Older.Select(v => new Forms.Choice(Text(v.Version), $"第 {v.Version} 版（在办 {v.Running} 件）")),
        .. Flow.Versions.Where(v => v.OnElsa > 0 && v.Version == Flow.Latest).Select(v => new Forms.Choice(Text(v.Version), $"第 {v.Version} 版由 Elsa 办理的（{v.OnElsa} 件），改由内置引擎办理")),
    ];

    private IEnumerable<FlowVersion> Older => Flow.Versions.Where(v => v.Running > 0 && v.Version < Flow.Latest);

    /// <summary>The drawings of the versions concerned, the older first.</summary>
    public IEnumerable<(int Version, string Svg, string Nodes)> Drawings => Flow.Versions.Where(v => v.Running > 0 || v.Version == To).OrderBy(v => v.Version).Select(v =>
    {
        var definition = laws.Definition(Definition, v.Version);
        return (v.Version, FlowDrawing.Svg(definition, new Drawing { Outcome = (_, outcome) => OutcomeWords.Of(outcome), IdPrefix = $"v{v.Version}" }),
            string.Join("、", definition.Nodes.Where(n => n.Activity.CanWait).Select(n => $"{n.Name} {n.Id}")));
    });

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        if (Sources is [var first, ..]) From = int.Parse(first.Value, CultureInfo.InvariantCulture);
        return Page();
    }

    /// <summary>Goes on as the button says.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        if (Go == "back") return Page();
        if (Go != "do") return await ListAsync();
        return await SendAsync(
            new MoveCase(To, Reason ?? "", Definition: Definition, From: From == 0 ? null : From, Map: ReadMove.MapOf(Pairs),
                Begin: Lines.Of(Begin), Digest: Digest),
            moved =>
            {
                Notice = $"已将 {moved.Moved} 件改按第 {To} 版办理{(moved.Cases.Count > moved.Moved ? $"，{moved.Cases.Count - moved.Moved} 件未能改用，仍按原版办理" : "")}。";
                return Redirect("/flows");
            },
            () => Task.FromResult<IActionResult>(Page()));
    }

    private async Task<IActionResult> ListAsync()
    {
        if (!ModelState.IsValid) return Page();
        var listed = await Mediator.Send(new ReadMove(To, Definition: Definition, From: From == 0 ? null : From, Map: Pairs, Begin: Lines.Of(Begin)), HttpContext.RequestAborted);
        if (listed.TryGet(out var list, out var error)) (Listed, Digest) = (list, list.Digest);
        else ModelState.AddModelError(error.Field ?? "", error.Message);
        ModelState.Remove(nameof(Digest));
        return Page();
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var (flows, refused) = await AskAsync(new ReadFlows());
        if (refused is not null) return refused;
        if (flows!.FirstOrDefault(f => f.Id == Definition) is not { } flow) return NotFound();
        Flow = flow;
        if (To == 0) To = flow.Latest;
        return null;
    }

    private IReadOnlyList<string> Pairs => [.. Lines.Of(Map).Select(l => string.Join('=', l.Split('=').Select(p => p.Trim())))];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
