using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Supervision;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Shared;

/// <summary>A page in the left menu.</summary>
/// <param name="Key">What the page puts into <c>ViewData["Nav"]</c>.</param>
/// <param name="Text">What people read.</param>
/// <param name="Path">Where it leads.</param>
/// <param name="Roles">Whose it is; none for everybody who handles documents.</param>
public sealed record MenuItem(string Key, string Text, string Path, params Role[] Roles)
{
    /// <summary>A figure beside it; null for none.</summary>
    public int? Count { get; init; }

    /// <summary>True where the figure calls for action.</summary>
    public bool Hot { get; init; }
}

/// <summary>Pages under one heading.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Items">The pages.</param>
public sealed record MenuGroup(string Heading, params IReadOnlyList<MenuItem> Items);

/// <summary>The left menu: what whoever is signed in can come for, by his or her posts.</summary>
public sealed class MenuViewComponent(IMediator mediator) : ViewComponent
{
    private static readonly Role[] Managers = [Role.Administrator, Role.SecurityOfficer, Role.Auditor, Role.RuleKeeper];

    private static readonly MenuGroup[] All =
    [
        new("我的工作", [new("inbox", "待办", "/"), new("submit", "新送审", "/drafts/new", Role.Drafter)]),
        new("文件", [new("documents", "全部文件", "/documents"), new("register", "登记簿", "/register"), new("series", "编号序列", "/series", Role.Registrar), new("enter", "补录", "/documents/enter", Role.Drafter, Role.Registrar)]),
        new("备案", [new("filings", "报备", "/filings", Role.Filer, Role.Registrar, Role.Supervisor), new("received", "备案接收", "/filings/received", Role.Receiver, Role.Supervisor)]),
        new("效力", [new("validity", "有效期", "/validity"), new("dependents", "依据变动", "/dependents")]),
        new("监督", [new("board", "看板", "/board", Role.Supervisor, Role.Registrar, Role.Receiver, Role.Filer), new("alerts", "预警与逾期", "/alerts")]),
        new("管理", [new("bodies", "机关", "/bodies", Role.Administrator), new("accounts", "账号", "/accounts", Role.Administrator, Role.SecurityOfficer), new("rules", "规则", "/rules"), new("flows", "流程与在办件", "/flows", Role.RuleKeeper), new("calendar", "日历", "/calendar", Role.RuleKeeper)]),
        new("公众", [new("public", "公众查询", "/public")]),
        new("账号", [new("password", "修改口令", "/password")]),
    ];

    /// <summary>Makes the menu of this request.</summary>
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var me = await mediator.Send(new WhoAmI(), HttpContext.RequestAborted);
        var roles = me.TryGet(out var who, out _) ? who.Posts.Select(p => p.Role).ToHashSet() : [];
        var officer = roles.Any(r => !Managers.Contains(r));
        var counts = officer && (await mediator.Send(new CountsForDesk(), HttpContext.RequestAborted)).TryGet(out var desk, out _) ? desk : null;
        return View("/Pages/Shared/_Menu.cshtml", All
            .Select(g => new MenuGroup(g.Heading, [.. g.Items.Where(i => i.Roles.Length == 0 ? officer || i.Key is "public" or "password" or "rules" : i.Roles.Any(roles.Contains)).Select(i => Counted(i, counts, who))]))
            .Where(g => g.Items.Count > 0).ToArray());
    }

    private static MenuItem Counted(MenuItem item, DeskCounts? counts, Me? who) => (item.Key, counts) switch
    {
        ("inbox", { } c) => item with { Count = c.Tasks, Hot = c.Late > 0 },
        ("alerts", { } c) => item with { Count = c.Alerts, Hot = c.Alerts > 0 },
        ("password", _) when who is { PasswordChangeDue: true } => item with { Text = "请修改口令", Count = 1, Hot = true },
        _ => item,
    };
}
