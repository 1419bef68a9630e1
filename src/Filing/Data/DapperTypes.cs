using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Filing.Data;

/// <summary>
/// How ids, days and moments are stored. On SQLite as text whose order is the order of the values: a Guid in lower case with
/// hyphens (36 characters), a day as <c>yyyy-MM-dd</c>, a moment in UTC to the millisecond as <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>
/// (24 characters). On SQL Server in the native types, but an id as its 16 bytes in their order (<c>binary(16)</c>), which is that of SQLite's text. A boolean is 0 or 1 in both. One process may use both databases: the
/// parameter's own type decides.
/// </summary>
public static class DapperTypes
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>How many characters a moment has.</summary>
    internal const int MomentLength = 24;

    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly GuidHandler Ids = new();
    private static readonly DayHandler Days = new();
    private static readonly MomentHandler Moments = new();
    private static readonly Lock Gate = new();
    private static bool _registered;

    /// <summary>The text of a moment as SQLite stores it. Parts of a millisecond are cut off.</summary>
    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>The text of a day as SQLite stores it.</summary>
    public static string Text(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Text(DateTimeOffset)"/>, into a buffer.</summary>
    internal static bool TryFormat(DateTimeOffset moment, Span<byte> utf8, out int length) => moment.UtcDateTime.TryFormat(utf8, out length, MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Text(DateOnly)"/>, into a buffer.</summary>
    internal static bool TryFormat(DateOnly day, Span<byte> utf8, out int length) => day.TryFormat(utf8, out length, Day, CultureInfo.InvariantCulture);

    /// <summary>The day of a text in the form of <see cref="Text(DateOnly)"/>; false when it is another.</summary>
    internal static bool TryParseDay(ReadOnlySpan<byte> utf8, out DateOnly day)
    {
        day = default;
        if (utf8.Length != 10 || utf8[4] != '-' || utf8[7] != '-' || !Digits(utf8[..4], out var y) || !Digits(utf8[5..7], out var m) || !Digits(utf8[8..], out var d)) return false;
        if (y == 0 || m is 0 or > 12 || d == 0 || d > DateTime.DaysInMonth(y, m)) return false;
        day = new(y, m, d);
        return true;
    }

    /// <summary>The moment of a text in the form of <see cref="Text(DateTimeOffset)"/>; false when it is another.</summary>
    internal static bool TryParseMoment(ReadOnlySpan<byte> utf8, out DateTimeOffset moment)
    {
        moment = default;
        if (utf8.Length != MomentLength || utf8[10] != 'T' || utf8[13] != ':' || utf8[16] != ':' || utf8[19] != '.' || utf8[23] != 'Z' || !TryParseDay(utf8[..10], out var day)
            || !Digits(utf8[11..13], out var h) || !Digits(utf8[14..16], out var m) || !Digits(utf8[17..19], out var s) || !Digits(utf8[20..23], out var ms)
            || h > 23 || m > 59 || s > 59) return false;
        moment = new(day.DayNumber * TimeSpan.TicksPerDay + h * TimeSpan.TicksPerHour + m * TimeSpan.TicksPerMinute + s * TimeSpan.TicksPerSecond + ms * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> utf8, out int number)
    {
        number = 0;
        foreach (var digit in utf8)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = number * 10 + digit - '0';
        }

        return true;
    }

    private static DateTimeOffset ParseMoment(string text) =>
        DateTimeOffset.ParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>The text of an id, a day or a moment as SQLite stores it; null for every other value.</summary>
    internal static string? TextOf(object? value) => value switch
    {
        Guid id => id.ToString(),
        DateOnly day => Text(day),
        DateTimeOffset moment => Text(moment),
        _ => null,
    };

    /// <summary>What puts values of a type into parameters; null for a type that is not among these.</summary>
    internal static SqlMapper.ITypeHandler? HandlerOf(Type type) => type == typeof(Guid) ? Ids : type == typeof(DateOnly) ? Days : type == typeof(DateTimeOffset) ? Moments : null;

    /// <summary>Teaches Dapper these types, for the whole process. Opening a <see cref="Database"/> does it; more than once is no harm.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (_registered) return;
            Replace(Ids);
            Replace(Days);
            Replace(Moments);
            _registered = true;
        }
    }

    private static void Replace<T>(Handler<T> handler)
        where T : struct
    {
        // Dapper's own mapping of these types wins over a handler unless it is taken away first.
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    /// <summary>On SQL Server a parameter has its type also where its value is NULL: a NULL of text is not taken for an id.</summary>
    private abstract class Handler<T> : SqlMapper.TypeHandler<T>, SqlMapper.ITypeHandler
        where T : struct
    {
        public override void SetValue(IDbDataParameter parameter, T value)
        {
            if (parameter is not SqlParameter native)
            {
                parameter.Value = TextOf(value);
                return;
            }

            Declare(native);
            native.Value = Native(value);
        }

        void SqlMapper.ITypeHandler.SetValue(IDbDataParameter parameter, object value)
        {
            if (value is T known)
            {
                SetValue(parameter, known);
                return;
            }

            if (parameter is SqlParameter native) Declare(native);
            parameter.Value = DBNull.Value;
        }

        protected abstract void Declare(SqlParameter parameter);

        protected abstract object Native(T value);
    }

    private sealed class GuidHandler : Handler<Guid>
    {
        protected override void Declare(SqlParameter parameter) => (parameter.SqlDbType, parameter.Size) = (SqlDbType.Binary, 16);

        protected override object Native(Guid value) => value.ToByteArray(bigEndian: true);

        public override Guid Parse(object value) => value switch
        {
            byte[] bytes => new Guid(bytes, bigEndian: true),
            Guid id => id,
            _ => Guid.ParseExact((string)value, "D"),
        };
    }

    private sealed class DayHandler : Handler<DateOnly>
    {
        protected override void Declare(SqlParameter parameter) => parameter.SqlDbType = SqlDbType.Date;

        // SqlClient 2.1.4 refuses a DateOnly; every version takes a midnight for a DATE.
        protected override object Native(DateOnly value) => value.ToDateTime(TimeOnly.MinValue);

        public override DateOnly Parse(object value) => value switch
        {
            string text => DateOnly.ParseExact(text, Day, CultureInfo.InvariantCulture),
            DateOnly day => day,
            _ => DateOnly.FromDateTime((DateTime)value),
        };
    }

    private sealed class MomentHandler : Handler<DateTimeOffset>
    {
        protected override void Declare(SqlParameter parameter) => (parameter.SqlDbType, parameter.Scale) = (SqlDbType.DateTimeOffset, 3);

        protected override object Native(DateTimeOffset value) => Milliseconds(value);

        public override DateTimeOffset Parse(object value) => value is DateTimeOffset moment
            ? moment.ToUniversalTime()
            : ParseMoment((string)value);

        // Cut, not rounded, so that both databases keep the same moment and none lies in the future.
        private static DateTimeOffset Milliseconds(DateTimeOffset value) =>
            new(value.UtcTicks - value.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
