using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>账号: the accounts with their posts, by login. Passwords are in no answer.</summary>
/// <param name="Text">Part of a login or a name; null for all.</param>
/// <param name="Body">Code of a body at which they hold, held or will hold a post.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Accounts of a page.</param>
[Needs(Function.DisableAccounts)]
public sealed record ReadAccounts(string? Text = null, string? Body = null, int Page = 1, int Size = 50) : IQuery<AccountPage>;

/// <summary>One account with its posts.</summary>
/// <param name="Login">Its login.</param>
[Needs(Function.DisableAccounts)]
public sealed record ReadAccount(string Login) : IQuery<AccountLine>;

/// <summary>A page of accounts.</summary>
/// <param name="Items">Those of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record AccountPage(IReadOnlyList<AccountLine> Items, int Total);

/// <summary>An account.</summary>
public sealed record AccountLine
{
    /// <summary>The account.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name to sign in with.</summary>
    public required string Login { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where alerts go.</summary>
    public string? Email { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was disabled; null while it stands.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Its posts, past ones included, the latest first.</summary>
    public IReadOnlyList<PostLine> Posts { get; init; } = [];
}

/// <summary>A post of an account.</summary>
public sealed record PostLine
{
    /// <summary>The post.</summary>
    public required Guid PostId { get; init; }

    /// <summary>The body.</summary>
    public required string Body { get; init; }

    /// <summary>The role's code.</summary>
    public required string Role { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day; null while no end is known.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The role in Chinese.</summary>
    public string RoleName => Kebab.Parse<Role>(Role).Chinese();

    /// <summary>Whether it stands on a day.</summary>
    public bool StandsOn(DateOnly day) => ValidFrom <= day && (ValidTo is not { } end || end >= day);
}

internal sealed class ReadAccountsValidator : AbstractValidator<ReadAccounts>
{
    public ReadAccountsValidator()
    {
        RuleFor(q => q.Text).MaximumLength(100).WithMessage("查询词不能超过 100 字。");
        RuleFor(q => q.Page).InclusiveBetween(1, 1_000_000).WithMessage("页码有误。");
        RuleFor(q => q.Size).InclusiveBetween(1, 200).WithMessage("每页应为 1 至 200 条。");
    }
}

internal sealed class ReadAccountsHandler(Work work) : IRequestHandler<ReadAccounts, Result<AccountPage>>
{
    private const string From =
        """
        FROM Account a
        WHERE (@like IS NULL OR a.Login LIKE @like ESCAPE '!' OR a.Name LIKE @like ESCAPE '!')
          AND (@Body IS NULL OR EXISTS (SELECT 1 FROM Post p JOIN Body b ON b.Id = p.BodyId WHERE p.AccountId = a.Id AND b.Code = @Body))
        """;

    public async Task<Result<AccountPage>> Handle(ReadAccounts query, CancellationToken cancellationToken)
    {
        var args = new { like = string.IsNullOrWhiteSpace(query.Text) ? null : $"%{Like.Escape(query.Text.Trim())}%", query.Body, Skip = (query.Page - 1) * query.Size, Take = query.Size };
        var total = await work.Db.ScalarAsync<int>(
            $"""
            -- Administration/ReadAccounts: how many there are
            SELECT COUNT(*) {From}
            """,
            args);
        var accounts = await work.Db.QueryAsync<AccountLine>(
            work.Db.Dialect.Page(
                $"""
                -- Administration/ReadAccounts: by login
                SELECT a.Id, a.Login, a.Name, a.Email, a.CreatedAt, a.DisabledAt {From} ORDER BY a.Login
                """),
            args);
        var items = new List<AccountLine>(accounts.Count);
        foreach (var account in accounts) items.Add(account with { Posts = await PostLines.OfAsync(work, account.Id) });
        return new AccountPage(items, total);
    }
}

internal sealed class ReadAccountHandler(Work work) : IRequestHandler<ReadAccount, Result<AccountLine>>
{
    public async Task<Result<AccountLine>> Handle(ReadAccount query, CancellationToken cancellationToken)
    {
        var account = await work.Db.QuerySingleOrDefaultAsync<AccountLine>(
            """
            -- Administration/ReadAccounts: one by its login
            SELECT Id, Login, Name, Email, CreatedAt, DisabledAt FROM Account WHERE Login = @Login
            """,
            query);
        return account is null ? Error.NotFound("账号") : account with { Posts = await PostLines.OfAsync(work, account.Id) };
    }
}

internal static class PostLines
{
    public static Task<IReadOnlyList<PostLine>> OfAsync(Work work, Guid account) => work.Db.QueryAsync<PostLine>(
        """
        -- Administration/ReadAccounts: the posts of an account
        SELECT p.Id AS PostId, b.Name AS Body, p.Role, p.ValidFrom, p.ValidTo FROM Post p JOIN Body b ON b.Id = p.BodyId WHERE p.AccountId = @account
        ORDER BY CASE WHEN p.ValidTo IS NULL THEN 0 ELSE 1 END, p.ValidTo DESC, p.ValidFrom DESC, p.Id
        """,
        new { account });
}
