using System.Globalization;

namespace Filing.Data;

/// <summary>What kind of value a column holds, by its type on SQL Server; on SQLite four types stand for the eight.</summary>
public enum MovedKind
{
    /// <summary><c>binary(16)</c>, and 36 characters on SQLite.</summary>
    Id,

    /// <summary><c>nvarchar</c>, and text.</summary>
    Text,

    /// <summary><c>int</c>, and a whole number.</summary>
    Whole,

    /// <summary><c>bigint</c>, and a whole number.</summary>
    Large,

    /// <summary><c>bit</c>, and 0 or 1.</summary>
    Flag,

    /// <summary><c>date</c>, and <c>yyyy-MM-dd</c>.</summary>
    Day,

    /// <summary><c>datetimeoffset(3)</c>, and UTC to the millisecond in 24 characters.</summary>
    Moment,

    /// <summary><c>varbinary</c>, and a blob.</summary>
    Bytes,
}

/// <summary>
/// Values on their way from SQLite to SQL Server, and back for the comparison. Their canonical form is the one that SQLite stores: a text, a whole
/// number (<see cref="long"/>) or bytes. What comes back in another form than it went is not the same value.
/// </summary>
public static class MovedValue
{
    /// <summary>The kind of a column.</summary>
    /// <param name="type">Its type on SQL Server, without a length.</param>
    /// <exception cref="ArgumentOutOfRangeException">No table of the register has such a column yet.</exception>
    public static MovedKind KindOf(string type) => type switch
    {
        "binary" => MovedKind.Id,
        "nvarchar" => MovedKind.Text,
        "int" => MovedKind.Whole,
        "bigint" => MovedKind.Large,
        "bit" => MovedKind.Flag,
        "date" => MovedKind.Day,
        "datetimeoffset" => MovedKind.Moment,
        "varbinary" => MovedKind.Bytes,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A type that no table has had so far; it must be taught how it is moved."),
    };

    /// <summary>
    /// Turns what SQLite stores into what SQL Server takes. False when the value cannot be of the kind, or is not written as this program writes it, so
    /// that it would come back as another one.
    /// </summary>
    /// <param name="kind">The kind of its column.</param>
    /// <param name="stored">A text, a whole number or bytes; not NULL.</param>
    /// <param name="value">As SqlClient takes it.</param>
    public static bool TryToServer(MovedKind kind, object stored, out object value)
    {
        value = (kind, stored) switch
        {
            (MovedKind.Id, string text) when Guid.TryParseExact(text, "D", out var id) => id.ToByteArray(bigEndian: true),
            (MovedKind.Text, string text) => text,
            (MovedKind.Whole, long number and >= int.MinValue and <= int.MaxValue) => (int)number,
            (MovedKind.Large, long number) => number,
            (MovedKind.Flag, long and (0 or 1)) => stored is 1L,
            (MovedKind.Day, string text) when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day.ToDateTime(TimeOnly.MinValue),
            (MovedKind.Moment, string text) when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) => moment,
            (MovedKind.Bytes, byte[] bytes) => bytes,
            _ => DBNull.Value,
        };
        return value is not DBNull && Same(stored, FromServer(kind, value));
    }

    /// <summary>As <see cref="TryToServer"/>, of a value that was moved already.</summary>
    /// <exception cref="ArgumentException">It cannot have been.</exception>
    public static object ToServer(MovedKind kind, object stored) =>
        TryToServer(kind, stored, out var value) ? value : throw new ArgumentException($"Not the canonical form of a value of the kind {kind}.", nameof(stored));

    /// <summary>The canonical form of a value that SQL Server gave; not NULL.</summary>
    public static object FromServer(MovedKind kind, object value) => kind switch
    {
        MovedKind.Id => new Guid((byte[])value, bigEndian: true).ToString(),
        MovedKind.Text or MovedKind.Bytes or MovedKind.Large => value,
        MovedKind.Whole => (long)(int)value,
        MovedKind.Flag => (bool)value ? 1L : 0L,
        MovedKind.Day => DapperTypes.Text(DateOnly.FromDateTime((DateTime)value)),
        MovedKind.Moment => DapperTypes.Text((DateTimeOffset)value),
    };

    /// <summary>Whether two canonical values are the same, to the last character and byte; null is the same as null only.</summary>
    public static bool Same(object? one, object? other) => (one, other) switch
    {
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        _ => Equals(one, other),
    };
}
