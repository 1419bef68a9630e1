using Filing.Domain;
using Filing.Features.FilingUp;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.FilingUp;

/// <summary>报送备案: a published document goes to the next-higher government.</summary>
public sealed class FileUpModel : FilingPage<FiledUp>
{
    /// <summary>备案报告文号.</summary>
    [BindProperty]
    public string? ReportNumber { get; set; }

    /// <summary>报送日期.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <inheritdoc/>
    public override string Act => "报送备案";

    /// <inheritdoc/>
    public override string Code => "file-up";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("备案机关", Sheet.Target), new("备案报告文号", ReportNumber), new("报送日期", ChineseDate.Format(On ?? Today)),
        new("备案材料", string.Join('、', Sheet.Materials.Select(m => m.Files.Count > 1 ? $"{m.Name}（{m.Files.Count} 件）" : m.Name))),
    ];

    /// <inheritdoc/>
    protected override string Said(FiledUp value) =>
        $"已向{Sheet.Target}报送备案（{ChineseDate.Format(value.On)}，{(value.Late ? $"迟 {value.On.DayNumber - value.Due!.Value.DayNumber} 天" : "按时")}）。备案报告可在“备案材料”中打印。";

    /// <inheritdoc/>
    protected override ICommand<FiledUp> Command() => new FileUp(Id, string.IsNullOrWhiteSpace(ReportNumber) ? null : ReportNumber.Trim(), On, TaskId);

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        On = Today;
        return Task.CompletedTask;
    }
}
