using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Filing.Data;

/// <summary>
/// A statement of the embedded database, compiled once for its connection and run again and again. It does what Dapper over the driver
/// does for the plain case, at a fraction of the price: the driver looks every parameter up by its name at every call and describes
/// every column anew. It always runs to its end before it returns, so that it never holds a snapshot.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    // What was bound is kept by SQLite until the next call; long texts are not worth that.
    private const int KeptBytes = 16 * 1024;

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _handle;
    private readonly string[] _parameters;
    private readonly byte[] _buffer = new byte[512];
    private readonly byte[] _momentText = new byte[DapperTypes.MomentLength];
    private string[] _columns;
    private Arguments? _arguments;
    private IArgument[] _binders = [];
    private object? _reader;
    private object[] _setters = [];
    private long _boundBytes;
    private DateTimeOffset? _momentBound;

    private SqliteStatement(sqlite3 db, sqlite3_stmt handle, string[] parameters) =>
        (_db, _handle, _parameters, _columns) = (db, handle, parameters, ColumnsOf(handle));

    /// <summary>Compiles a text; null when it is not one statement, has a parameter without a name, or is wrong: the driver says why.</summary>
    public static SqliteStatement? TryCompile(sqlite3 db, string sql)
    {
        if (raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle, out var tail) != raw.SQLITE_OK || handle.IsInvalid) return null;
        var parameters = new string[raw.sqlite3_bind_parameter_count(handle)];
        for (var i = 0; i < parameters.Length; i++) parameters[i] = raw.sqlite3_bind_parameter_name(handle, i + 1).utf8_to_string() is { Length: > 1 } name ? name[1..] : "";
        if (string.IsNullOrWhiteSpace(tail) && Array.IndexOf(parameters, "") < 0) return new(db, handle, parameters);
        handle.Dispose();
        return null;
    }

    /// <summary>Takes the arguments; false when one of them is missing or of a kind that the driver must see to.</summary>
    public bool TryBind(object? arguments)
    {
        if (arguments is null) return _parameters.Length == 0;
        if (_arguments?.Type != arguments.GetType())
        {
            var known = Arguments.Of(arguments.GetType());
            var binders = known is null ? null : Array.ConvertAll(_parameters, p => known.Find(p)!);
            if (binders is null || Array.IndexOf(binders, null) >= 0) return false;
            (_arguments, _binders) = (known, binders);
        }

        for (var i = 0; i < _binders.Length; i++) _binders[i].Bind(arguments, this, i + 1);
        return true;
    }

    /// <summary>Runs it; answers the number of rows changed, -1 for one that only reads.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Execute()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_stmt_readonly(_handle) != 0 ? -1 : raw.sqlite3_changes(_db);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it and reads its rows, at most so many.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    /// <exception cref="InvalidCastException">A value is of another kind than what it is read into.</exception>
    public List<T> Read<T>(RowReader<T> reader, int most)
    {
        var rows = new List<T>(most == 1 ? 1 : 4);
        try
        {
            while (rows.Count < most && Step())
            {
                if (rows.Count == 0) Prepare(reader);
                rows.Add(reader.Row(this, _setters));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => _handle.Dispose();

    private bool Step()
    {
        var code = raw.sqlite3_step(_handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, _db);
        return false;
    }

    private void Prepare<T>(RowReader<T> reader)
    {
        // A change of the schema may have given the statement other columns.
        if (raw.sqlite3_column_count(_handle) != _columns.Length) (_columns, _reader) = (ColumnsOf(_handle), null);
        if (ReferenceEquals(_reader, reader)) return;
        (_reader, _setters) = (reader, reader.Prepare(_columns));
    }

    private void Reset()
    {
        raw.sqlite3_reset(_handle);
        if (_boundBytes > KeptBytes) raw.sqlite3_clear_bindings(_handle);
        _boundBytes = 0;
    }

    private static string[] ColumnsOf(sqlite3_stmt handle)
    {
        var names = new string[raw.sqlite3_column_count(handle)];
        for (var i = 0; i < names.Length; i++) names[i] = raw.sqlite3_column_name(handle, i).utf8_to_string();
        return names;
    }

    // ---------------------------------------------------------------- values in

    public void BindNull(int at) => Check(raw.sqlite3_bind_null(_handle, at));

    public void Bind(int at, long value) => Check(raw.sqlite3_bind_int64(_handle, at, value));

    public void Bind(int at, double value) => Check(raw.sqlite3_bind_double(_handle, at, value));

    public void Bind(int at, byte[] value)
    {
        _boundBytes += value.Length;
        Check(raw.sqlite3_bind_blob(_handle, at, value));
    }

    public void Bind(int at, string value)
    {
        if (value.Length * 3 <= _buffer.Length)
        {
            Text(at, _buffer.AsSpan(0, Encoding.UTF8.GetBytes(value, _buffer)));
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        _boundBytes += bytes.Length;
        Text(at, bytes);
    }

    public void Bind(int at, Guid value)
    {
        value.TryFormat(_buffer, out var length);
        Text(at, _buffer.AsSpan(0, length));
    }

    public void Bind(int at, DateOnly value)
    {
        DapperTypes.TryFormat(value, _buffer, out var length);
        Text(at, _buffer.AsSpan(0, length));
    }

    public void Bind(int at, DateTimeOffset value)
    {
        // Nearly always it is the moment of the command, again and again.
        if (value != _momentBound)
        {
            DapperTypes.TryFormat(value, _momentText, out _);
            _momentBound = value;
        }

        Text(at, _momentText);
    }

    private void Text(int at, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(_handle, at, utf8));

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _db);
    }

    // ---------------------------------------------------------------- values out

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_type(_handle, column) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? raw.sqlite3_column_int64(_handle, column)
        : throw Cast(column, "a number");

    public double Double(int column) => raw.sqlite3_column_type(_handle, column) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? raw.sqlite3_column_double(_handle, column)
        : throw Cast(column, "a number");

    public byte[] Bytes(int column) => Utf8(column).ToArray();

    // column_text ends a text at its first zero; the bytes are all there.
    public string Text(int column) => raw.sqlite3_column_type(_handle, column) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? raw.sqlite3_column_text(_handle, column).utf8_to_string()
        : Encoding.UTF8.GetString(Utf8(column));

    public Guid Id(int column) => Guid.TryParse(Utf8(column), out var id) ? id : throw Cast(column, "an id");

    public DateOnly Day(int column) => DapperTypes.TryParseDay(Utf8(column), out var day) ? day : throw Cast(column, "a day");

    public DateTimeOffset Moment(int column) => DapperTypes.TryParseMoment(Utf8(column), out var moment) ? moment : throw Cast(column, "a moment");

    private ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_handle, column);

    [SuppressMessage("Globalization", "CA1305", Justification = "A message for developers.")]
    private InvalidCastException Cast(int column, string wanted) =>
        new($"Column {_columns[column]} holds '{raw.sqlite3_column_text(_handle, column).utf8_to_string()}', which is not {wanted}.");
}
