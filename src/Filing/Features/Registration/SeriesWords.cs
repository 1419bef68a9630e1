using System.Text.RegularExpressions;

namespace Filing.Features.Registration;

/// <summary>The words of numbers and their series.</summary>
public static partial class SeriesWords
{
    /// <summary>The name of a kind of number.</summary>
    public static string Chinese(this NumberKind kind) => kind switch
    {
        NumberKind.Registration => "统一登记号",
        NumberKind.Issue => "发文字号",
        NumberKind.FilingReceipt => "备案登记号",
    };

    /// <summary>A pattern as people write it, a cross for each digit of the serial: CZCR-年份-00×××, 郴政发〔年份〕×号.</summary>
    public static string Pattern(string pattern) => Slot().Replace(pattern, m => m.Groups[1].Value == "year" ? "年份" : new string('×', Math.Max(1, m.Groups[2].Length - 1)));

    [GeneratedRegex(@"\{(year|serial)(:0+)?\}")]
    private static partial Regex Slot();
}
