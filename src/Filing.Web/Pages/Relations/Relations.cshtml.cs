using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Desks;
using Filing.Features.Relations;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Relations;

/// <summary>与其他文件的关系: what a draft declares about other papers, until it is approved, and what others declare about it.</summary>
public sealed class RelationsModel : RequestPage
{
    /// <summary>The document.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>What it does.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择关系。")]
    public RelationKind? Kind { get; set; }

    /// <summary>The other paper, by number or title.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明对方文件的文号或名称。")]
    public string? Paper { get; set; }

    /// <summary>True for a paper that is not in the register.</summary>
    [BindProperty]
    public bool Outside { get; set; }

    /// <summary>Which articles of it.</summary>
    [BindProperty]
    public string? Articles { get; set; }

    /// <summary>From which day.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>The relations.</summary>
    public RelationSheet Sheet { get; private set; } = null!;

    /// <summary>The document itself.</summary>
    public DocumentView Document { get; private set; } = null!;

    /// <summary>Whether the reader may declare and drop.</summary>
    public bool May { get; private set; }

    /// <summary>What a document can do to another.</summary>
    public static IReadOnlyList<Choice> Kinds { get; } = Choice.Of<RelationKind>(k => k == RelationKind.IsBasedOn ? "以其为依据" : k.Chinese());

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        ModelState.Clear();
        return await LoadAsync();
    }

    /// <summary>Declares one.</summary>
    public Task<IActionResult> OnPostAsync() => SendAsync(new DeclareRelation(Id, Kind ?? default, Paper ?? "", Outside, Articles, On), _ => Back("已声明。公布时一并记录。"), LoadAsync);

    /// <summary>Drops one.</summary>
    public Task<IActionResult> OnPostDropAsync(Guid relation, string? dropReason)
    {
        // The other form of the page was not sent.
        ModelState.Clear();
        return SendAsync(new DropRelation(Id, relation, dropReason ?? ""), _ => Back("已撤下。"), LoadAsync);
    }

    private RedirectResult Back(string notice)
    {
        Notice = notice;
        return Redirect($"/documents/{Id}/relations");
    }

    private async Task<IActionResult> LoadAsync()
    {
        var (document, refused) = await AskAsync(new ReadDocument(Id));
        if (refused is not null) return refused;
        (var sheet, refused) = await AskAsync(new ReadRelations(Id));
        if (refused is not null) return refused;
        (var acts, _) = await AskAsync(new ReadActs(Id));
        (Document, Sheet, May) = (document!, sheet!, acts!.Any(a => a is { Verb: "declare-relation", Open: true }));
        return Page();
    }
}
