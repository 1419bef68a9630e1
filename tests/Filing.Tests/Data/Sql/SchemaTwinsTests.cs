namespace Filing.Tests.Data.Sql;

public sealed class SchemaTwinsTests
{
    [Test]
    public void The_two_schemas_of_the_product_say_the_same() =>
        Assert.That(SchemaTwins.Differences(Repository.Folder("sql/sqlite"), Repository.Folder("sql/sqlserver")), Is.Empty);

    [Test]
    public void Every_migration_has_its_twin() =>
        Assert.That(Names("sqlite"), Is.EqualTo(Names("sqlserver")).And.Not.Empty);

    private static IEnumerable<string> Names(string dialect) =>
        Directory.EnumerateFiles(Repository.Folder($"sql/{dialect}")).Select(file => Path.GetFileName(file)).Order();

    private const string Sqlite =
        """
        CREATE TABLE A (Id TEXT NOT NULL CONSTRAINT PK_A PRIMARY KEY, Code TEXT NOT NULL CONSTRAINT UX_A_Code UNIQUE, N INTEGER NULL, HeldOn TEXT NULL, CreatedAt TEXT NOT NULL, Bytes BLOB NULL) STRICT;
        CREATE TABLE B (Id TEXT NOT NULL CONSTRAINT PK_B PRIMARY KEY, AId TEXT NOT NULL CONSTRAINT FK_B_A REFERENCES A (Id), Flag INTEGER NOT NULL CONSTRAINT CK_B_Flag CHECK (Flag IN (0, 1))) STRICT;
        CREATE INDEX IX_A_Code ON A (Code, N DESC) WHERE N IS NOT NULL AND Code <> 'x';
        CREATE TRIGGER TR_A BEFORE DELETE ON A BEGIN SELECT RAISE(ABORT, 'no'); END;
        ALTER TABLE B ADD COLUMN Later TEXT NULL;
        """;

    private const string SqlServer =
        """
        CREATE TABLE A (Id binary(16) NOT NULL CONSTRAINT PK_A PRIMARY KEY, Code nvarchar(50) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT UX_A_Code UNIQUE, N int NULL, HeldOn date NULL, CreatedAt datetimeoffset(3) NOT NULL, Bytes varbinary(max) NULL);
        CREATE TABLE B (Id binary(16) NOT NULL CONSTRAINT PK_B PRIMARY KEY, AId binary(16) NOT NULL CONSTRAINT FK_B_A REFERENCES A (Id), Flag bit NOT NULL CONSTRAINT CK_B_Flag CHECK (Flag IN (0, 1)));
        CREATE INDEX IX_A_Code ON A ([Code], N DESC) WHERE N IS NOT NULL AND Code <> N'x';
        GO
        CREATE TRIGGER TR_A ON A INSTEAD OF DELETE AS THROW 50001, 'no', 1;
        GO
        ALTER TABLE B ADD Later nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL;
        """;

    private static IReadOnlyList<string> Differences(string from, string to)
    {
        using var folder = new TempFolder();
        Assert.That(SqlServer, from.Length == 0 ? Is.Not.Empty : Does.Contain(from));
        Directory.CreateDirectory(folder["sqlite"]);
        Directory.CreateDirectory(folder["sqlserver"]);
        File.WriteAllText(folder["sqlite/0001_A.sql"], Sqlite);
        File.WriteAllText(folder["sqlserver/0001_A.sql"], from.Length == 0 ? SqlServer : SqlServer.Replace(from, to));
        return SchemaTwins.Differences(folder["sqlite"], folder["sqlserver"]);
    }

    [Test]
    public void Twins_that_say_the_same_in_two_ways_have_no_differences() => Assert.That(Differences("", ""), Is.Empty);

    // A column
    [TestCase("N int NULL, ", "", "N NULL")]
    [TestCase("N int NULL", "N int NOT NULL", "N NOT NULL")]
    [TestCase("N int NULL, HeldOn date NULL", "HeldOn date NULL, N int NULL", "order")]
    [TestCase("Later nvarchar", "Sooner nvarchar", "Later")]
    // Its type
    [TestCase("N int", "N date", "A.N")]
    [TestCase("HeldOn date", "HeldOn nvarchar(10) COLLATE Latin1_General_100_BIN2", "a day is a date")]
    [TestCase("CreatedAt datetimeoffset(3)", "CreatedAt date", "a moment")]
    [TestCase("CreatedAt datetimeoffset(3)", "CreatedAt datetimeoffset(7)", "DATETIMEOFFSET(7)")]
    [TestCase("nvarchar(50) COLLATE Latin1_General_100_BIN2", "nvarchar(50)", "COLLATE")]
    [TestCase("AId binary(16)", "AId date", "not of the type of A.Id")]
    [TestCase("nvarchar(50)", "nvarchar(max)", "longer than")]
    // Keys, references, checks, indexes, triggers
    [TestCase("CONSTRAINT PK_B PRIMARY", "CONSTRAINT PK_Bee PRIMARY", "PK_B")]
    [TestCase("CONSTRAINT UX_A_Code UNIQUE", "", "UX_A_Code")]
    [TestCase("CONSTRAINT UX_A_Code UNIQUE", "UNIQUE", "without a name")]
    [TestCase("CONSTRAINT FK_B_A REFERENCES A (Id)", "CONSTRAINT FK_B_A REFERENCES B (Id)", "FK_B_A")]
    [TestCase("REFERENCES A (Id)", "REFERENCES A (Id) ON DELETE CASCADE", "FK_B_A")]
    [TestCase("(Flag IN (0, 1))", "(Flag IN (0, 2))", "CK_B_Flag")]
    [TestCase("N DESC", "N", "IX_A_Code")]
    [TestCase("N IS NOT NULL AND ", "", "IX_A_Code")]
    [TestCase("CREATE INDEX", "CREATE UNIQUE INDEX", "IX_A_Code")]
    [TestCase("TR_A ON A", "TR_B ON A", "TR_A")]
    [TestCase("nvarchar(50) COLLATE Latin1_General_100_BIN2 NOT NULL", "nvarchar(50) COLLATE Latin1_General_100_BIN2 NULL", "takes NULL for a value")]
    // What a schema does not do
    [TestCase("N int NULL", "N int NULL DEFAULT 1", "default")]
    [TestCase("CREATE INDEX", "CREATE FULLTEXT INDEX", "line")]
    public void A_difference_is_found(string from, string to, string said) => Assert.That(Differences(from, to), Has.Some.Contains(said));
}
