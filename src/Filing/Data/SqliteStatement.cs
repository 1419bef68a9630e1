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
internal sealed unsafe class SqliteStatement : IDisposable
{
    // What did not fit into the room is kept by SQLite until the next call; long texts are not worth that.
    private const int KeptBytes = 16 * 1024;

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _handle;
    private readonly nint _statement;
    private readonly SqliteRoom _room;
    private readonly string[] _parameters;
    private readonly bool _readOnly;
    private readonly byte[] _momentText = new byte[DapperTypes.MomentLength];
    private string[] _columns;
    private Arguments? _arguments;
    private IArgument[] _binders = [];
    private object? _reader;
    private object[] _setters = [];
    private long _boundBytes;
    private DateTimeOffset? _momentBound;

    private SqliteStatement(sqlite3 db, sqlite3_stmt handle, SqliteRoom room, string[] parameters) =>
        (_db, _handle, _statement, _room, _parameters, _readOnly, _columns) =
            (db, handle, handle.DangerousGetHandle(), room, parameters, raw.sqlite3_stmt_readonly(handle) != 0, ColumnsOf(handle));

    /// <summary>Compiles a text; null when it is not one statement, has a parameter without a name, or is wrong: the driver says why.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="room">Where the connection's parameters lie.</param>
    /// <param name="sql">The text.</param>
    /// <param name="rows">For an INSERT of so many rows: the parameters of each, in the same order, bear its number at their end.</param>
    public static SqliteStatement? TryCompile(sqlite3 db, SqliteRoom room, string sql, int rows = 1)
    {
        if (raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle, out var tail) != raw.SQLITE_OK || handle.IsInvalid) return null;
        var parameters = new string[raw.sqlite3_bind_parameter_count(handle) / rows];
        for (var i = 0; i < parameters.Length; i++)
        {
            var name = raw.sqlite3_bind_parameter_name(handle, i + 1).utf8_to_string() ?? "";
            parameters[i] = name.Length <= 1 ? "" : rows == 1 ? name[1..] : name[1..^SqliteRows.FirstEnd.Length];
        }

        if (string.IsNullOrWhiteSpace(tail) && Array.IndexOf(parameters, "") < 0) return new(db, handle, room, parameters);
        handle.Dispose();
        return null;
    }

    /// <summary>Takes the arguments; false when one of them is missing or of a kind that the driver must see to.</summary>
    public bool TryBind(object? arguments)
    {
        _room.Clear();
        return arguments is null ? _parameters.Length == 0 : TryBindRow(arguments, 0);
    }

    /// <summary>As <see cref="TryBind(object?)"/>, for the rows of a list from <paramref name="from"/> on.</summary>
    public bool TryBind(List<object> rows, int from, int count)
    {
        _room.Clear();
        for (var row = 0; row < count; row++)
        {
            if (!TryBindRow(rows[from + row], row)) return false;
        }

        return true;
    }

    private bool TryBindRow(object arguments, int row)
    {
        if (_arguments?.Type != arguments.GetType())
        {
            var known = Arguments.Of(arguments.GetType());
            var binders = known is null ? null : Array.ConvertAll(_parameters, p => known.Find(p)!);
            if (binders is null || Array.IndexOf(binders, null) >= 0) return false;
            (_arguments, _binders) = (known, binders);
        }

        var at = row * _binders.Length;
        foreach (var binder in _binders) binder.Bind(arguments, this, ++at);
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

            return _readOnly ? -1 : raw.sqlite3_changes(_db);
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
        var code = SqliteNative.Step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, _db);
        return false;
    }

    private void Prepare<T>(RowReader<T> reader)
    {
        // A change of the schema may have given the statement other columns.
        if (SqliteNative.ColumnCount(_statement) != _columns.Length) (_columns, _reader) = (ColumnsOf(_handle), null);
        if (ReferenceEquals(_reader, reader)) return;
        (_reader, _setters) = (reader, reader.Prepare(_columns));
    }

    private void Reset()
    {
        _ = SqliteNative.Reset(_statement);
        if (_boundBytes > KeptBytes) _ = SqliteNative.ClearBindings(_statement);
        _boundBytes = 0;
    }

    private static string[] ColumnsOf(sqlite3_stmt handle)
    {
        var names = new string[raw.sqlite3_column_count(handle)];
        for (var i = 0; i < names.Length; i++) names[i] = raw.sqlite3_column_name(handle, i).utf8_to_string();
        return names;
    }

    // ---------------------------------------------------------------- values in

    public void BindNull(int at) => Check(SqliteNative.BindNull(_statement, at));

    public void Bind(int at, long value) => Check(SqliteNative.BindInt64(_statement, at, value));

    public void Bind(int at, double value) => Check(SqliteNative.BindDouble(_statement, at, value));

    public void Bind(int at, byte[] value)
    {
        if (value.AsSpan().TryCopyTo(_room.Free))
        {
            Check(SqliteNative.BindBlob(_statement, at, _room.Take(value.Length), value.Length, SqliteNative.Static));
            return;
        }

        _boundBytes += value.Length;
        fixed (byte* bytes = value) Check(SqliteNative.BindBlob(_statement, at, bytes, value.Length, SqliteNative.Transient));
    }

    public void Bind(int at, string value)
    {
        if (Encoding.UTF8.TryGetBytes(value, _room.Free, out var length))
        {
            Text(at, length);
            return;
        }

        var utf8 = Encoding.UTF8.GetBytes(value);
        _boundBytes += utf8.Length;
        fixed (byte* bytes = utf8) Check(SqliteNative.BindText(_statement, at, bytes, utf8.Length, SqliteNative.Transient));
    }

    public void Bind(int at, Guid value)
    {
        if (value.TryFormat(_room.Free, out var length)) Text(at, length);
        else Bind(at, value.ToString());
    }

    public void Bind(int at, DateOnly value)
    {
        if (_room.Free.Length >= DapperTypes.MomentLength && DapperTypes.TryFormat(value, _room.Free, out var length)) Text(at, length);
        else Bind(at, DapperTypes.Text(value));
    }

    public void Bind(int at, DateTimeOffset value)
    {
        // Nearly always it is the moment of the command, again and again.
        if (value != _momentBound)
        {
            DapperTypes.TryFormat(value, _momentText, out _);
            _momentBound = value;
        }

        if (_momentText.AsSpan().TryCopyTo(_room.Free)) Text(at, _momentText.Length);
        else Bind(at, DapperTypes.Text(value));
    }

    private void Text(int at, int length) => Check(SqliteNative.BindText(_statement, at, _room.Take(length), length, SqliteNative.Static));

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _db);
    }

    // ---------------------------------------------------------------- values out

    public bool IsNull(int column) => SqliteNative.ColumnType(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => SqliteNative.ColumnType(_statement, column) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? SqliteNative.ColumnInt64(_statement, column)
        : throw Cast(column, "a number");

    public double Double(int column) => SqliteNative.ColumnType(_statement, column) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? SqliteNative.ColumnDouble(_statement, column)
        : throw Cast(column, "a number");

    public byte[] Bytes(int column) => Utf8(column).ToArray();

    // column_text ends a text at its first zero; the bytes are all there.
    public string Text(int column) => SqliteNative.ColumnType(_statement, column) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? raw.sqlite3_column_text(_handle, column).utf8_to_string()
        : Encoding.UTF8.GetString(Utf8(column));

    public Guid Id(int column) => Guid.TryParse(Utf8(column), out var id) ? id : throw Cast(column, "an id");

    public DateOnly Day(int column) => DapperTypes.TryParseDay(Utf8(column), out var day) ? day : throw Cast(column, "a day");

    public DateTimeOffset Moment(int column) => DapperTypes.TryParseMoment(Utf8(column), out var moment) ? moment : throw Cast(column, "a moment");

    private ReadOnlySpan<byte> Utf8(int column) => SqliteNative.ColumnSpan(_statement, column);

    [SuppressMessage("Globalization", "CA1305", Justification = "A message for developers.")]
    private InvalidCastException Cast(int column, string wanted) =>
        new($"Column {_columns[column]} holds '{raw.sqlite3_column_text(_handle, column).utf8_to_string()}', which is not {wanted}.");
}
