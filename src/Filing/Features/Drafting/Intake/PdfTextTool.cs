using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// Takes the text layer out of a PDF with poppler's <c>pdftotext</c>, in a process of its own: a file that breaks the
/// program breaks nothing here. Without the program the file is kept and its text is asked for.
/// </summary>
/// <param name="Program">The program's name or path; found by the search path of the process when it is only a name.</param>
public sealed record PdfTextTool(string Program = "pdftotext")
{
    private const int ForbiddenExit = 3;
    private const int MessageLength = 4096;

    /// <summary>How long it may run; then it is stopped and the text is asked for.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How much address space it may take, in bytes, where the shell knows <c>ulimit</c> (not on Windows).</summary>
    public long MemoryLimit { get; init; } = 1024L * 1024 * 1024;

    /// <summary>The text, or why there is none; an error only when the file itself is bad or its text too long.</summary>
    internal async Task<Result<(TextState State, string Text)>> ReadAsync(byte[] file, ReadLimits limits, CancellationToken cancel)
    {
        using var process = Start();
        if (process is null) return (TextState.ReaderMissing, "");
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(TimeLimit);
        try
        {
            var feeding = Feed(process, file, clock.Token);
            var errors = ReadUpTo(process.StandardError, MessageLength, clock.Token);
            // UTF-16 units of the text and one more, to know that there is more.
            var output = await ReadUpTo(process.StandardOutput, limits.MaxCharacters + 1, clock.Token);
            if (output.Length > limits.MaxCharacters) return IntakeErrors.TooLong(limits.MaxCharacters);
            var message = await errors;
            await feeding;
            await process.WaitForExitAsync(clock.Token);
            return Judge(process.ExitCode, output, message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (TextState.ReaderGaveUp, "");
        }
        finally
        {
            Stop(process);
        }
    }

    private static Result<(TextState State, string Text)> Judge(int exit, string output, string message)
    {
        if (exit == 0) return (string.IsNullOrWhiteSpace(output) ? TextState.NoTextLayer : TextState.Read, output);
        if (message.Contains("password", StringComparison.OrdinalIgnoreCase)) return IntakeErrors.Encrypted;
        if (exit == ForbiddenExit) return (TextState.ExtractionForbidden, "");
        // 127: the shell did not find the program. 1: the program did not understand the file.
        if (exit == 127) return (TextState.ReaderMissing, "");
        return exit == 1 && !message.Contains("memory", StringComparison.OrdinalIgnoreCase) ? IntakeErrors.DamagedPdf : (TextState.ReaderGaveUp, "");
    }

    private Process? Start()
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            WorkingDirectory = Path.GetTempPath(),
        };
        string[] arguments = ["-enc", "UTF-8", "-nopgbrk", "-", "-"];
        if (OperatingSystem.IsWindows())
        {
            start.FileName = Program;
        }
        else
        {
            // The limits go to the shell that then becomes the program; nothing of the file is part of the command.
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("ulimit -v \"$1\" 2>/dev/null; ulimit -t \"$2\" 2>/dev/null; ulimit -c 0 2>/dev/null; shift 2; exec \"$@\"");
            start.ArgumentList.Add("sh");
            start.ArgumentList.Add((MemoryLimit / 1024).ToString(CultureInfo.InvariantCulture));
            start.ArgumentList.Add(((int)TimeLimit.TotalSeconds + 1).ToString(CultureInfo.InvariantCulture));
            start.ArgumentList.Add(Program);
        }

        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start);
        }
        catch (Exception missing) when (missing is Win32Exception or FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task Feed(Process process, byte[] file, CancellationToken cancel)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await input.WriteAsync(file, cancel);
        }
        catch (IOException)
        {
            // The program stopped reading: its exit code says why.
        }
    }

    private static async Task<string> ReadUpTo(StreamReader reader, int limit, CancellationToken cancel)
    {
        var (text, buffer) = (new StringBuilder(), new char[16384]);
        for (int read; text.Length < limit && (read = await reader.ReadAsync(buffer.AsMemory(), cancel)) > 0;)
            text.Append(buffer, 0, Math.Min(read, limit - text.Length));
        return text.ToString();
    }

    private static void Stop(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It ended by itself in the meantime.
        }
    }
}
