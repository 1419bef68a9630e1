using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Filing.Domain;

/// <summary>
/// The unified registration number (统一登记号): prefix, year, serial, e.g. CZCR-2013-00002; also HFGS-2017-9, ZJSP18-2021-0004,
/// SDPR-2020-0020005. The serial's digits are kept as they are written, because some places hide a body's code in them and pad it;
/// CZCR-2013-2 is therefore another text, and another value, than CZCR-2013-00002. Canonical: capitals and the plain hyphen.
/// Prefix 2 to 8 letters and up to 4 digits after them, year 1900 to 2099, serial 1 to 9 digits and not zero.
/// </summary>
public sealed record RegistrationNumber
{
    private const int MaxTyped = 200;

    private RegistrationNumber(string prefix, int year, string digits) => (Prefix, Year, Digits) = (prefix, year, digits);

    /// <summary>The letters that name place and kind, with a body's digits where the place puts them there: CZCR, ZJSP18.</summary>
    public string Prefix { get; }

    /// <summary>The year.</summary>
    public int Year { get; }

    /// <summary>The serial as written, with its leading zeros.</summary>
    public string Digits { get; }

    /// <summary>The serial as a number, with the body's code in front where the place has one (1001 for SYCR-2018-01001).</summary>
    public int Serial => int.Parse(Digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Puts a number together, the serial padded with zeros to <paramref name="width"/> digits.</summary>
    /// <returns>The number, or why it cannot be: the codes are those of <see cref="TryParse"/>.</returns>
    public static Result<RegistrationNumber> Create(string prefix, int year, int serial, int width)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 9);
        if (CheckPrefix(prefix) is { } badPrefix)
            return badPrefix;
        if (CheckYear(year) is { } wrongYear)
            return wrongYear;
        var digits = serial.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
        return serial < 1 ? SerialZero() : digits.Length > 9 ? SerialTooLarge() : new RegistrationNumber(prefix, year, digits);
    }

    /// <summary>Reads a number; for texts of the program and its tests.</summary>
    /// <exception cref="FormatException">The text is no registration number.</exception>
    public static RegistrationNumber Parse(string text) =>
        TryParse(text, out var value, out var error) ? value : throw new FormatException(error.Message);

    /// <summary>
    /// Reads what people really type: dashes of every kind and number, spaces, full-width letters and digits, small letters, a label before it,
    /// brackets around it, a 号 behind it.
    /// </summary>
    /// <param name="text">The text; it must be one number and nothing else.</param>
    /// <param name="value">The number.</param>
    /// <param name="error">
    /// <c>number.empty</c>, <c>number.too-long</c>, <c>number.bad-prefix</c>, <c>number.no-year</c>, <c>number.year-out-of-range</c>,
    /// <c>number.no-serial</c>, <c>number.bad-serial</c>, <c>number.serial-zero</c>, <c>number.serial-too-large</c>, <c>number.trailing</c>
    /// or, for damaged text, <c>number.bad-code</c>.
    /// </param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RegistrationNumber? value, [NotNullWhen(false)] out Error? error)
    {
        value = null;
        error = TypedNumber.Prepare(text, MaxTyped, out var typed) ?? Read(typed, out value);
        return error is null;
    }

    /// <summary>CZCR-2013-00002.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{Year}-{Digits}");

    private static Error? Read(string typed, out RegistrationNumber? value)
    {
        value = null;
        var parts = Split(typed.EndsWith('号') ? typed[..^1] : typed);
        var prefix = parts[0].ToUpperInvariant();
        if (CheckPrefix(prefix) is { } badPrefix)
            return badPrefix;
        if (parts.Count < 2 || parts[1].Length == 0 || !IsDigits(parts[1]))
            return Error.Invalid("number.no-year", "字头之后没有年份，例如“CZCR-2013-00002”中的“2013”。");
        if (parts[1].Length != 4 || CheckYear(int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture)) is not null)
            return YearOutOfRange();
        if (parts.Count < 3 || parts[2].Length == 0)
            return Error.Invalid("number.no-serial", "年份之后没有流水号，例如“CZCR-2013-00002”中的“00002”。");
        if (parts.Count > 3)
            return Error.Invalid("number.trailing", "流水号之后还有多余的文字，请只填一个登记号。");
        if (!IsDigits(parts[2]))
            return Error.Invalid("number.bad-serial", $"流水号{Glyph.Quoted(parts[2])}不是数字。");
        if (parts[2].Length > 9)
            return SerialTooLarge();
        if (parts[2].AsSpan().TrimStart('0').IsEmpty)
            return SerialZero();

        value = new RegistrationNumber(prefix, int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture), parts[2]);
        return null;
    }

    /// <summary>Splits at runs of dashes: CZCR——2013——2 has three parts.</summary>
    private static List<string> Split(string typed)
    {
        var parts = new List<string>(3);
        var start = 0;
        for (var at = 0; at < typed.Length; at++)
        {
            if (!Glyph.IsDash(typed[at]))
                continue;
            parts.Add(typed[start..at]);
            while (at + 1 < typed.Length && Glyph.IsDash(typed[at + 1]))
                at++;
            start = at + 1;
        }

        parts.Add(typed[start..]);
        return parts;
    }

    private static bool IsDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static Error? CheckPrefix(string prefix)
    {
        var letters = prefix.AsSpan().IndexOfAnyExceptInRange('A', 'Z');
        letters = letters < 0 ? prefix.Length : letters;
        return letters is < 2 or > 8 || prefix.Length - letters > 4 || !IsDigits(prefix[letters..])
            ? Error.Invalid("number.bad-prefix", $"登记号的字头{Glyph.Quoted(prefix)}应为 2 至 8 个字母（其后可有机关代码数字），例如“CZCR”。")
            : null;
    }

    private static Error? CheckYear(int year) => year is >= 1900 and <= 2099 ? null : YearOutOfRange();

    private static Error YearOutOfRange() => Error.Invalid("number.year-out-of-range", "年份应为 1900 至 2099 的四位数字。");

    private static Error SerialZero() => Error.Invalid("number.serial-zero", "流水号从 1 开始，不能为 0。");

    private static Error SerialTooLarge() => Error.Invalid("number.serial-too-large", "流水号不能超过 9 位数字。");
}
