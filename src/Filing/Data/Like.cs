namespace Filing.Data;

/// <summary>Patterns of <c>LIKE … ESCAPE '!'</c>, the same in both databases.</summary>
public static class Like
{
    /// <summary>The text with nothing in it that a pattern reads: <c>100%</c> finds 100%, not everything that begins with 100.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal);
    }
}
