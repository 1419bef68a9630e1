using System.Text;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Web.Operations;
using Filing.Web.Security;

namespace Filing.Web.CommandLine.Demo;

/// <summary>
/// Fills an empty register with a story: three years of Chenzhou up to the clock's today, two hundred documents or as many as are asked for, at every
/// stage, all made by real commands on a clock of the story's own. The same day tells the same story.
/// </summary>
internal static class DemoStory
{
    /// <summary>The least of them: with fewer there is not one at every stage.</summary>
    public const int Fewest = 200;

    /// <summary>The most of them: with more an issuer would have the same paper twice.</summary>
    public const int Most = 5000;

    /// <summary>Those that lie on a desk when the story ends, each at another step: the document of two hundred, the task, and how many days before the end it was submitted.</summary>
    private static readonly (int No, string? Task, int Days)[] Rests =
    [
        (198, "identify", 2), (197, "consult-public", 12), (196, "complete", 8), (195, "department-check", 33), (193, "accept-review", 40), (190, "review", 41), (186, "answer-findings", 56), (183, "confirm-findings", 62),
        (185, "decide", 58), (180, "sign", 68), (181, "register", 70), (176, "number", 74), (175, "publish", 76), (170, "file-up", 76), (174, "receive-filing", 92), (172, "receive-filing", 88),
        (191, "supplement", 42), (188, "revise", 66), (178, "confirm-changes", 64), (171, "submit-changes", 62), (160, "supplement-filing", 98),
    ];

    /// <summary>Tells it. The register must be empty.</summary>
    /// <param name="register">Where it is told.</param>
    /// <param name="documents">How many documents at most, <see cref="Fewest"/> to <see cref="Most"/>.</param>
    /// <param name="progress">Where it says how far it is.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<int> TellAsync(Register register, int documents, TextWriter progress, CancellationToken ct)
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
        var (lives, told) = (new PriorityQueue<(DemoLife? Life, IAsyncEnumerator<DateTimeOffset> Moments), DateTimeOffset>(), 0);
        var book = new DemoBook();
        foreach (var plan in await PlansAsync(register, documents, start, end, ct))
        {
            var life = plan.No % 40 == 0 && plan.RestsAt is null ? null : new DemoLife(plan, send, book);
            var moments = (life?.LiveAsync() ?? DemoLedger.LiveAsync(plan, send)).GetAsyncEnumerator(ct);
            if (await moments.MoveNextAsync()) lives.Enqueue((life, moments), moments.Current);
        }

        var sweep = services.GetRequiredService<Sweep>();
        var swept = LegalClock.DayOf(start);
        while (lives.TryDequeue(out var life, out var at) && at < end)
        {
            for (; swept < LegalClock.DayOf(at); swept = swept.AddDays(1)) await SweepAsync(sweep, clock, swept.AddDays(1), ct);
            clock.Move(at, 0);
            if (life.Life is { } resting && await resting.RestsAsync(register.Database)) continue;
            if (await life.Moments.MoveNextAsync()) lives.Enqueue(life, life.Moments.Current);
            if (++told % 500 == 0) progress.WriteLine($"演示数据：{LegalClock.DayOf(at):yyyy-MM-dd}，已办 {told} 步……");
        }

        for (; swept < LegalClock.DayOf(end); swept = swept.AddDays(1)) await SweepAsync(sweep, clock, swept.AddDays(1), ct);
        // What would be submitted after the last working day is not there yet.
        return await register.Database.ReadAsync(db => db.ScalarAsync<int>(
            """
            -- Demo/DemoStory: how many there are
            SELECT COUNT(*) FROM Document
            """), ct);
    }

    private static async Task SweepAsync(Sweep sweep, LegalClock clock, DateOnly day, CancellationToken ct)
    {
        clock.Move(LegalClock.StartOf(day).AddHours(8.5), 0);
        await sweep.RunAsync(ct);
    }

    private static async Task<IReadOnlyList<DemoPlan>> PlansAsync(Register register, int documents, DateTimeOffset start, DateTimeOffset end, CancellationToken ct)
    {
        var (papers, calendar) = (new Papers(), register.Laws.Calendar);
        var span = (end - start).TotalDays - 2;
        var plans = new List<DemoPlan>();
        for (var i = 0; i < documents; i++)
        {
            var dice = new Random(i);
            var rest = Rests.FirstOrDefault(r => r.No == i - documents + Fewest);
            var (day, minutes) = (LegalClock.DayOf(rest.Task is null ? start.AddDays(2 + (span * i / documents)) : end.AddDays(-rest.Days)), dice.Next(0, 480));
            // In the night after a weekend, what lies on a desk was submitted before it.
            while (rest.Task is not null && At(day) >= end) day = day.AddDays(-1);

            DateTimeOffset At(DateOnly from) => LegalClock.StartOf(calendar.NextWorkday(from)).AddHours(9).AddMinutes(minutes);

            var paper = papers.Next(i);
            using var basis = new MemoryStream(Encoding.UTF8.GetBytes($"制定依据：\n《{paper.Law}》\n《湖南省规范性文件管理办法》\n"));
            plans.Add(new DemoPlan
            {
                Paper = paper,
                Start = At(day),
                No = i + 1,
                Dice = dice,
                Calendar = calendar,
                Filing = rest.Task == "supplement-filing" ? DemoFiling.Held : (i % 23) switch { 5 or 14 => DemoFiling.Late, 9 or 20 => DemoFiling.Held, 12 => i > documents * 3 / 4 ? DemoFiling.Never : DemoFiling.Late, _ => DemoFiling.Punctual },
                Amend = i % 3 == 0 || rest.Task is "answer-findings" or "confirm-findings",
                RestsAt = rest.Task,
                SlowReview = i % 17 == 3 && rest.Task is null,
                Incomplete = rest.Task == "supplement" || (i % 43 == 8 && rest.Task is null),
                Meeting = rest.Task switch
                {
                    "revise" => DemoMeeting.Deferred,
                    "confirm-changes" or "submit-changes" => DemoMeeting.InPrinciple,
                    null => i % 37 == 5 ? DemoMeeting.Deferred : i % 41 == 6 ? DemoMeeting.InPrinciple : DemoMeeting.Adopted,
                    _ => DemoMeeting.Adopted,
                },
                Repealed = i % 29 == 4,
                Evaluated = i % 4 != 1,
                TermMonths = paper.IsTrial ? (i % 3 == 0 ? 12 : 24) : null,
                EndsAs = rest.Task is not null ? null : i % 19 == 7 ? DemoEnd.NotNormative : i % 31 == 11 ? DemoEnd.Withdrawn : i % 61 == 44 ? DemoEnd.WithdrawnNumbered : null,
                Basis = (await register.Materials.StoreAsync(basis, 1 << 20, ct)).Value,
            });
        }

        return plans;
    }

    /// <summary>Deals the papers out: two fifths issued by the city's departments, a fifth by the city, the others by its counties. No issuer gets one twice.</summary>
    private sealed class Papers
    {
        // Where a department has no other subject left, it regulates the same for one part of the place.
        private static readonly string[] Parts =
        [
            "", "城区", "乡镇", "农村", "社区", "工业园区", "高新区", "景区", "商圈", "老城区", "新城区", "城乡结合部", "校园", "医院", "车站", "库区", "林区", "矿区", "湖区", "河道沿线", "高速公路沿线", "物流园区", "边远山区", "移民安置区", "自贸协同区",
        ];

        private int _own, _city, _county;

        public DemoPaper Next(int i)
        {
            var all = DemoDepartment.All;
            if (i % 5 is 1 or 3)
            {
                var n = _own++;
                return Of(all[n * 5 % all.Length], d => d.Own[n / all.Length % 4], Part(n, all.Length * 4), DemoWorld.City, true);
            }

            if (i % 5 == 0)
            {
                var n = _city++;
                return Of(all[n * 7 % all.Length], d => d.ForGovernment[n / all.Length % 2], Part(n, all.Length * 2), DemoWorld.City, false);
            }

            var c = _county++;
            var (county, round) = (c % DemoWorld.Counties.Length, c / DemoWorld.Counties.Length);
            var k = (county * 4 + round * 5) % (all.Length * 2);
            return Of(all[k / 2], d => d.ForGovernment[k % 2], Part(round, all.Length * 2), DemoWorld.Counties[county], false);
        }

        private static DemoPaper Of(DemoDepartment department, Func<DemoDepartment, string> pick, int part, DemoGovernment government, bool issued) =>
            pick(department).Split('|') is [var subject, var genre, .. var law] ? new(For(Parts[part], subject), genre, law is [var other] ? other : department.Law, government, department, issued)
                : throw new InvalidOperationException($"{department.Code}: subject|genre|law");

        /// <summary>The part of the place for the n-th of an issuer that has so many subjects: none the first time, then each subject another one.</summary>
        private static int Part(int n, int subjects) => n < subjects ? 0 : 1 + (((n / subjects) - 1 + (n % subjects)) % (Parts.Length - 1));

        private static string For(string part, string subject) => subject[..2] is "促进" or "规范" or "加强" or "做好" ? subject[..2] + part + subject[2..] : part + subject;
    }
}
