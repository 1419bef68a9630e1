using Filing.Data;
using Filing.Tests.Support;
using Microsoft.Data.SqlClient;

namespace Filing.Tests.Data;

/// <summary>
/// The same on SQL Server: the environment variable FILING_TEST_SQLSERVER holds a connection string whose account may create databases.
/// Without it these tests are skipped, visibly.
/// </summary>
public sealed class SqlServerTests
{
    private static readonly DateTimeOffset Moment = new(2026, 2, 14, 8, 40, 7, TimeSpan.Zero);

    private string _server = null!;
    private string _name = null!;
    private Database _db = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        _server = Environment.GetEnvironmentVariable("FILING_TEST_SQLSERVER") ?? "";
        if (_server.Length == 0) Assert.Ignore("FILING_TEST_SQLSERVER is not set.");
        _name = $"filing_{Guid.CreateVersion7():N}";
        await OnServer($"CREATE DATABASE {_name}");
        _db = Database.OpenSqlServer(new SqlConnectionStringBuilder(_server) { InitialCatalog = _name }.ConnectionString);
        var migrated = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => new Migrator(_db, TimeProvider.System).MigrateAsync()));
        Assert.That(migrated.SelectMany(result => result.Value).Order(), Is.EqualTo(migrated.SelectMany(result => result.Value).Distinct().Order()).And.Not.Empty, "each step once");
    }

    [OneTimeTearDown]
    public async Task Drop()
    {
        if (_db is null) return;
        await _db.DisposeAsync();
        SqlConnection.ClearAllPools();
        await OnServer($"DROP DATABASE {_name}");
    }

    private async Task OnServer(string sql)
    {
        await using var connection = new SqlConnection(_server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private Task<bool> Set(string name, string value) => _db.WriteAsync(s => s.InsertIfAbsentAsync("Setting", ["Name"], ["Value"], new { Name = name, Value = value }));

    private Task<string?> Get(string name) => _db.ReadAsync(s => s.ScalarAsync<string>("SELECT Value FROM Setting WHERE Name = @name", new { name }));

    [Test]
    public async Task A_commit_keeps_and_a_refusal_does_not()
    {
        await _db.WriteAsync(s => s.InsertIfAbsentAsync("Setting", ["Name"], ["Value"], new { Name = "kept", Value = "甲" }), commit: _ => true);
        await _db.WriteAsync(s => s.InsertIfAbsentAsync("Setting", ["Name"], ["Value"], new { Name = "refused", Value = "乙" }), commit: _ => false);
        Assert.That((await Get("kept"), await Get("refused")), Is.EqualTo(("甲", (string?)null)));
    }

    [Test]
    public async Task Of_many_that_insert_the_same_key_at_once_one_does()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = $"once{round}";
            var inserted = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => Set(key, $"{n}"))));
            Assert.That(inserted.Count(won => won), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_script_for_an_administrator_makes_the_same_schema_and_may_be_run_again()
    {
        var name = $"filing_{Guid.CreateVersion7():N}";
        await OnServer($"CREATE DATABASE {name}");
        try
        {
            var connection = new SqlConnectionStringBuilder(_server) { InitialCatalog = name, Pooling = false }.ConnectionString;
            // Babelfish takes SET NOEXEC and runs on.
            for (var i = 0; i < (TestDatabase.IsBabelfish ? 1 : 2); i++) await RunScript(connection, Migrator.Script().Value);
            await using var database = Database.OpenSqlServer(connection);
            var migrated = await new Migrator(database, TimeProvider.System).MigrateAsync();
            Assert.That((migrated.Error, migrated.Value), Is.EqualTo(((Filing.Domain.Error?)null, (IReadOnlyList<string>)[])), "the program finds nothing to do");
        }
        finally
        {
            await OnServer($"DROP DATABASE {name}");
        }
    }

    private static async Task RunScript(string server, string script)
    {
        await using var connection = new SqlConnection(server);
        await connection.OpenAsync();
        // Babelfish reads every state of one snapshot as it is, and has no word for it.
        foreach (var batch in Migration.Batches(script).Where(b => !TestDatabase.IsBabelfish || !b.Contains("ALTER DATABASE", StringComparison.Ordinal)))
        {
            await using var command = new SqlCommand(batch, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Test]
    public async Task Codes_compare_by_code_point()
    {
        Assert.That(await Set("Code", "upper"), Is.True);
        Assert.That(await Set("code", "lower"), Is.True);
    }

    [Test]
    public async Task Ids_days_and_moments_come_back_as_they_went_in()
    {
        var id = Guid.CreateVersion7();
        await _db.WriteAsync(s => s.ExecuteAsync(
            """
            INSERT INTO Body (Id, Code, Name, ShortName, Kind, ValidFrom) VALUES (@id, @code, N'郴州市人民政府', N'市政府', 'government', @from)
            """,
            new { id, code = id.ToString(), from = new DateOnly(2013, 1, 1) }));
        await _db.WriteAsync(s => s.ExecuteAsync(
            "INSERT INTO Account (Id, Login, Name, PasswordChangeDue, SecurityStamp, CreatedAt) VALUES (@id, @login, N'张三', 0, 'x', @Moment)",
            new { id, login = id.ToString(), Moment }));
        var day = await _db.ReadAsync(s => s.ScalarAsync<DateOnly>("SELECT ValidFrom FROM Body WHERE Id = @id", new { id }));
        var moment = (await _db.ReadAsync(s => s.QueryAsync<DateTimeOffset>("SELECT CreatedAt FROM Account WHERE Id IN @ids", new { ids = new[] { id } }))).Single();
        Assert.That((day, moment), Is.EqualTo((new DateOnly(2013, 1, 1), Moment)));
    }

    [Test]
    public async Task What_is_append_only_cannot_be_changed()
    {
        foreach (var sql in new[] { "UPDATE SchemaJournal SET Hash = 'x'", "DELETE FROM SchemaJournal" })
            Assert.That(async () => await _db.WriteAsync(s => s.ExecuteAsync(sql)), Throws.InstanceOf<SqlException>().With.Message.Contains("append-only"));
    }
}
