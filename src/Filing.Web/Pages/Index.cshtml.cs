using Filing.Features.Administration;
using Filing.Features.Desks;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages;

/// <summary>待办: what lies on the desks of whoever is signed in, what others have to do for it, and what was handed over.</summary>
public sealed class IndexModel(LegalClock clock) : RequestPage
{
    private const int Size = 50;

    /// <summary>Which part: an <see cref="InboxPart"/> in kebab case, or <c>waiting</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Which { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "page")]
    public int PageNumber { get; set; } = 1;

    /// <summary>Who is signed in.</summary>
    public Me Me { get; private set; } = null!;

    /// <summary>How many there are of each; null for those who handle no documents.</summary>
    public DeskCounts? Counts { get; private set; }

    /// <summary>The open tasks; null where something else is shown.</summary>
    public Inbox? Inbox { get; private set; }

    /// <summary>What others have to do; null where it is not asked for.</summary>
    public IReadOnlyList<WaitingTask> Waiting { get; private set; } = [];

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>True where another page follows.</summary>
    public bool More => Inbox is { } inbox && PageNumber * Size < inbox.Total;

    /// <summary>The parts, with their counts.</summary>
    public IEnumerable<(string? Which, string Name, int Count)> Parts =>
    [
        (null, "全部", Counts!.Tasks), ("late", "已逾期", Counts.Late), ("due-soon", "三日内到期", Counts.DueSoon), ("mine", "我在办的", Counts.Mine), ("free", "待领", Counts.Free),
        ("handed-over", "已转交", Counts.HandedOver), ("waiting", "等待他人", Waiting.Count),
    ];

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (me, refused) = await AskAsync(new WhoAmI());
        if (refused is not null) return refused;
        Me = me!;
        (Counts, _) = await AskAsync(new CountsForDesk());
        if (Counts is null) return Page();
        (var waiting, _) = await AskAsync(new ReadWaiting());
        Waiting = waiting ?? [];
        if (Which == "waiting") return Page();
        if (!Domain.Kebab.TryParse<InboxPart>(Which ?? "all", out var part)) return NotFound();
        (Inbox, refused) = await AskAsync(new ReadInbox(Math.Max(PageNumber - 1, 0) * Size, Size, part));
        return refused ?? Page();
    }
}
