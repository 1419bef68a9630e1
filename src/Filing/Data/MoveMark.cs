using System.Text.Json;
using System.Text.Json.Serialization;
using Filing.Domain;

namespace Filing.Data;

/// <summary>Where a move stands, as one of the two databases says it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MoveState>))]
public enum MoveState
{
    /// <summary>In the source: it is being moved, and nobody works in it.</summary>
    Moving,

    /// <summary>In the source: everything is in the target, compared row by row.</summary>
    Moved,

    /// <summary>In the target: not everything has come, or it has not been compared.</summary>
    Unfinished,
}

/// <summary>The mark of a move, a row in the table <c>Setting</c> of both databases. A database that has one is not worked in.</summary>
/// <param name="Id">The move; the same in both.</param>
/// <param name="State">Where it stands.</param>
/// <param name="To">Server and database of the target, without account and password.</param>
/// <param name="Since">When it reached this state.</param>
public sealed record MoveMark(Guid Id, MoveState State, string To, DateTimeOffset Since)
{
    /// <summary>The name of the setting; in the target those that begin with it and a colon say how far each table is.</summary>
    public const string Setting = "move";

    /// <summary>The mark of a database that has the schema; null where there is none.</summary>
    public static async Task<MoveMark?> ReadAsync(Session db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var text = await db.ScalarAsync<string>(
            """
            -- Data/MoveMark: the mark
            SELECT Value FROM Setting WHERE Name = @Setting
            """,
            new { Setting });
        return text is null ? null : JsonSerializer.Deserialize<MoveMark>(text)!;
    }

    /// <summary>Why nobody may work in a database now: it is being moved, was moved, or has not wholly come. Null when there is no such reason.</summary>
    /// <param name="database">The database, with the schema or still without.</param>
    /// <param name="folder">The data folder, for the message.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Error?> RefusalAsync(Database database, string folder, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (await database.ReadAsync(FindAsync, ct) is not { } mark) return null;
        return mark.State switch
        {
            MoveState.Moving => Error.Refused(
                "register.moving",
                $"登记簿正在从“{folder}”迁往 SQL Server（{mark.To}），迁移完成之前不能使用。请再次执行 filing move --from {folder} --to 连接串，接着迁移；放弃迁移、恢复使用，请执行 filing move --from {folder} --undo。"),
            MoveState.Moved => mark.Moved(folder),
            MoveState.Unfinished => Error.Refused(
                "register.move-unfinished",
                $"SQL Server 数据库（{mark.To}）中的登记簿尚未迁移完毕，不能使用。请再次执行原来的 filing move 命令，接着迁移；放弃迁移，请删除该数据库。"),
        };
    }

    /// <summary>The refusal of a source that was moved.</summary>
    internal Error Moved(string folder) => Error.Refused(
        "register.moved",
        $"登记簿已从“{folder}”迁到 SQL Server（{To}），原数据库不再使用。请在 {Path.Combine(folder, "filing.json")} 中写明 Database:SqlServer；要放弃迁移结果、恢复使用原数据库，请执行 filing move --from {folder} --undo。");

    /// <summary>As <see cref="ReadAsync"/>, of a database that may be without the schema.</summary>
    internal static async Task<MoveMark?> FindAsync(Session db) => await HasSettingsAsync(db) ? await ReadAsync(db) : null;

    internal string ToJson() => JsonSerializer.Serialize(this);

    private static async Task<bool> HasSettingsAsync(Session db) => await db.ScalarAsync<int>(db.Dialect.Name == Dialect.Sqlite.Name
        ? """
          -- sqlite: Data/MoveMark: are there settings?
          SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'Setting'
          """
        : """
          -- sqlserver: Data/MoveMark: are there settings?
          SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = N'Setting'
          """) > 0;
}
