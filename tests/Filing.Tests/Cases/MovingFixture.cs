using Filing.Audit;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Cases;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Cases;

/// <summary>A register whose definitions get newer versions while cases run, and somebody who may move these.</summary>
internal abstract class MovingFixture
{
    protected const string Government = "government-document";
    protected const string Review = "legality-review";

    protected static int Now { get; } = Laws.Read(LawFolder.Original).Latest(Government).Version;
    protected static int Next => Now + 1;

    protected TestRegister Register { get; private set; } = null!;

    [SetUp]
    public async Task Open()
    {
        Register = await TestRegister.OpenAsync(Issuing.Start);
        Register.Knows("rule-keeper", await Register.Operator.Send(new CreateAccount("rule-keeper", "规则管理员甲")));
        await Register.Operator.Send(new GivePost("rule-keeper", World.CityLegal, Role.RuleKeeper, new(2000, 1, 1)));
    }

    [TearDown]
    public async Task Close() => await Register.DisposeAsync();

    protected TestRegister.Sender Keeper => Register.As("rule-keeper");

    protected Task<Guid> Instance(string definition = Government) =>
        Register.Scalar<Guid>("SELECT Id FROM WorkflowInstance WHERE DefinitionId = @definition AND Status = 'running' ORDER BY Id", new { definition });

    protected Task<int> Version(string definition = Government) =>
        Register.Scalar<int>("SELECT MAX(DefinitionVersion) FROM WorkflowInstance WHERE DefinitionId = @definition", new { definition });

    /// <summary>One desk more before the three unifieds, one fewer after the decision, and the identification under another id.</summary>
    protected Task Renew() => Register.RestartAsync(law => law.Next(Government, d =>
    {
        d.Insert("moreLevels", "No", "seal", "用印", "secretary", "government-office");
        d.Remove("confirmChanges", "review");
        d.Rename("identify", "identification");
    }));

    protected static IReadOnlyDictionary<string, string> Renamed { get; } = new Dictionary<string, string> { ["identify"] = "identification" };

    protected async Task<CasesMoved> Move(MoveCase command)
    {
        var listed = await Keeper.Send(command);
        Assert.That(listed.Moved, Is.Zero);
        return await Keeper.Send(command with { Digest = listed.Digest });
    }

    protected async Task AssertWhole()
    {
        var verdicts = await Register.Services.GetRequiredService<Invariants>().VerifyAsync();
        Assert.That(verdicts.Where(v => !v.Holds && v.Name != "materials-whole").SelectMany(v => v.Rows.Select(r => $"{v.Name}: {r}")), Is.Empty);
    }

    protected Task<IReadOnlyList<string>> Limits(Journey journey) =>
        Register.Rows<string>("SELECT CONCAT(Name, ' ', COALESCE(CAST(Due AS nvarchar(10)), '-')) FROM Deadline WHERE DocumentId = @Document AND ClosedAt IS NULL ORDER BY Name", new { journey.Document });
}
