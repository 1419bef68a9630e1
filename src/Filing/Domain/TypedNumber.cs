using System.Buffers;

namespace Filing.Domain;

/// <summary>What numbers have in common before they are told apart: cleaned of blanks, labels and enclosing brackets.</summary>
internal static class TypedNumber
{
    private static readonly string[] Labels =
        ["统一登记号", "登记编号", "登记号", "发文字号", "发文文号", "文件编号", "文件字号", "文号", "编号"];

    /// <summary>All opening brackets, for a search in one pass.</summary>
    public static SearchValues<char> Openings { get; } = SearchValues.Create([.. All().Where(Glyph.IsOpening)]);

    /// <summary>All closing brackets.</summary>
    public static SearchValues<char> Closings { get; } = SearchValues.Create([.. All().Where(Glyph.IsClosing)]);

    /// <summary>Cleans a text for reading a number.</summary>
    /// <returns>Null, or <c>number.empty</c>, <c>number.too-long</c>, <c>number.bad-code</c>.</returns>
    public static Error? Prepare(string? text, int limit, out string typed)
    {
        typed = "";
        if (string.IsNullOrEmpty(text))
            return Empty();
        if (text.Length > limit)
            return Error.Invalid("number.too-long", "文字过长，不是一个文号或登记号。");
        if (Glyph.IsBroken(text))
            return Broken();

        typed = Glyph.Squeeze(text);
        for (var label = Label(typed); label > 0; label = Label(typed))
            typed = typed[label..];
        while (typed.Length > 1 && Encloses(typed))
            typed = typed[1..^1];
        return typed.Length == 0 ? Empty() : null;
    }

    /// <summary>The text holds half a character.</summary>
    public static Error Broken() => Error.Invalid("number.bad-code", "文字编码已损坏，有不完整的字符，请重新输入。");

    private static Error Empty() => Error.Invalid("number.empty", "请填写文号或登记号。");

    private static int Label(string typed)
    {
        foreach (var label in Labels)
        {
            if (typed.Length > label.Length && typed[label.Length] == ':' && typed.StartsWith(label, StringComparison.Ordinal))
                return label.Length + 1;
        }

        return 0;
    }

    private static bool Encloses(string typed) =>
        (Glyph.IsOpening(typed[0]) || Glyph.IsQuote(typed[0])) && (Glyph.IsClosing(typed[^1]) || Glyph.IsQuote(typed[^1]));

    private static IEnumerable<char> All() => Enumerable.Range(0, char.MaxValue + 1).Select(value => (char)value);
}
