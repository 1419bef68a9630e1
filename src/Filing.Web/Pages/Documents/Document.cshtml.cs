using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Features.Desks;
using Filing.Features.LegalityReview;
using Filing.Features.Relations;
using Filing.Papers;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Documents;

/// <summary>文件页: where it stands, what can be done with it, what is due and why, what has happened.</summary>
public sealed class DocumentModel(Laws laws, LegalClock clock, ActRoutes routes) : RequestPage
{
    /// <summary>The document.</summary>
    public DocumentView Document { get; private set; } = null!;

    /// <summary>Its reviews.</summary>
    public ReviewSheet Review { get; private set; } = null!;

    /// <summary>Its decisions and signatures.</summary>
    public DecisionSheet Decision { get; private set; } = null!;

    /// <summary>Its consultations, citations, filings, texts.</summary>
    public Proceedings Proceedings { get; private set; } = null!;

    /// <summary>Its relations to other documents, both ways.</summary>
    public RelationSheet? Relations { get; private set; }

    /// <summary>Whether the reader drafts it and may still declare relations.</summary>
    public bool MayRelate { get; private set; }

    /// <summary>What the reader may do with it besides tasks, where there is a page for it.</summary>
    public IReadOnlyList<DocumentAct> Acts { get; private set; } = [];

    /// <summary>The official papers that can be made of it now.</summary>
    public IReadOnlyList<PaperInfo> Papers { get; private set; } = [];

    /// <summary>Where it stands, drawn.</summary>
    public IReadOnlyList<ProcessDrawing> Drawings { get; private set; } = [];

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>The addresses of steps and acts.</summary>
    public ActRoutes Routes { get; } = routes;

    /// <summary>The facts that stand, by date, each with those that it corrected, the latest first.</summary>
    public IEnumerable<(DatedFact Fact, IReadOnlyList<DatedFact> Before)> Facts
    {
        get
        {
            var byId = Document.Facts.ToDictionary(f => f.Id);
            foreach (var fact in new FactHistory(Document.Facts).Current)
            {
                var before = new List<DatedFact>();
                for (var at = fact.Supersedes; at is { } id && byId.TryGetValue(id, out var earlier); at = earlier.Supersedes) before.Add(earlier);
                yield return (fact, before);
            }
        }
    }

    /// <summary>Whether the text has been changed since the last decision was taken on it.</summary>
    public bool ChangesHandedIn => Decision.Decisions is [.., var last] && Proceedings.Texts.Any(t => t.No > last.TextNo);

    /// <summary>Whether the reader may correct facts here.</summary>
    public bool MayCorrect => Acts.Any(a => a.Verb == "correct-fact");

    /// <summary>The sentences of a derivation.</summary>
    public static IReadOnlyList<string> Steps(DeadlineLine deadline) => JsonSerializer.Deserialize<string[]>(deadline.Steps)!;

    /// <summary>How a deadline stands on a day, in words.</summary>
    public static string Standing(DeadlineLine deadline, DateOnly today) => (deadline.MetOn, deadline.ClosedAt, deadline.DaysLate(today)) switch
    {
        ({ } met, _, > 0 and var late) => $"· {ChineseDate.Format(met)}完成，迟 {late} 天",
        ({ } met, _, _) => $"· {ChineseDate.Format(met)}完成",
        (_, not null, _) => $"· {deadline.ClosedReason}",
        (_, _, null) => "",
        (_, _, > 0 and var late) => $"· 逾期 {late} 天",
        (_, _, 0) => deadline.IsDuty || deadline.Due == today ? "· 今日到期" : "· 已开始",
        (_, _, var ahead) => $"· 还有 {-ahead} 天",
    };

    /// <summary>The open deadline under which a task stands; null where there is none.</summary>
    public DeadlineLine? LimitOf(TaskLine task) => task.Limit is null ? null : Document.Deadlines.FirstOrDefault(d => d.Name == task.Limit && d.ClosedAt is null);

    /// <summary>The deadline that comes next; null where none is open.</summary>
    public DeadlineLine? NextDeadline => Document.Deadlines.Where(d => d is { ClosedAt: null, Due: not null }).MinBy(d => d.Due);

    /// <summary>The Chinese name of a command.</summary>
    public static string Verb(string command) => CommandCatalogue.Find(command)?.Summary ?? (command == "ring-deadline" ? "系统提醒" : command);

    /// <summary>The date and time of a moment in Asia/Shanghai.</summary>
    public static string Moment(DateTimeOffset at) => at.ToOffset(LegalClock.China).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var (document, refused) = await AskAsync(new ReadDocument(id));
        if (refused is not null) return refused;
        Document = document!;
        (var review, _) = await AskAsync(new ReadReview(id));
        (var decision, _) = await AskAsync(new ReadDecision(id));
        (var proceedings, _) = await AskAsync(new ReadProceedings(id));
        (var acts, _) = await AskAsync(new ReadActs(id));
        (Relations, _) = await AskAsync(new ReadRelations(id));
        MayRelate = acts!.Any(a => a is { Verb: "declare-relation", Open: true });
        (Review, Decision, Proceedings) = (review!, decision!, proceedings!);
        Acts = [.. acts!.Where(a => a.Open && Routes.OfAct(id, a.Verb) is not null)];
        Papers = await PapersAsync(id);
        Drawings = ProcessMap.Draw(Document, laws, Today);
        return Page();
    }

    private async Task<IReadOnlyList<PaperInfo>> PapersAsync(Guid id)
    {
        var ready = new List<PaperInfo>();
        foreach (var paper in PaperCatalogue.All)
        {
            if (PaperCatalogue.Ask(paper, id, []) is { } query && (await Mediator.Send(query, HttpContext.RequestAborted)).Ok) ready.Add(paper);
        }

        return ready;
    }
}
