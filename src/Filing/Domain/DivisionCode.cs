using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Filing.Domain;

/// <summary>The level of a division.</summary>
public enum DivisionLevel
{
    /// <summary>省、自治区、直辖市、特别行政区.</summary>
    Province,

    /// <summary>设区的市、自治州、地区; also the group of counties that a province governs directly.</summary>
    City,

    /// <summary>县、县级市、区.</summary>
    County,
}

/// <summary>
/// The code of an administrative division (GB/T 2260): six digits, two each for province, city and county, e.g. 431000 for 郴州. Whether a division of
/// that code exists is not checked beyond the province, because divisions change; where a document comes from is never read from its index number.
/// </summary>
public sealed record DivisionCode
{
    private static readonly HashSet<int> Provinces =
        [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82];

    private DivisionCode(int number) => Number = number;

    /// <summary>The code as a number.</summary>
    public int Number { get; }

    /// <summary>Its level.</summary>
    public DivisionLevel Level => (Number % 100, Number % 10_000) switch
    {
        (not 0, _) => DivisionLevel.County,
        (_, not 0) => DivisionLevel.City,
        _ => DivisionLevel.Province,
    };

    /// <summary>The division above it, or null for a province.</summary>
    public DivisionCode? Parent => Level switch
    {
        DivisionLevel.County => new DivisionCode(Number - (Number % 100)),
        DivisionLevel.City => Province,
        DivisionLevel.Province => null,
    };

    /// <summary>The province it lies in; itself for a province.</summary>
    public DivisionCode Province => new(Number - (Number % 10_000));

    /// <summary>True when the other division is this one or lies in it.</summary>
    public bool Contains(DivisionCode other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other == this || (Level == DivisionLevel.Province && other.Province == this) || (Level == DivisionLevel.City && other.Parent == this);
    }

    /// <summary>Reads a code; for texts of the program.</summary>
    /// <exception cref="FormatException">The text is no code.</exception>
    public static DivisionCode Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new FormatException(error.Message);

    /// <summary>Reads six digits, full-width ones and blanks among them as people type.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The code.</param>
    /// <param name="error"><c>division.empty</c>, <c>division.format</c>, <c>division.province</c> (no such province) or <c>division.level</c> (a county without its city).</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DivisionCode? value, [NotNullWhen(false)] out Error? error)
    {
        value = null;
        error = null;
        var typed = string.IsNullOrEmpty(text) || text.Length > 100 || Glyph.IsBroken(text) ? text ?? "" : Glyph.Squeeze(text);
        if (typed.Length == 0)
            error = Error.Invalid("division.empty", "请填写行政区划代码。");
        else if (typed.Length != 6 || typed.AsSpan().ContainsAnyExceptInRange('0', '9'))
            error = Error.Invalid("division.format", "行政区划代码应为 6 位数字，例如郴州市 431000。");
        if (error is not null)
            return false;

        var number = int.Parse(typed, NumberStyles.None, CultureInfo.InvariantCulture);
        if (!Provinces.Contains(number / 10_000))
            error = Error.Invalid("division.province", $"行政区划代码的前两位“{typed[..2]}”不是省级代码。");
        else if (number % 100 != 0 && number % 10_000 / 100 == 0)
            error = Error.Invalid("division.level", "行政区划代码有县级代码而没有市级代码。");
        value = error is null ? new DivisionCode(number) : null;
        return error is null;
    }

    /// <summary>431000.</summary>
    public override string ToString() => Number.ToString("D6", CultureInfo.InvariantCulture);
}
