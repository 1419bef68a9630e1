using System.ComponentModel.DataAnnotations;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>核对补录.</summary>
public sealed class CheckEntryModel : StepPage<EntryResult>
{
    /// <summary>What comes of it.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择核对结果。")]
    public EntryCheck? Outcome { get; set; }

    /// <summary>Why it is rejected.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What was entered.</summary>
    public EntryView Entry { get; private set; } = null!;

    /// <summary>What can come of it.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } = Choice.Of<EntryCheck>(
        o => o switch { EntryCheck.Confirmed => "核对无误，计入登记簿", EntryCheck.Rejected => "不予补录", },
        o => o switch { EntryCheck.Confirmed => "号码记入编号簿，有效期开始监测；仍标明“未经本系统审查”", EntryCheck.Rejected => "到此办结，号码不记入编号簿", });

    /// <inheritdoc/>
    public override string Act => "核对补录";

    /// <inheritdoc/>
    public override string Code => "check-entry";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("核对结果", Choice.Words(Outcomes, Outcome)), new("理由", Reason)];

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (entry, refused) = await AskAsync(new ReadEntry(Id));
        Entry = entry!;
        return refused;
    }

    /// <inheritdoc/>
    protected override string Said(EntryResult value)
    {
        var done = Outcome == EntryCheck.Confirmed ? "已核对，计入登记簿。" : "已办结：不予补录。";
        return value is { Findings.Count: > 0 } ? $"{done}需要查核：{string.Join("；", value.Findings)}。" : done;
    }

    /// <inheritdoc/>
    protected override ICommand<EntryResult> Command() => new ConfirmEntry(Id, Outcome!.Value, string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim(), TaskId);
}
