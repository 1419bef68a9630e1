using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Filing.Domain;

/// <summary>What a limit is counted in.</summary>
public enum LimitUnit
{
    /// <summary>日.</summary>
    Day,

    /// <summary>月.</summary>
    Month,

    /// <summary>年.</summary>
    Year,
}

/// <summary>Which days a limit counts. The word 日 alone means calendar days, unless the rule says 工作日.</summary>
public enum DayKind
{
    /// <summary>Every day; the end rolls over a rest day.</summary>
    Calendar,

    /// <summary>Working days only; the end is a working day by itself.</summary>
    Working,
}

/// <summary>
/// A length of time that a rule gives: 15日, 15个工作日, 2个月, 5年. From 1 up to <see cref="MaxDays"/>, <see cref="MaxMonths"/> or
/// <see cref="MaxYears"/>; months and years are of the calendar kind only.
/// </summary>
public sealed record Limit
{
    /// <summary>The most days, of either kind: some ten years.</summary>
    public const int MaxDays = 3660;

    /// <summary>The most months.</summary>
    public const int MaxMonths = 600;

    /// <summary>The most years.</summary>
    public const int MaxYears = 50;

    private Limit(int length, LimitUnit unit, DayKind kind) => (Length, Unit, Kind) = (length, unit, kind);

    /// <summary>How many.</summary>
    public int Length { get; }

    /// <summary>Of what.</summary>
    public LimitUnit Unit { get; }

    /// <summary>Which days count.</summary>
    public DayKind Kind { get; }

    /// <summary>So many calendar days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No limit can be so long, or it is not positive.</exception>
    public static Limit Days(int length) => Certain(length, LimitUnit.Day, DayKind.Calendar);

    /// <summary>So many working days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No limit can be so long, or it is not positive.</exception>
    public static Limit WorkingDays(int length) => Certain(length, LimitUnit.Day, DayKind.Working);

    /// <summary>So many months.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No limit can be so long, or it is not positive.</exception>
    public static Limit Months(int length) => Certain(length, LimitUnit.Month, DayKind.Calendar);

    /// <summary>So many years.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No limit can be so long, or it is not positive.</exception>
    public static Limit Years(int length) => Certain(length, LimitUnit.Year, DayKind.Calendar);

    /// <summary>Puts a limit together.</summary>
    /// <param name="length">How many.</param>
    /// <param name="unit">Of what.</param>
    /// <param name="kind">Which days count.</param>
    /// <param name="value">The limit.</param>
    /// <param name="error"><c>limit.too-short</c>, <c>limit.too-long</c>, <c>limit.unit</c> or <c>limit.working-months</c>.</param>
    public static bool TryCreate(int length, LimitUnit unit, DayKind kind, [NotNullWhen(true)] out Limit? value, [NotNullWhen(false)] out Error? error)
    {
        error = Check(length, unit, kind);
        value = error is null ? new Limit(length, unit, kind) : null;
        return error is null;
    }

    /// <summary>Reads 15日, 15天, 15个工作日, 十五日, 2个月, 2月, 5年; for texts of the program.</summary>
    /// <exception cref="FormatException">The text is no limit.</exception>
    public static Limit Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new FormatException(error.Message);

    /// <summary>Reads 15日, 15天, 15个工作日, 十五日, 2个月, 5年; blanks and full-width digits as people type them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The limit.</param>
    /// <param name="error"><c>limit.format</c>, or what <see cref="TryCreate"/> says.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Limit? value, [NotNullWhen(false)] out Error? error)
    {
        (value, error) = (null, Error.Invalid("limit.format", "期限应写作“15日”“15个工作日”“2个月”或“5年”。"));
        if (string.IsNullOrEmpty(text) || text.Length > 40 || Glyph.IsBroken(text))
            return false;

        var typed = Glyph.Squeeze(text);
        var at = typed.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (at is < 0 or > 9)
            return false;
        var length = 0;
        if (at > 0 ? !int.TryParse(typed.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out length) : !ChineseNumeral.TryRead(typed, ref at, out length))
            return false;

        return typed[at..] switch
        {
            "日" or "天" or "个自然日" or "自然日" => TryCreate(length, LimitUnit.Day, DayKind.Calendar, out value, out error),
            "个工作日" or "工作日" => TryCreate(length, LimitUnit.Day, DayKind.Working, out value, out error),
            "个月" or "月" => TryCreate(length, LimitUnit.Month, DayKind.Calendar, out value, out error),
            "年" => TryCreate(length, LimitUnit.Year, DayKind.Calendar, out value, out error),
            _ => false,
        };
    }

    /// <summary>15日, 15个工作日, 2个月, 5年.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Length}{Word}");

    private string Word => (Unit, Kind) switch
    {
        (LimitUnit.Day, DayKind.Calendar) => "日",
        (LimitUnit.Day, DayKind.Working) => "个工作日",
        (LimitUnit.Month, _) => "个月",
        (LimitUnit.Year, _) => "年",
    };

    private static Limit Certain(int length, LimitUnit unit, DayKind kind) =>
        TryCreate(length, unit, kind, out var value, out var error) ? value : throw new ArgumentOutOfRangeException(nameof(length), length, error.Message);

    private static Error? Check(int length, LimitUnit unit, DayKind kind)
    {
        if (!Enum.IsDefined(unit) || !Enum.IsDefined(kind))
            return Error.Invalid("limit.unit", "期限的单位应为日、工作日、月或年。");
        if (length < 1)
            return Error.Invalid("limit.too-short", "期限至少为 1。");
        if (kind == DayKind.Working && unit != LimitUnit.Day)
            return Error.Invalid("limit.working-months", "按月或按年的期限不能按工作日计算。");

        var most = unit switch { LimitUnit.Day => MaxDays, LimitUnit.Month => MaxMonths, LimitUnit.Year => MaxYears };
        return length > most ? Error.Invalid("limit.too-long", $"期限过长，最多为 {most}。") : null;
    }
}
