using System.Globalization;
using System.Text;

namespace Filing.Domain;

/// <summary>
/// What characters mean that people type for the same thing: full-width letters and digits, the many spaces, dashes and brackets.
/// Nothing here changes what is stored as text; it only reads.
/// </summary>
internal static class Glyph
{
    /// <summary>The full-width forms of ASCII (U+FF01..U+FF5E) and the full-width space as ASCII; anything else as it is.</summary>
    public static char Narrow(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' => ' ',
        _ => c,
    };

    /// <summary>Spaces of every width, and characters that show nothing: zero-width, BOM, soft hyphen, direction marks.</summary>
    public static bool IsBlank(char c) =>
        char.IsWhiteSpace(c) || IsInvisible(c);

    /// <summary>Characters that show nothing and take no room.</summary>
    public static bool IsInvisible(char c) => c is '\u00AD' or '\u034F' or '\u061C' or '\u180E' or '\uFEFF'
        or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or (>= '\uFE00' and <= '\uFE0F');

    /// <summary>A variation selector of the supplementary plane, which chooses a shape of the character before it and changes no meaning.</summary>
    public static bool IsVariation(Rune rune) => rune.Value is >= 0xE0100 and <= 0xE01EF;

    /// <summary>Hyphens, dashes, minus signs and the wave that is typed for them.</summary>
    public static bool IsDash(char c) => c is '-' or '~' or (>= '\u2010' and <= '\u2015') or '\u2043' or '\u2053' or '\u2212'
        or '\u2500' or '\u301C' or '\uFE58' or '\uFE63' or '\uFF0D' or '\uFF5E' or '\u30FC' or '\uFE31' or '\uFE32';

    /// <summary>A bracket that opens; corner, square, angle, lenticular, tortoise-shell, in any width.</summary>
    public static bool IsOpening(char c) => c is '(' or '[' or '{' or '<' or '（' or '［' or '｛' or '＜' or '〔' or '【' or '〖' or '〘' or '〚' or '〈' or '《'
        or '「' or '『' or '﹙' or '﹛' or '﹝' or '⟨' or '⟦' or '❨' or '❲' or '‹' or '«' or '\u2329' or '\u2997';

    /// <summary>A bracket that closes.</summary>
    public static bool IsClosing(char c) => c is ')' or ']' or '}' or '>' or '）' or '］' or '｝' or '＞' or '〕' or '】' or '〗' or '〙' or '〛' or '〉' or '》'
        or '」' or '』' or '﹚' or '﹜' or '﹞' or '⟩' or '⟧' or '❩' or '❳' or '›' or '»' or '\u232A' or '\u2998';

    /// <summary>A quotation mark of either direction.</summary>
    public static bool IsQuote(char c) => c is '"' or '\'' or '“' or '”' or '‘' or '’' or '＂' or '＇';

    /// <summary>A Chinese character of any block, also those beyond U+9FFF that place names need (extension A, and B to J in pairs).</summary>
    public static bool IsHan(Rune rune) => rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or 0x3007
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>The value of an ASCII or full-width digit, or -1.</summary>
    public static int Digit(char c)
    {
        c = Narrow(c);
        return char.IsAsciiDigit(c) ? c - '0' : -1;
    }

    /// <summary>The value of a digit in any writing, 〇○零O and 一 to 九 included, or -1.</summary>
    public static int ChineseDigit(char c) => c switch
    {
        '〇' or '○' or '◯' or '零' or 'O' or 'o' or 'Ｏ' or 'ｏ' or 'Ο' or 'О' => 0,
        '一' or '壹' => 1,
        '二' or '贰' => 2,
        '三' or '叁' => 3,
        '四' or '肆' => 4,
        '五' or '伍' => 5,
        '六' or '陆' => 6,
        '七' or '柒' => 7,
        '八' or '捌' => 8,
        '九' or '玖' => 9,
        _ => Digit(c),
    };

    /// <summary>True when there is a half of a surrogate pair without its other half: such text cannot be compared or stored.</summary>
    public static bool IsBroken(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done)
                return true;
            text = text[length..];
        }

        return false;
    }

    /// <summary>The text in ASCII where there is an ASCII form, without blanks, invisible characters and variation selectors.</summary>
    /// <remarks>The text must not be <see cref="IsBroken"/>.</remarks>
    public static string Squeeze(string text)
    {
        var squeezed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp ? IsBlank((char)rune.Value) || char.IsControl((char)rune.Value) : IsVariation(rune))
                continue;
            if (rune.IsBmp)
                squeezed.Append(Narrow((char)rune.Value));
            else
                squeezed.Append(rune.ToString());
        }

        return squeezed.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>How a text is quoted in a message: shortened, so that a pasted page does not become the message.</summary>
    public static string Quoted(string text)
    {
        var elements = StringInfo.ParseCombiningCharacters(text);
        return elements.Length <= 40 ? $"“{text}”" : $"“{text[..elements[40]]}…”";
    }
}
