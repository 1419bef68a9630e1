using Filing.Data;

namespace Filing.Web.Operations;

/// <summary>What a register knows about itself, in the table <c>Setting</c>.</summary>
public static class Settings
{
    /// <summary>The register was once served with a moved clock; its moments are not all real.</summary>
    public const string ClockMoved = "clock-moved";

    /// <summary>The register holds people and documents that were made up.</summary>
    public const string Demo = "demo";

    /// <summary>The value of a setting; null when it is not set.</summary>
    public static Task<string?> ReadAsync(Database database, string name, CancellationToken ct = default) => database.ReadAsync(
        db => db.ScalarAsync<string>(
            """
            -- Operations/Settings: a setting
            SELECT Value FROM Setting WHERE Name = @name
            """,
            new { name }),
        ct);

    /// <summary>Sets a setting.</summary>
    public static Task WriteAsync(Database database, string name, string value, CancellationToken ct = default) => database.WriteAsync(
        async db =>
        {
            await db.UpsertAsync("Setting", ["Name"], ["Value"], new { Name = name, Value = value });
            return true;
        },
        ct);

    /// <summary>Whether there is anybody in the register yet.</summary>
    public static async Task<bool> IsInUseAsync(Database database, CancellationToken ct = default) => await database.ReadAsync(
        db => db.ScalarAsync<int>(
            """
            -- Operations/Settings: is anybody there?
            SELECT (SELECT COUNT(*) FROM Body) + (SELECT COUNT(*) FROM Account)
            """),
        ct) > 0;
}
