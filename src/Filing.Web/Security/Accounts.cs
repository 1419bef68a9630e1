using Filing.Data;

namespace Filing.Web.Security;

/// <summary>An account, as sign-in needs it.</summary>
internal sealed record AccountRow
{
    public required Guid Id { get; init; }
    public required string Login { get; init; }
    public required string Name { get; init; }
    public string? PasswordHash { get; init; }
    public required string SecurityStamp { get; init; }

    /// <summary>The password was set by somebody else and is to be changed.</summary>
    public bool PasswordChangeDue { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
}

/// <summary>A key that stands, with its account.</summary>
internal sealed record KeyRow
{
    public required Guid AccountId { get; init; }
    public required string Name { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>An account of a demonstration, with what its holder does.</summary>
internal sealed record DemoAccount
{
    /// <summary>The login.</summary>
    public required string Login { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The body of the post.</summary>
    public required string Body { get; init; }

    /// <summary>The role's code.</summary>
    public required string Role { get; init; }

    /// <summary>The kind of the body, as a code.</summary>
    public required string Kind { get; init; }

    /// <summary>The body above it; null at the top.</summary>
    public string? Government { get; init; }
}

/// <summary>Who may sign in. These reads are before anybody acts, so they are outside the pipeline.</summary>
internal sealed class Accounts(Database database)
{
    public Task<AccountRow?> ByLoginAsync(string login, CancellationToken ct = default) => database.ReadAsync(
        db => db.QuerySingleOrDefaultAsync<AccountRow>(
            """
            -- Security/Accounts: an account by its login
            SELECT Id, Login, Name, PasswordHash, PasswordChangeDue, SecurityStamp, DisabledAt FROM Account WHERE Login = @login
            """,
            new { login }),
        ct);

    /// <summary>Whether a session that began with this stamp still stands.</summary>
    public async Task<bool> StandsAsync(Guid id, string stamp, CancellationToken ct = default) => await database.ReadAsync(
        db => db.ScalarAsync<int>(
            """
            -- Security/Accounts: does a session still stand?
            SELECT COUNT(*) FROM Account WHERE Id = @id AND SecurityStamp = @stamp AND DisabledAt IS NULL
            """,
            new { id, stamp }),
        ct) == 1;

    public Task<KeyRow?> ByKeyAsync(string hash, CancellationToken ct = default) => database.ReadAsync(
        db => db.QuerySingleOrDefaultAsync<KeyRow>(
            """
            -- Security/Accounts: a key that was not revoked, of an account that stands
            SELECT k.AccountId, a.Name, k.ExpiresAt
            FROM ApiKey k JOIN Account a ON a.Id = k.AccountId
            WHERE k.Hash = @hash AND k.RevokedAt IS NULL AND a.DisabledAt IS NULL
            """,
            new { hash }),
        ct);

    public Task<IReadOnlyList<DemoAccount>> DemoAsync(DateOnly today, CancellationToken ct = default) => database.ReadAsync(
        db => db.QueryAsync<DemoAccount>(
            """
            -- Security/Accounts: the people of a demonstration and their posts
            SELECT a.Login, a.Name, b.Name AS Body, p.Role, b.Kind, g.Name AS Government
            FROM Account a JOIN Post p ON p.AccountId = a.Id JOIN Body b ON b.Id = p.BodyId LEFT JOIN Body g ON g.Id = b.ParentId
            WHERE a.DisabledAt IS NULL AND p.ValidFrom <= @today AND (p.ValidTo IS NULL OR p.ValidTo >= @today)
            ORDER BY b.Code, p.Role, a.Login
            """,
            new { today }),
        ct);
}
