using Filing.Features.Drafting.Intake;
using Filing.Features.FilingUp;
using Filing.Features.Registration;
using Filing.Features.Supervision;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.FilingUp;

/// <summary>郴政发〔2013〕2号 from its upload to its filing, on a clock set to 2013: once late, once in time.</summary>
[TestFixture]
internal sealed class SeedPaperTests
{
    // The page's own facts, for clones that lie beside no seeds.
    private const string Excerpt =
        """
        # 郴政发〔2013〕2号 关于深入推进依法行政工作的意见

        索引号：43060000/2015-293448

        文号：

        登记日期：2013-04-02

        郴政发〔2013〕2号

        郴州市人民政府

        关于深入推进依法行政工作的意见

        各县市区人民政府，市政府各部门、部门管理机构、直属事业单位，中省驻郴各单位：

        为深入推进依法行政工作，根据《国务院关于加强市县政府依法行政的决定》（国发〔2008〕17号）精神，特提出如下意见：

        14.严格执行规范性文件备案制度。市、县市区政府发布规范性文件后，应当自发布之日起15日内报上一级政府备案。

        郴州市人民政府

        2013年3月26日
        """;

    [TestCase(25, true)]
    [TestCase(17, false)]
    public async Task It_is_filed(int dayOfApril, bool late)
    {
        var paper = DraftProposals.Read(await UploadAsync()).Single();
        Assert.That(paper.Title!.Value, Is.EqualTo("关于深入推进依法行政工作的意见"));
        Assert.That(paper.Number!.Value.ToString(), Is.EqualTo("郴政发〔2013〕2号"));

        await using var register = await TestRegister.OpenAsync(Issuing.Start);
        var journey = await Journey.SubmittedAsync(register, paper.Title.Value, "十四、市、县市区政府发布规范性文件后，应当自发布之日起15日内报上一级政府备案。");
        await journey.DraftAsync();
        await journey.PassAsync();
        register.On(2013, 3, 26);
        await journey.DecideAsync();
        await journey.SignAsync();
        await journey.SignAsync();
        register.On(2013, 4, 2);
        await register.RegisterAsync(journey);
        await register.As("registrar").Send(new AssignNumber(journey.Document, paper.Number.Value.ToString()));
        await register.PublishAsync(journey);
        Assert.That((await register.DeadlineAsync(journey.Document, "filing-to-superior")).Due, Is.EqualTo(new DateOnly(2013, 4, 17)));

        for (var day = 3; day < dayOfApril; day++)
        {
            register.On(2013, 4, day, 8, 30);
            await register.Services.GetRequiredService<Sweep>().RunAsync();
        }

        register.On(2013, 4, dayOfApril);
        await register.AddBasisAsync(journey.Document);
        var filed = await register.As("filer").Send(new FileUp(journey.Document));
        Assert.That(filed.Late, Is.EqualTo(late));
        var alerts = await register.Rows<string>("SELECT DISTINCT RaisedOn FROM Alert WHERE DeadlineId IN (SELECT Id FROM Deadline WHERE Name = 'filing-to-superior') ORDER BY RaisedOn");
        Assert.That(alerts, Is.EqualTo(late ? ["2013-04-12", "2013-04-15", "2013-04-17", "2013-04-18", "2013-04-24"] : new[] { "2013-04-12", "2013-04-15" }));
    }

    private static async Task<ReadDocument> UploadAsync()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Filing.sln"))) folder = folder.Parent;
        var seeds = Path.Combine(folder.FullName, "..", "shared", "seeds");
        var seed = Directory.Exists(seeds) ? Directory.EnumerateFiles(seeds, "000_*").FirstOrDefault() : null;
        var text = seed is null ? Excerpt : await File.ReadAllTextAsync(seed);
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return (await new DocumentReader(new ReadLimits(), new PdfTextTool()).ReadAsync(content, "seed.txt", CancellationToken.None)).Value;
    }
}
