using Filing.Domain;
using Microsoft.Data.SqlClient;

namespace Filing.Data;

/// <summary>
/// The way of a register from the embedded database to SQL Server: <see cref="BeginAsync"/>, <see cref="CopyAsync"/>, <see cref="CompareAsync"/>,
/// <see cref="FinishAsync"/>. The source is frozen from the beginning on and nothing else in it is changed; the target is open to servers only after the
/// end. A move that was broken off anywhere is opened again and goes on where it stopped. The files of the documents stay where they are.
/// </summary>
public sealed class Move : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly MoveSource _from;
    private readonly MoveTarget _to;
    private readonly IReadOnlyList<MovedTable> _tables;
    private MoveMark? _mark;

    private Move(Database source, Database target, MoveTarget to, IReadOnlyList<MovedTable> tables, MoveMark? mark, string name, TimeProvider clock) =>
        (Source, Target, _from, _to, _tables, _mark, To, _clock) = (source, target, new(source), to, tables, mark, name, clock);

    /// <summary>The embedded register.</summary>
    public Database Source { get; }

    /// <summary>The database on SQL Server.</summary>
    public Database Target { get; }

    /// <summary>Server and database of the target, without account and password.</summary>
    public string To { get; }

    /// <summary>True when an earlier run has begun this move.</summary>
    public bool Resumes => _mark is not null;

    /// <summary>True when an earlier run has compared everything, and only <see cref="FinishAsync"/> is left.</summary>
    public bool Compared => _mark?.State == MoveState.Moved;

    /// <summary>
    /// Looks at both sides, and brings the target's schema to that of this program. Refused when there is no register of this program's schema in the
    /// folder, when the target cannot be reached, holds anything but the same unfinished move, or is being filled by another process.
    /// </summary>
    /// <param name="folder">The data folder with <c>filing.db</c>.</param>
    /// <param name="connectionString">Of the target; it names the database.</param>
    /// <param name="clock">Gives the moments of the marks.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Result<Move>> OpenAsync(string folder, string connectionString, TimeProvider clock, CancellationToken ct = default)
    {
        if (!NameOf(connectionString).TryGet(out var name, out var error)) return error;
        if (Missing(folder) is { } missing) return missing;
        var source = Database.OpenSqlite(folder);
        var target = Database.OpenSqlServer(connectionString);
        MoveTarget? to = null;
        try
        {
            if ((await SourceAsync(source, folder, clock, ct)).TryGet(out var from, out error)
                && (await new Migrator(target, clock).MigrateAsync(ct)).TryGet(out _, out error)
                && (await MoveTarget.OpenAsync(target, ct)).TryGet(out to, out error)
                && (await StandingAsync(folder, name, from.Mark, to, from.Tables, ct)).TryGet(out var mark, out error))
            {
                return new Move(source, target, to, from.Tables, mark.Length > 0 ? mark[0] : null, name, clock);
            }
        }
        catch (SqlException e)
        {
            error = Error.Refused("move.unreachable", $"目标数据库（{name}）无法使用：{e.Message}");
        }
        catch
        {
            await CloseAsync();
            throw;
        }

        await CloseAsync();
        return error;

        async Task CloseAsync()
        {
            if (to is not null) await to.DisposeAsync();
            await target.DisposeAsync();
            await source.DisposeAsync();
        }
    }

    /// <summary>
    /// Gives up a move, also one that came to its end: the mark goes from the source and it can be used again, as it was. Answers the mark. What is in the
    /// target stays there.
    /// </summary>
    /// <param name="folder">The data folder with <c>filing.db</c>.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Result<MoveMark>> UndoAsync(string folder, CancellationToken ct = default)
    {
        if (Missing(folder) is { } missing) return missing;
        await using var source = Database.OpenSqlite(folder);
        return await new MoveSource(source).ThawAsync(ct) is { } mark ? mark : Error.Refused("move.none", $"“{folder}”中的登记簿没有在迁移，也没有迁移过。");
    }

    /// <summary>Marks and freezes the source, and marks the target; nothing when an earlier run did.</summary>
    public async Task BeginAsync(CancellationToken ct = default)
    {
        if (Resumes) return;
        var mark = new MoveMark(Guid.CreateVersion7(), MoveState.Moving, To, _clock.GetUtcNow());
        await _from.FreezeAsync(mark, _tables, ct);
        await _to.BeginAsync(mark with { State = MoveState.Unfinished }, ct);
        _mark = mark;
    }

    /// <summary>Writes what the target still lacks. Refused when a value or a row does not fit into it; what was written before stays.</summary>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="SqlException">The connection was lost.</exception>
    public async Task<Result<Done>> CopyAsync(IProgress<MoveStep>? progress = null, CancellationToken ct = default)
    {
        var known = await _to.ProgressAsync(ct);
        foreach (var table in _tables)
        {
            var at = known.GetValueOrDefault(table.Name) ?? MoveProgress.None;
            IReadOnlyList<IReadOnlyList<object>>? groups = null;
            while (!at.Done)
            {
                var batch = groups is null ? await NextAsync(table, at, ct) : null;
                if (batch is null)
                {
                    groups ??= MoveOrder.ParentsFirst(await _from.ReferringAsync(table, ct));
                    batch = await NextAsync(table, at, groups, ct);
                }

                if (!ToServer(table, batch.Rows).TryGet(out var rows, out var error)) return error;
                try
                {
                    await _to.InsertAsync(table, rows, batch.Then, ct);
                }
                catch (SqlException e) when (e.Number is 515 or 547 or 2601 or 2627 or 2628 or 8152)
                {
                    return Error.Refused("move.row-refused", $"目标数据库不接受表 {table.Name} 中主键 {Name(table, batch.Rows[0])} 至 {Name(table, batch.Rows[^1])} 之间的某一行：{e.Message}");
                }

                at = batch.Then;
                progress?.Report(new(MovePhase.Copy, table.Name, at.Rows, at.Done));
            }
        }

        return Done.It;
    }

    /// <summary>Reads every row of every table on both sides and compares them value by value.</summary>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="SqlException">The connection was lost.</exception>
    public async Task<MoveComparison> CompareAsync(IProgress<MoveStep>? progress = null, CancellationToken ct = default)
    {
        var (first, differing, all) = (new List<MoveDifference>(), 0L, 0L);
        foreach (var table in _tables)
        {
            var (rows, there) = (0L, 0L);
            object[]? after = null;
            for (var more = true; more;)
            {
                (var page, more) = await _from.PageAsync(table, after, whole: true, ct);
                if (page.Count == 0) break;
                after = table.KeyOf(page[^1]);
                var found = new Dictionary<string, object?[]>(page.Count, StringComparer.Ordinal);
                foreach (var row in await _to.RowsAsync(table, [.. page.Select(table.KeyOf)], ct)) found[Name(table, row, '\u001f')] = row;
                foreach (var row in page)
                {
                    if (found.TryGetValue(Name(table, row, '\u001f'), out var other)) there++;
                    var column = other is null ? -1 : Enumerable.Range(0, row.Length).FirstOrDefault(i => !MovedValue.Same(row[i], other[i]), row.Length);
                    if (column < row.Length) Differ(new(table.Name, Name(table, row), column < 0 ? null : table.Columns[column]), 1);
                }

                rows += page.Count;
                progress?.Report(new(MovePhase.Compare, table.Name, rows, false));
            }

            var tooMuch = await _to.CountAsync(table, ct) - there;
            if (tooMuch != 0) Differ(new(table.Name, null, null), Math.Abs(tooMuch));
            all += rows;
            progress?.Report(new(MovePhase.Compare, table.Name, rows, true));
        }

        return new(_tables.Count, all, differing, first);

        void Differ(MoveDifference difference, long count)
        {
            differing += count;
            if (first.Count < MoveComparison.Most) first.Add(difference);
        }
    }

    /// <summary>
    /// Says in the source that it is moved, then opens the target. Refused when the move was given up meanwhile. To be called when both sides were found
    /// the same.
    /// </summary>
    public async Task<Result<Done>> FinishAsync(CancellationToken ct = default)
    {
        var mark = _mark ?? throw new InvalidOperationException("The move has not begun.");
        if (!Compared)
        {
            var moved = mark with { State = MoveState.Moved, Since = _clock.GetUtcNow() };
            if (!await _from.ReplaceMarkAsync(mark, moved, ct)) return Error.Conflict("move.given-up", "迁移期间有人撤销了这次迁移（--undo），原数据库可能已有改动。请另建一个空的数据库，重新迁移。");
            _mark = moved;
        }

        await _to.FinishAsync(ct);
        return Done.It;
    }

    /// <summary>Closes both sides.</summary>
    public async ValueTask DisposeAsync()
    {
        await _to.DisposeAsync();
        await Target.DisposeAsync();
        await Source.DisposeAsync();
    }

    private static Result<string> NameOf(string connectionString)
    {
        try
        {
            var parts = new SqlConnectionStringBuilder(connectionString);
            if (parts.InitialCatalog.Length == 0) return Error.Invalid("move.no-database", "连接串没有写明目标数据库（Database=…）。", "--to");
            return parts.DataSource.Length == 0 ? Error.Invalid("move.no-server", "连接串没有写明服务器（Server=…）。", "--to") : $"{parts.DataSource}/{parts.InitialCatalog}";
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The driver's message may repeat what was typed, a password included.
            return Error.Invalid("move.connection-string", "目标数据库的连接串写法不对，应如“Server=…;Database=…;User ID=…;Password=…;Encrypt=True”。", "--to");
        }
    }

    private static Error? Missing(string folder) => File.Exists(Path.Combine(folder, Database.SqliteFileName))
        ? null
        : Error.Invalid("move.no-source", $"文件夹“{folder}”中没有 {Database.SqliteFileName}。", "--from");

    private static async Task<Result<(MoveMark? Mark, IReadOnlyList<MovedTable> Tables)>> SourceAsync(Database source, string folder, TimeProvider clock, CancellationToken ct)
    {
        if (!(await new Migrator(source, clock).MissingAsync(ct)).TryGet(out var missing, out var error)) return error;
        if (missing.Count > 0) return Error.Refused("move.source-older", $"“{folder}”中的登记簿还没有升级到本程序的结构（缺 {string.Join("、", missing)}）。请先执行 filing migrate --data {folder}。");
        return await source.ReadAsync(async db => (await MoveMark.ReadAsync(db), await MovedTable.ReadAsync(db)), ct);
    }

    /// <summary>The mark of the move that goes on; none where one begins.</summary>
    private static async Task<Result<MoveMark[]>> StandingAsync(string folder, string name, MoveMark? here, MoveTarget to, IReadOnlyList<MovedTable> tables, CancellationToken ct)
    {
        if (await to.DescribeAsync(tables, ct) is { } other) return other;
        if (await to.MarkAsync(ct) is { } there)
        {
            return here?.Id == there.Id
                ? new[] { here }
                : Error.Refused("move.another", $"目标数据库（{name}）中有另一次没有完成的迁移，不能接着写。请另建一个空的数据库。");
        }

        if (here?.State == MoveState.Moved) return here.Moved(folder);
        return await to.FilledAsync(tables, ct) is { } filled
            ? Error.Refused("move.target-not-empty", $"目标数据库（{name}）不是空的：表 {filled} 中已有数据。请另建一个空的数据库，迁移完成之前不要在其上启动服务。")
            : Array.Empty<MoveMark>();
    }

    /// <summary>The next rows that refer to no other of their table; null when those are all there and others follow.</summary>
    private async Task<Batch?> NextAsync(MovedTable table, MoveProgress at, CancellationToken ct)
    {
        if (at.Placed > 0) return null;
        var (rows, more) = await _from.PageAsync(table, at.After, whole: false, ct);
        if (rows.Count == 0 && table.Own.Count > 0) return null;
        return new(rows, at with { Rows = at.Rows + rows.Count, After = rows.Count == 0 ? at.After : table.KeyOf(rows[^1]), Done = !more && table.Own.Count == 0 });
    }

    /// <summary>The next rows that refer to others of their table, after those; what refers to each other in a circle stays together.</summary>
    private async Task<Batch> NextAsync(MovedTable table, MoveProgress at, IReadOnlyList<IReadOnlyList<object>> groups, CancellationToken ct)
    {
        var (keys, passed, done) = (new List<object>(), 0, true);
        foreach (var group in groups)
        {
            // What is there came in whole groups.
            if (passed < at.Placed)
            {
                passed += group.Count;
                continue;
            }

            if (keys.Count > 0 && keys.Count + group.Count > MoveSource.Most)
            {
                done = false;
                break;
            }

            keys.AddRange(group);
        }

        return new(
            keys.Count == 0 ? [] : await _from.RowsAsync(table, keys, ct),
            at with { Rows = at.Rows + keys.Count, Placed = at.Placed + keys.Count, Done = done });
    }

    private Result<IReadOnlyList<object?[]>> ToServer(MovedTable table, IReadOnlyList<object?[]> rows)
    {
        var (columns, moved) = (_to.Columns(table), new List<object?[]>(rows.Count));
        foreach (var row in rows)
        {
            var values = new object?[row.Length];
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is not { } stored) continue;
                if (!MovedValue.TryToServer(columns[i].Kind, stored, out var value))
                    return Error.Refused("move.value", $"表 {table.Name} 主键 {Name(table, row)} 的 {columns[i].Name} 不是本程序写入的形式，无法迁移。请先用 filing verify 核查原数据库。");
                if (columns[i].Length is { } most && value is string text && text.Length > most)
                    return Error.Refused("move.too-long", $"表 {table.Name} 主键 {Name(table, row)} 的 {columns[i].Name} 有 {text.Length} 个字符，SQL Server 中至多 {most} 个。");
                values[i] = value;
            }

            moved.Add(values);
        }

        return moved;
    }

    private static string Name(MovedTable table, object?[] row, char between = '、') => string.Join(between, table.KeyOf(row));

    private sealed record Batch(IReadOnlyList<object?[]> Rows, MoveProgress Then);
}
