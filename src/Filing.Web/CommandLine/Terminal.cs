using System.Text;
using System.Text.Json;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Web.CommandLine;

/// <summary>
/// Where a verb reads and writes. What goes to <paramref name="Out"/> is the result and nothing else, UTF-8 without a byte order mark;
/// progress and refusals go to <paramref name="Err"/>.
/// </summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">The result.</param>
/// <param name="Err">Everything else.</param>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Err)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() => new(
        new StreamReader(Console.OpenStandardInput(), Utf8, detectEncodingFromByteOrderMarks: true),
        new StreamWriter(Console.OpenStandardOutput(), Utf8, 1 << 16),
        new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true });

    /// <summary>Prints a value as one line of JSON.</summary>
    public void PrintJson(object value) => Out.Write(JsonSerializer.Serialize(value, value.GetType(), Json.Options) + "\n");

    /// <summary>Prints a value as JSON for people.</summary>
    public void PrintPretty(object value) => Out.Write(JsonSerializer.Serialize(value, value.GetType(), Pretty) + "\n");

    /// <summary>Says why it was refused, and answers the exit code.</summary>
    /// <param name="error">Why.</param>
    /// <param name="json">Whether to say it as one line of JSON.</param>
    public int Refuse(Error error, bool json = false)
    {
        Err.WriteLine(json
            ? JsonSerializer.Serialize(new { error.Code, error.Message, error.Field, error.Line }, Json.Options)
            : error.Field is { } field ? $"{error}（{field}）" : error.ToString());
        return Exit.Of(error);
    }

    private static JsonSerializerOptions Pretty { get; } = new(Json.Options) { WriteIndented = true, NewLine = "\n" };
}

/// <summary>What the program says to the shell.</summary>
public static class Exit
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Refused by a rule, or a check failed.</summary>
    public const int Refused = 1;

    /// <summary>Wrong use: an unknown option, an input that cannot be read.</summary>
    public const int Misuse = 2;

    /// <summary>The exit code of an expected failure.</summary>
    public static int Of(Error error) => error.Kind == ErrorKind.Invalid ? Misuse : Refused;
}
