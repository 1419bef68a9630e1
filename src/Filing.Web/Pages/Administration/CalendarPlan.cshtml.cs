using System.Text;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>导入年度放假安排.</summary>
public sealed class CalendarPlanModel : CalendarChangePage
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The year; 0 before one was typed.</summary>
    [BindProperty(SupportsGet = true)]
    public int Year { get; set; }

    /// <summary>The plan as a file.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The plan as text.</summary>
    [BindProperty]
    public string? PlanText { get; set; }

    /// <inheritdoc/>
    protected override int ShownYear => Year;

    /// <inheritdoc/>
    protected override ICommand<CalendarOutcome> Command(string? digest) => new ImportHolidays(Year, PlanText ?? "", Source ?? "", Reason ?? "", digest);

    /// <inheritdoc/>
    protected override string FieldOf(string? field) => field == "content" ? nameof(PlanText) : base.FieldOf(field);

    /// <inheritdoc/>
    protected override async Task PrepareAsync()
    {
        if (Upload is not { Length: > 0 } file) return;
        if (file.Length > HolidayPlan.MaxBytes)
        {
            ModelState.AddModelError(nameof(Upload), "放假安排的文件不能超过 1 MB。");
            return;
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, HttpContext.RequestAborted);
        try
        {
            PlanText = Utf8.GetString(content.ToArray());
            ModelState.Remove(nameof(PlanText));
        }
        catch (DecoderFallbackException)
        {
            ModelState.AddModelError(nameof(Upload), "文件不是 UTF-8 编码，请另存为 UTF-8 后再上传。");
        }
    }
}
