using System.Diagnostics.CodeAnalysis;

namespace Filing.Domain;

/// <summary>
/// The unified social credit code of an organisation (GB 32100-2015): 18 characters of digits and capitals without I, O, S, V, Z; registration authority,
/// kind, six digits of the registering division, nine characters of organisation code, and a check character.
/// </summary>
public sealed record UnifiedSocialCreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private UnifiedSocialCreditCode(string text) => Text = text;

    /// <summary>The 18 characters.</summary>
    public string Text { get; }

    /// <summary>The six digits of the division that registered it; a body may have moved or been renamed since.</summary>
    public string Division => Text[2..8];

    /// <summary>The organisation code (GB 11714), nine characters.</summary>
    public string Organisation => Text[8..17];

    /// <summary>True for bodies that the office of public sector establishment registers (organs, public institutions): the first character is 1.</summary>
    public bool IsPublicBody => Text[0] == '1';

    /// <summary>Reads a code; for texts of the program.</summary>
    /// <exception cref="FormatException">The text is no code.</exception>
    public static UnifiedSocialCreditCode Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new FormatException(error.Message);

    /// <summary>Reads 18 characters; small letters, full-width characters and blanks as people type. Letters that look like digits are not corrected.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The code.</param>
    /// <param name="error">
    /// <c>credit-code.empty</c>, <c>credit-code.length</c>, <c>credit-code.character</c> (one that the standard does not use),
    /// <c>credit-code.division</c> (places 3 to 8 are not digits) or <c>credit-code.check</c>.
    /// </param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out UnifiedSocialCreditCode? value, [NotNullWhen(false)] out Error? error)
    {
        var typed = string.IsNullOrEmpty(text) || text.Length > 100 || Glyph.IsBroken(text) ? text ?? "" : Glyph.Squeeze(text).ToUpperInvariant();
        error = Check(typed);
        value = error is null ? new UnifiedSocialCreditCode(typed) : null;
        return error is null;
    }

    /// <summary>The 18 characters.</summary>
    public override string ToString() => Text;

    private static Error? Check(string typed)
    {
        if (typed.Length == 0)
            return Error.Invalid("credit-code.empty", "请填写统一社会信用代码。");
        if (typed.Length != 18)
            return Error.Invalid("credit-code.length", $"统一社会信用代码应为 18 位，现为 {typed.Length} 位。");

        var (sum, weight) = (0, 1);
        for (var place = 0; place < 17; place++)
        {
            var character = Alphabet.IndexOf(typed[place], StringComparison.Ordinal);
            if (character < 0)
                return WrongCharacter(typed, place);
            sum += character * weight;
            weight = weight * 3 % 31;
        }

        if (!Alphabet.Contains(typed[17], StringComparison.Ordinal))
            return WrongCharacter(typed, 17);
        if (typed.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9'))
            return Error.Invalid("credit-code.division", "统一社会信用代码的第 3 至 8 位应为行政区划数字。");
        return Alphabet[(31 - (sum % 31)) % 31] == typed[17] ? null : Error.Invalid("credit-code.check", "统一社会信用代码的校验码不符，请核对是否输错。");
    }

    private static Error WrongCharacter(string typed, int place) =>
        Error.Invalid("credit-code.character", $"统一社会信用代码第 {place + 1} 位的“{typed[place]}”不是可用的字符（不用 I、O、S、V、Z）。");
}
