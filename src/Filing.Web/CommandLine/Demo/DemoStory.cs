using System.Text;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Web.Operations;
using Filing.Web.Security;

namespace Filing.Web.CommandLine.Demo;

/// <summary>
/// Fills an empty register with a story: three years of Chenzhou up to the clock's today, two hundred documents at every stage, all made by
/// real commands on a clock of the story's own. The same day tells the same story.
/// </summary>
internal static class DemoStory
{
    private const int Documents = 200;

    private static readonly string[] Subjects =
    [
        "城市公园管理", "机动车停放服务", "农村公路养护", "物业服务监督", "建筑垃圾处置", "城镇燃气安全", "餐饮油烟治理", "共有产权住房", "中小学校外托管", "老旧小区改造资金",
        "政府投资项目审计", "科技成果转化奖补", "公共租赁住房分配", "城区养犬", "户外广告设置", "饮用水水源保护", "临时救助", "人才公寓", "招标投标信用评价", "农贸市场",
        "电动自行车充电设施", "殡葬服务", "耕地保护激励", "生猪屠宰", "医疗保障基金使用", "文物保护单位", "网络预约出租汽车", "安全生产有奖举报", "困难残疾人补贴", "国有林场",
    ];

    private static readonly string[] Genres = ["管理办法", "实施细则", "暂行规定", "若干规定", "管理规定（试行）", "实施意见"];

    /// <summary>Tells it. The register must be empty.</summary>
    public static async Task<int> TellAsync(Register register, TextWriter progress, CancellationToken ct)
    {
        var clock = new LegalClock();
        var end = register.Clock.GetUtcNow();
        await using var services = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
            .AddFiling(register.Database, register.Laws, clock, register.Materials).AddSingleton<Accounts>().BuildServiceProvider();
        await Settings.WriteAsync(register.Database, Settings.Demo, "chenzhou", ct);
        var start = end.AddDays(-3 * 365);
        clock.Move(start, 0);
        var send = new DemoSender(services);
        await DemoWorld.BuildAsync(send);
        var (lives, told) = (new PriorityQueue<IAsyncEnumerator<DateTimeOffset>, DateTimeOffset>(), 0);
        foreach (var plan in await PlansAsync(register, start, end, ct))
        {
            var life = DemoLife.LiveAsync(plan, send).GetAsyncEnumerator(ct);
            if (await life.MoveNextAsync()) lives.Enqueue(life, life.Current);
        }

        var sweep = services.GetRequiredService<Sweep>();
        var swept = LegalClock.DayOf(start);
        while (lives.TryDequeue(out var life, out var at) && at < end)
        {
            for (; swept < LegalClock.DayOf(at); swept = swept.AddDays(1)) await SweepAsync(sweep, clock, swept.AddDays(1), ct);
            clock.Move(at, 0);
            if (await life.MoveNextAsync()) lives.Enqueue(life, life.Current);
            if (++told % 500 == 0) progress.WriteLine($"演示数据：{LegalClock.DayOf(at):yyyy-MM-dd}，已办 {told} 步……");
        }

        for (; swept < LegalClock.DayOf(end); swept = swept.AddDays(1)) await SweepAsync(sweep, clock, swept.AddDays(1), ct);
        return Documents;
    }

    private static async Task SweepAsync(Sweep sweep, LegalClock clock, DateOnly day, CancellationToken ct)
    {
        clock.Move(LegalClock.StartOf(day).AddHours(8.5), 0);
        await sweep.RunAsync(ct);
    }

    private static async Task<IReadOnlyList<DemoPlan>> PlansAsync(Register register, DateTimeOffset start, DateTimeOffset end, CancellationToken ct)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("制定依据：湖南省规范性文件管理办法；国发〔2008〕17号。\n"));
        var basis = (await register.Materials.StoreAsync(content, 1 << 20, ct)).Value;
        var dice = new Random(431000);
        var serials = new Dictionary<string, int>();
        var span = (end - start).TotalDays - 2;
        var plans = new List<DemoPlan>();
        for (var i = 0; i < Documents; i++)
        {
            var department = i % 5 is 1 or 3 ? DemoWorld.Departments[i / 5 * 2 % DemoWorld.Departments.Length + (i % 5 == 3 ? 1 : 0)] : null;
            var government = department is not null || i % 5 == 0 ? DemoWorld.City : DemoWorld.Counties[i % DemoWorld.Counties.Length];
            var at = start.AddDays(2 + (span * i / Documents)).AddHours(dice.Next(1, 8));
            var place = department is not null ? "郴州市" : government.Code == "CZ" ? "郴州市" : government.Name.Replace("人民政府", "", StringComparison.Ordinal);
            var genre = Genres[dice.Next(Genres.Length)];
            var key = department?.Code ?? government.Code;
            var serial = serials[key] = serials.GetValueOrDefault(key, 0) + dice.Next(1, 4);
            plans.Add(new DemoPlan
            {
                Title = i % 19 == 7 ? $"{place}{at.Year}年{Subjects[i % Subjects.Length]}工作要点" : $"{place}{Subjects[i % Subjects.Length]}{genre}",
                Government = government,
                Department = department,
                Start = at,
                Serial = serial,
                No = i + 1,
                Dice = new Random(i),
                Filing = (i % 23) switch { 5 or 14 => DemoFiling.Late, 9 or 20 => DemoFiling.Held, 12 => DemoFiling.Never, _ => DemoFiling.Punctual },
                Amend = i % 3 == 0,
                TermMonths = genre.Contains("暂行", StringComparison.Ordinal) || genre.Contains("试行", StringComparison.Ordinal) ? (i % 2 == 0 ? 12 : 24) : null,
                EndsAs = i % 19 == 7 ? "not-normative" : i % 31 == 11 ? "withdrawn" : null,
                BasisSha = basis.Sha256,
                BasisSize = basis.Size,
            });
        }

        return plans;
    }
}
