namespace Filing.Web.Pages.Forms;

/// <summary>One of several things to choose.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Text">What people read.</param>
/// <param name="Hint">What follows from it; null where nothing needs to be said.</param>
public sealed record Choice(string Value, string Text, string? Hint = null)
{
    /// <summary>The values of an enumeration, as its names; a value without a text is left out.</summary>
    public static IReadOnlyList<Choice> Of<T>(Func<T, string?> text, Func<T, string?>? hint = null)
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Where(v => text(v) is not null).Select(v => new Choice(v.ToString(), text(v)!, hint?.Invoke(v)))];

    /// <summary>The words of a value among choices; the value itself where it is none of them.</summary>
    public static string Words(IEnumerable<Choice> choices, object? value) => choices.FirstOrDefault(c => c.Value == value?.ToString())?.Text ?? value?.ToString() ?? "—";
}

/// <summary>Several entries in one field, one a line.</summary>
public static class Lines
{
    private static readonly char[] Breaks = ['\r', '\n'];
    private static readonly char[] Stops = ['\r', '\n', '、', '，', ',', ';', '；'];

    /// <summary>The entries, blank ones left out.</summary>
    public static IReadOnlyList<string> Of(string? text) => (text ?? "").Split(Breaks, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Names: one a line, or separated by 、 or commas.</summary>
    public static IReadOnlyList<string> Names(string? text) => (text ?? "").Split(Stops, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
