namespace Filing.Papers;

/// <summary>A title in the running text of a paper: 《…》, where a title that it names keeps single angle brackets inside (GB/T 15834 4.15.3).</summary>
public static class QuotedTitle
{
    /// <summary>The title in its marks.</summary>
    public static string Of(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return $"《{Inside(title)}》";
    }

    /// <summary>The title as it stands between the marks.</summary>
    public static string Inside(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return title.Replace('《', '〈').Replace('》', '〉');
    }
}
