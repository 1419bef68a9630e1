using System.CommandLine;
using Filing.Domain;
using Filing.Features.Drafting.Intake;

namespace Filing.Web.CommandLine;

/// <summary><c>filing read FILE</c>: reads a paper (.docx, .txt, .pdf) and prints, as JSON, what it proposes for each document in it, with the place of each value in the text.</summary>
internal static class ReadVerb
{
    public static Command Make(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "文件：.docx、.txt、.pdf" };
        var command = new Command("read", "读取文件，提出标题、文号、日期、依据等建议及其在原文中的位置") { file };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) return terminal.Refuse(Error.Invalid("request.unreadable", $"找不到文件“{path}”。", "FILE"));
            await using var content = File.OpenRead(path);
            if (!(await new DocumentReader(new ReadLimits(), new PdfTextTool()).ReadAsync(content, Path.GetFileName(path), ct)).TryGet(out var read, out var error)) return terminal.Refuse(error);
            terminal.PrintPretty(PaperRead.Of(read));
            return Exit.Done;
        });
        return command;
    }
}

/// <summary>What was read from a file.</summary>
/// <param name="MediaType">Its type by content.</param>
/// <param name="State">Whether its text could be read.</param>
/// <param name="Request">What is asked of the person where the text is wanted; null otherwise.</param>
/// <param name="Warnings">What was strange about it.</param>
/// <param name="Documents">The documents in it, with what is proposed for each.</param>
public sealed record PaperRead(string MediaType, TextState State, string? Request, IReadOnlyList<ReadWarning> Warnings, IReadOnlyList<DocumentProposal> Documents)
{
    /// <summary>The proposals for what was read.</summary>
    public static PaperRead Of(ReadDocument read) => new(read.MediaType, read.State, read.TextIsWanted ? read.Request : null, read.Warnings, DraftProposals.Read(read));
}
