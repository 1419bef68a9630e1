using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Documents;

/// <summary>文件页: where it stands, what is due and why, what has happened.</summary>
public sealed class DocumentModel(Laws laws, LegalClock clock) : RequestPage
{
    /// <summary>The document.</summary>
    public DocumentView Document { get; private set; } = null!;

    /// <summary>Where it stands, drawn.</summary>
    public IReadOnlyList<ProcessDrawing> Drawings { get; private set; } = [];

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

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

    /// <summary>The Chinese name of a command.</summary>
    public static string Verb(string command) => CommandCatalogue.Find(command)?.Summary ?? (command == "ring-deadline" ? "系统提醒" : command);

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var (document, refused) = await AskAsync(new ReadDocument(id));
        if (refused is not null) return refused;
        Document = document!;
        Drawings = ProcessMap.Draw(Document, laws, Today);
        return Page();
    }
}
