using System.Runtime.InteropServices;

namespace Filing.Data;

/// <summary>
/// The few calls of SQLite that are made hundreds of times a command. The driver's own wrappers count the users of a handle at each of
/// them; here <see cref="SqliteStatement"/> holds the handle for as long as it lives.
/// </summary>
internal static unsafe partial class SqliteNative
{
    /// <summary>What is bound stays where it is until the next binding.</summary>
    public const nint Static = 0;

    /// <summary>What is bound is copied at once.</summary>
    public const nint Transient = -1;

    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_clear_bindings")]
    public static partial int ClearBindings(nint statement);

    // The others are over in a moment and never wait, so that the garbage collector need not be told of them.
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    public static partial int BindNull(nint statement, int at);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    public static partial int BindInt64(nint statement, int at, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_double"), SuppressGCTransition]
    public static partial int BindDouble(nint statement, int at, double value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
    public static partial int BindText(nint statement, int at, byte* utf8, int length, nint lifetime);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob"), SuppressGCTransition]
    public static partial int BindBlob(nint statement, int at, byte* bytes, int length, nint lifetime);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_count"), SuppressGCTransition]
    public static partial int ColumnCount(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static partial int ColumnType(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long ColumnInt64(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    public static partial double ColumnDouble(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
    private static partial byte* ColumnBlob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    private static partial int ColumnBytes(nint statement, int column);

    /// <summary>The bytes of a column; they are gone with the next step.</summary>
    public static ReadOnlySpan<byte> ColumnSpan(nint statement, int column)
    {
        // In this order: asking for the bytes may convert a number to text, and only then is its length known.
        var bytes = ColumnBlob(statement, column);
        return new(bytes, ColumnBytes(statement, column));
    }
}

/// <summary>
/// The room in which the parameters of a connection's statement lie while it runs: SQLite reads them there and copies nothing. It serves
/// one statement at a time, since each runs to its end before the next is bound.
/// </summary>
internal sealed unsafe class SqliteRoom
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(32 * 1024, pinned: true);
    private readonly byte* _start;
    private int _used;

    public SqliteRoom() => _start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);

    /// <summary>What is still free.</summary>
    public Span<byte> Free => _bytes.AsSpan(_used);

    /// <summary>The statement before is done with its parameters.</summary>
    public void Clear() => _used = 0;

    /// <summary>Where the next bytes of <see cref="Free"/> lie, which are taken with this.</summary>
    public byte* Take(int length)
    {
        var at = _start + _used;
        _used += length;
        return at;
    }
}
