using Filing.Features.Drafting.Intake;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Steps;

/// <summary>A step whose form holds the text of the document, typed, pasted or read from a file, as <c>_TextField.cshtml</c> shows it.</summary>
/// <typeparam name="T">What the command answers.</typeparam>
public abstract class TextStepPage<T> : StepPage<T>, ITextPage
{
    /// <summary>The text.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>A file to read it from.</summary>
    [BindProperty]
    public IFormFile? TextFile { get; set; }

    /// <summary>不涉密, for the file.</summary>
    [BindProperty]
    public bool NotSecret { get; set; }

    /// <summary>What was strange about the file; null when it was read without more.</summary>
    public string? TextSaid { get; private set; }

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        Text = Step.Text?.Body;
        return Task.CompletedTask;
    }

    /// <summary>The text where it is another than the document has; null otherwise.</summary>
    protected string? ChangedText() => string.IsNullOrWhiteSpace(Text) || Plain(Text) == Plain(Step.Text?.Body) ? null : Plain(Text);

    /// <summary>The text with the line ends of the register: a browser sends its own.</summary>
    protected static string? Plain(string? text) => text?.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');

    /// <inheritdoc/>
    protected override async Task<IActionResult?> OtherAsync()
    {
        // A chosen file is read whichever button was pressed: nobody means to leave it out.
        if (TextFile is not { FileName.Length: > 0 } file)
        {
            if (Go != "file") return null;
            ModelState.AddModelError(nameof(TextFile), "请选择文件。");
            return Again(StatusCodes.Status400BadRequest);
        }

        if (!NotSecret)
        {
            ModelState.AddModelError(nameof(NotSecret), "请确认所上传的文件不涉密。涉密文件不得进入本系统。");
            return Again(StatusCodes.Status400BadRequest);
        }

        await using var content = file.OpenReadStream();
        var result = await new DocumentReader(new ReadLimits(), new PdfTextTool()).ReadAsync(content, Path.GetFileName(file.FileName), HttpContext.RequestAborted);
        var message = result.TryGet(out var read, out var error) ? read.Request : error.Message;
        if (message is not null)
        {
            ModelState.AddModelError(nameof(TextFile), message);
            return Again(StatusCodes.Status400BadRequest);
        }

        var reading = new Drafting.Reading(read!, null, whole: false);
        Text = reading.Paper is null ? read!.FullText : reading.Text;
        TextSaid = $"已从“{Path.GetFileName(file.FileName)}”读入 {Text.Length} 字，请核对后继续。{string.Concat(read!.Warnings.Select(w => w.Message))}";
        ModelState.Remove(nameof(Text));
        return Page();
    }
}
