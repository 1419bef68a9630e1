using Filing.Tests.Data;
using Filing.Web.CommandLine;
using Filing.Web.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Filing.Tests.CommandLine;

/// <summary>The demonstration, told once for all of these.</summary>
[TestFixture]
internal sealed class DemoTests
{
    private TempFolder _folder = null!;
    private Register _register = null!;

    [OneTimeSetUp]
    public async Task Tell()
    {
        _folder = new TempFolder();
        Assert.That(await Cli.Done("seed", "--demo", "--data", _folder["data"]), Is.EqualTo("200"));
        _register = (await Register.OpenAsync(_folder["data"], FilingOptions.Read(FilingOptions.Configuration(_folder["data"]).Value).Value, new(), NullLoggerFactory.Instance)).Value;
    }

    [OneTimeTearDown]
    public async Task Leave()
    {
        if (_register is not null) await _register.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase("199")]
    [TestCase("5001")]
    public async Task A_story_too_short_or_too_long_is_not_told(string documents)
    {
        var answer = await Cli.Run("seed", "--demo", "--documents", documents, "--data", _folder["other"]);
        Assert.That((answer.Code, answer.Err), Is.EqualTo((Exit.Misuse, "seed.documents: 演示数据的件数应为 200 至 5000。（--documents）\n")));
    }

    // Drafting
    [TestCase("identify")]
    [TestCase("complete")]
    [TestCase("consult-public")]
    [TestCase("department-check")]
    [TestCase("supplement")]
    // Review
    [TestCase("accept-review")]
    [TestCase("review")]
    [TestCase("answer-findings")]
    [TestCase("confirm-findings")]
    // Decision
    [TestCase("decide")]
    [TestCase("revise")]
    [TestCase("submit-changes")]
    [TestCase("confirm-changes")]
    [TestCase("sign")]
    // The three unifieds, and the filing
    [TestCase("register")]
    [TestCase("number")]
    [TestCase("publish")]
    [TestCase("file-up")]
    [TestCase("receive-filing")]
    [TestCase("supplement-filing")]
    [TestCase("evaluate")]
    public async Task A_document_lies_at_the_desk_of(string task) =>
        Assert.That(await _register.Database.ReadAsync(db => db.ScalarAsync<int>("SELECT COUNT(*) FROM Task WHERE State = 'open' AND Code = @task", new { task })), Is.GreaterThan(0));
}
