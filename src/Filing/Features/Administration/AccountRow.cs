using Filing.Pipeline;

namespace Filing.Features.Administration;

/// <summary>An account, as its administration needs it.</summary>
internal sealed record AccountRow
{
    public required Guid Id { get; init; }
    public required string Login { get; init; }
    public string? PasswordHash { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>A stamp that no session has.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    public static Task<AccountRow?> ByLoginAsync(Work work, string login) => work.Db.QuerySingleOrDefaultAsync<AccountRow>(
        """
        -- Administration/AccountRow: an account by its login
        SELECT Id, Login, PasswordHash, DisabledAt FROM Account WHERE Login = @login
        """,
        new { login });

    public static Task<AccountRow?> ByIdAsync(Work work, Guid id) => work.Db.QuerySingleOrDefaultAsync<AccountRow>(
        """
        -- Administration/AccountRow: an account
        SELECT Id, Login, PasswordHash, DisabledAt FROM Account WHERE Id = @id
        """,
        new { id });
}
