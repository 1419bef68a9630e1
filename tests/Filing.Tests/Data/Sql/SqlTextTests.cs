using System.Text.RegularExpressions;
using Filing.Data;
using Microsoft.Data.Sqlite;

namespace Filing.Tests.Data.Sql;

/// <summary>Every SQL text of the product, whether or not a test runs it.</summary>
public sealed partial class SqlTextTests
{
    private static readonly string Sources = Repository.Folder("src");

    private static IEnumerable<SqlText> Texts => SqlText.Below(Sources);

    private static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Repository.Folder("sql"), "*.sql", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories));

    [Test]
    public void The_scan_finds_texts() => Assert.That(Texts.Count(text => text.For == SqlFor.Both), Is.GreaterThan(10));

    [Test]
    public void A_constant_in_a_text_is_read_with_it() =>
        Assert.That(Texts.Single(text => text.Text.Contains("-- FilingUp/ListFilings: the years")).Text, Does.Contain("l.Name = 'filing-to-superior'").And.Not.Contain(CSharpString.Hole));

    [Test]
    public void Every_text_says_where_it_lives() =>
        Assert.That(Texts.Where(text => text.Named != text.Actual).Select(text => $"{text.Where} names {text.Named ?? "nothing"} instead of {text.Actual}"), Is.Empty);

    [Test]
    public void Texts_for_one_database_only_live_in_Data() =>
        Assert.That(Texts.Where(text => text.For != SqlFor.Both && !text.Actual.StartsWith("Data/", StringComparison.Ordinal)).Select(text => text.Where), Is.Empty);

    [Test]
    public void Every_text_that_is_not_SQLites_own_parses_as_T_SQL_and_keeps_the_rules()
    {
        var faults = new List<string>();
        foreach (var text in Texts.Where(text => text.For == SqlFor.Both || (text.For == SqlFor.SqlServer && !text.HasHoles)))
        {
            var script = TSql.Parse(text.Filled("Hole"), out var errors);
            if (errors.Count > 0 && text.HasHoles) script = TSql.Parse(text.Filled(" "), out errors);
            faults.AddRange(errors.Concat(errors.Count > 0 ? [] : TSql.Banned(script)).Select(fault => $"{text.Where} {fault}"));
            if (errors.Count == 0 && text.For == SqlFor.Both) faults.AddRange(TSql.Treacherous(script).Select(fault => $"{text.Where} {fault}"));
        }

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void What_is_built_for_SQL_Server_parses_and_keeps_the_rules()
    {
        foreach (var text in new[] { Dialect.SqlServer.InsertIfAbsent("T", ["A", "B"], ["C"]), Dialect.SqlServer.Upsert("T", ["A"], ["B", "C"]), Dialect.SqlServer.Page("SELECT A FROM T ORDER BY A") })
            Assert.That(TSql.Banned(TSql.Parse(text)), Is.Empty, text);
    }

    [Test]
    public async Task Every_text_that_is_not_SQL_Servers_own_compiles_on_the_products_schema()
    {
        using var folder = new TempFolder();
        await using (var db = Database.OpenSqlite(folder.Path))
        {
            var migrated = await new Migrator(db, TimeProvider.System).MigrateAsync();
            Assert.That(migrated.Ok, () => migrated.Error!.Message);
        }

        await using var connection = new SqliteConnection($"Data Source={folder[Database.SqliteFileName]};Pooling=False");
        await connection.OpenAsync();
        var faults = new List<string>();
        foreach (var text in Texts.Where(text => text.For != SqlFor.SqlServer && !text.HasHoles))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = text.Filled("");
            try
            {
                command.Prepare();
            }
            catch (SqliteException e)
            {
                faults.Add($"{text.Where} {e.Message}");
            }
        }

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Nothing_replaces_rows() =>
        Assert.That(Files.Where(file => Replaces().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file)), Is.Empty);

    // What each check is there for: a text that it must not let through.
    [TestCase("SELECT a FROM t LIMIT 1")]
    [TestCase("SELECT a || b FROM t")]
    [TestCase("INSERT INTO t (a) VALUES (1) RETURNING a")]
    [TestCase("INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING")]
    [TestCase("SELECT EXISTS (SELECT 1 FROM t)")]
    [TestCase("SELECT a FROM (SELECT a FROM t ORDER BY a) x")]
    public void A_text_of_SQLite_alone_does_not_parse(string text)
    {
        TSql.Parse(text, out var errors);
        Assert.That(errors, Is.Not.Empty);
    }

    [TestCase("SELECT IFNULL(a, 0) FROM t")]
    [TestCase("SELECT LEN(a) FROM t")]
    [TestCase("SELECT 'x' + a FROM t")]
    [TestCase("SELECT a FROM t WHERE b = TRUE")]
    [TestCase("SELECT x = a FROM t")]
    [TestCase("SELECT TOP 1 a FROM t")]
    [TestCase("SELECT CAST(a AS TEXT) FROM t")]
    public void A_text_that_means_two_things_is_found(string text) => Assert.That(TSql.Treacherous(TSql.Parse(text)), Is.Not.Empty);

    [TestCase("MERGE t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1;")]
    [TestCase("SELECT a FROM t WITH (UPDLOCK)")]
    [TestCase("UPDATE t SET a = SYSUTCDATETIME()")]
    public void A_text_that_breaks_a_rule_is_found(string text) => Assert.That(TSql.Banned(TSql.Parse(text)), Is.Not.Empty);

    [Test]
    public void String_literals_of_every_kind_are_read()
    {
        const string source = """"
            var a = "SELECT \"1\""; // "not this"
            var b = @"SELECT ""2""" + '"' + $"SELECT {(x ? "inner" : "other")} {{3}}";
            /* "nor this" */ var c = $$"""SELECT {{d["e"]}} {4} "5" """;
            """";
        Assert.That(CSharpStrings.In(source).SelectMany(found => found.Holes), Is.EquivalentTo(["(x ? \"inner\" : \"other\")", "d[\"e\"]"]));
        Assert.That(CSharpStrings.In(source).Select(found => (found.Line, found.Text)), Is.EquivalentTo(new[]
        {
            (1, "SELECT \"1\""), (2, "SELECT \"2\""), (2, "inner"), (2, "other"), (2, $"SELECT {CSharpString.Hole} {{3}}"), (3, "e"), (3, $"SELECT {CSharpString.Hole} {{4}} \"5\" "),
        }));
    }

    [GeneratedRegex(@"\bINSERT\s+OR\s+REPLACE\b|\bREPLACE\s+INTO\b", RegexOptions.IgnoreCase)]
    private static partial Regex Replaces();
}
