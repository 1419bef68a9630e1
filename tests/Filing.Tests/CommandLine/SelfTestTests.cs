using System.Text.Json;
using Filing.Data;
using Filing.Tests.Data;
using Filing.Tests.Support;
using Filing.Web.CommandLine;

namespace Filing.Tests.CommandLine;

/// <summary>The self-test finds nothing against the database that the tests run on, finds what is against it, and is kept from a register that is in use.</summary>
[TestFixture]
internal sealed class SelfTestTests
{
    [Test]
    public async Task Every_check_holds_on_a_database_that_may_be_used()
    {
        TestDatabase.NotOnBabelfish("its LIKE does not find an escaped sign behind a wildcard, which is one of the checks");
        using var folder = new TempFolder();
        var answer = await Cli.Run("selftest", "--json", "--data", folder["data"]);
        Assert.That(answer.Code, Is.EqualTo(Exit.Done), answer.Out);
        var names = answer.Out.TrimEnd('\n').Split('\n').Select(l => JsonSerializer.Deserialize<JsonElement>(l)).Select(v => (v.GetProperty("name").GetString(), v.GetProperty("holds").GetBoolean())).ToList();
        Assert.That(names.Where(n => !n.Item2), Is.Empty);
        Assert.That(names.Select(n => n.Item1), Is.SupersetOf(new[] { "same-request", "counter", "numbers-gapless" }));
        var again = await Cli.Run("selftest", "--data", folder["data"]);
        Assert.That(again.Code, Is.EqualTo(Exit.Refused));
        Assert.That(again.Err, Does.Contain("selftest.not-empty"));
    }

    [Test]
    public async Task A_register_in_use_offends_nothing()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start);
        await Issuing.NumberedAsync(register);
        Assert.That(await OffencesAsync(register), Is.Empty);
    }

    [Test]
    public async Task What_a_database_no_longer_keeps_is_found()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start);
        await Issuing.NumberedAsync(register);
        await register.Database.WriteAsync(db => db.ExecuteAsync("DROP TRIGGER TR_Event_NoDelete"));
        Assert.That(await OffencesAsync(register), Has.Count.EqualTo(1).And.Some.StartsWith("never-changed"));
    }

    private static async Task<List<string>> OffencesAsync(TestRegister register)
    {
        var offences = new List<string>();
        await foreach (var verdict in new DatabaseProbe(register.Database).RunAsync())
        {
            if (!verdict.Holds && !(TestDatabase.IsSqlServer && TestDatabase.IsBabelfish && verdict.Name == "like")) offences.Add($"{verdict.Name}: {string.Join('；', verdict.Rows)}");
        }

        return offences;
    }
}
