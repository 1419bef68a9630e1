using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Supervision;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Validity;

/// <summary>An act on a limit that runs: it stops, or runs again.</summary>
public abstract class DeadlinePage : ActPage<Redated>
{
    private IReadOnlyList<DeadlineLine> _open = [];

    /// <summary>The deadline.</summary>
    [BindProperty(SupportsGet = true)]
    [Required(ErrorMessage = "请选择期限。")]
    public Guid? Deadline { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明理由。")]
    public string? Reason { get; set; }

    /// <summary>The day.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>What follows, in one sentence.</summary>
    public abstract string Effect { get; }

    /// <summary>What the day means.</summary>
    public abstract string DayHint { get; }

    /// <summary>What to write as the reason.</summary>
    public abstract string ReasonHint { get; }

    /// <summary>The limits that can be chosen.</summary>
    public IReadOnlyList<Choice> Deadlines =>
        [.. _open.Select(d => new Choice(d.Id.ToString(), $"{d.Label}：{(d.Due is { } due ? $"应于{ChineseDate.Format(due)}前完成" : "已中止")}", d.Source))];

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("期限", Choice.Words(Deadlines, Deadline)), new("自哪一天起", Day(On)), new("理由", Reason)];

    /// <summary>True where only stopped limits can be chosen.</summary>
    protected abstract bool Stopped { get; }

    /// <inheritdoc/>
    protected override string Said(Redated value) => value?.Due is { } due ? $"已记录。到期日为{ChineseDate.FormatFull(due)}。" : "已记录。期限中止，恢复后继续计算。";

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        // An empty form has nothing wrong with it yet.
        ModelState.Clear();
        if (_open.Count == 1) Deadline ??= _open[0].Id;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        if (await base.ReadAsync() is { } refused) return refused;
        (var document, var closed) = await AskAsync(new ReadDocument(Id));
        if (closed is not null) return closed;
        // A counted limit without a due date is one that stands still; the end of validity is not counted, and never does.
        _open = [.. document!.Deadlines.Where(d => d is { ClosedAt: null, Length: not null } && (Stopped ? d.Due is null : d.Due is not null))];
        return null;
    }
}
