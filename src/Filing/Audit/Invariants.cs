using Filing.Data;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Audit;

/// <summary>
/// What must always hold of a register (docs/architecture.md), checked on the whole of it: numbers, publication, the order of the steps, statuses,
/// deadlines and rungs, events and their digests, the outbox, the running workflows, the files. It reads one committed state and changes nothing; a row
/// that cannot be read is an offence like any other.
/// </summary>
public sealed class Invariants(Database database, Laws laws, MaterialStore materials, LegalClock clock)
{
    private const int Page = 200;

    private static readonly (string Name, string Title, Action<DocumentSeen, Laws, DateOnly, Findings> Check)[] OfDocuments =
    [
        ("publication-complete", "已公布的文件编号、登记齐全，公布文本即审签文本", DocumentChecks.Publication),
        ("steps-in-order", "审查、决定、签发、登记、编号、公布依次进行，没有遗漏", DocumentChecks.Steps),
        ("status-total", "任一日期的效力状态都能由已记录的事实得出", DocumentChecks.Status),
        ("spans-derived", "各清单所用的效力区间与重新推算一致", DocumentChecks.Spans),
        ("due-dates", "未办结期限的到期日与重新计算一致，中止的日子不计", DocumentChecks.DueDates),
    ];

    private static readonly (string Name, string Title, Func<Session, Laws, Findings, Task> Check)[] OfTables =
    [
        ("numbers-gapless", "本系统编排的编号自起始号起连续，或已编、或作废", TableChecks.NumbersAsync),
        ("rung-once", "每个期限的每个预警级次只响一次，同一岗位只收一次", RungChecks.OnceAsync),
        ("rungs-armed", "未响的级次都已排定日期", RungChecks.ArmedAsync),
        ("events-whole", "每次办理都有事件，事件内容与摘要一致", EventChecks.EventsAsync),
        ("facts-recorded", "每条事实都有办理记录和同一事务的事件", EventChecks.FactsAsync),
        ("outbox-keys", "待投递消息的键不重复，内容可读", TableChecks.OutboxAsync),
        ("tasks-and-waits", "待办、等候与运行中的流程一一对应", FlowChecks.WaitsAsync),
        ("closed-cases", "已办结的文件没有遗留的待办和期限", FlowChecks.ClosedAsync),
    ];

    // The record of what was done, which is appended to and never changed: whoever copies a register must bring this whole.
    private static readonly string[] Chain = ["events-whole", "facts-recorded"];

    private const string Overdue = "overdue-list", OverdueTitle = "逾期清单与逐件核算一致";

    private const string Files = "materials-whole", FilesTitle = "每份材料的文件都在，内容与登记的摘要一致";

    /// <summary>The names of all checks, in the order of their verdicts.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. OfDocuments.Select(c => c.Name), Overdue, .. OfTables.Select(c => c.Name), Files];

    /// <summary>Checks everything.</summary>
    /// <param name="progress">Told of each verdict as it is found.</param>
    /// <param name="ct">Stops.</param>
    public async Task<IReadOnlyList<Verdict>> VerifyAsync(IProgress<Verdict>? progress = null, CancellationToken ct = default)
    {
        var verdicts = new List<Verdict>();
        var hashes = await database.ReadAsync(async db =>
        {
            foreach (var verdict in await DocumentsAsync(db, ct)) Tell(verdict);
            foreach (var (name, title, check) in OfTables)
            {
                ct.ThrowIfCancellationRequested();
                var findings = new Findings(name, title);
                await GuardAsync(findings, "全表", () => check(db, laws, findings));
                Tell(findings.Verdict);
            }

            return await TableChecks.MaterialsAsync(db);
        }, ct);
        var files = new Findings(Files, FilesTitle);
        foreach (var hash in hashes)
        {
            files.Look();
            var state = await materials.VerifyAsync(hash, ct);
            files.Demand(state == MaterialState.Whole, () => state == MaterialState.Missing ? $"{hash}：文件不在" : $"{hash}：文件内容已变");
        }

        Tell(files.Verdict);
        return verdicts;

        void Tell(Verdict verdict)
        {
            verdicts.Add(verdict);
            progress?.Report(verdict);
        }
    }

    /// <summary>Checks the record alone: every process with its events, every event with the digest of its bytes, every fact with its event.</summary>
    /// <param name="database">The register; nothing but its database is needed.</param>
    /// <param name="laws">The law.</param>
    /// <param name="ct">Stops.</param>
    public static Task<IReadOnlyList<Verdict>> ChainAsync(Database database, Laws laws, CancellationToken ct = default) => database.ReadAsync<IReadOnlyList<Verdict>>(
        async db =>
        {
            var verdicts = new List<Verdict>();
            foreach (var (name, title, check) in OfTables.Where(c => Chain.Contains(c.Name)))
            {
                ct.ThrowIfCancellationRequested();
                var findings = new Findings(name, title);
                await GuardAsync(findings, "全表", () => check(db, laws, findings));
                verdicts.Add(findings.Verdict);
            }

            return verdicts;
        },
        ct);

    private async Task<IEnumerable<Verdict>> DocumentsAsync(Session db, CancellationToken ct)
    {
        var today = clock.Today;
        var findings = OfDocuments.Select(c => new Findings(c.Name, c.Title)).ToArray();
        var overdue = new Findings(Overdue, OverdueTitle);
        var listed = (await RungChecks.OverdueAsync(db, today)).ToHashSet();
        for (var after = Guid.Empty; ;)
        {
            ct.ThrowIfCancellationRequested();
            var documents = await DocumentSeen.PageAsync(db, laws, after, Page, findings[0]);
            if (documents.Count == 0) break;
            after = documents[^1].Id;
            foreach (var document in documents)
            {
                for (var i = 0; i < findings.Length; i++)
                {
                    var (finding, check) = (findings[i], OfDocuments[i].Check);
                    finding.Look();
                    await GuardAsync(finding, document.Name, () =>
                    {
                        check(document, laws, today, finding);
                        return Task.CompletedTask;
                    });
                }

                overdue.Look();
                await GuardAsync(overdue, document.Name, () =>
                {
                    foreach (var name in DocumentChecks.Overdue(document, laws, today))
                        overdue.Demand(listed.Remove((document.Id, name)), () => $"{document.Name}：“{name}”应在逾期清单中，却不在");
                    return Task.CompletedTask;
                });
            }
        }

        foreach (var (id, name) in listed) overdue.Offend($"{id}：“{name}”在逾期清单中，逐件核算却没有逾期");
        return [.. findings.Select(f => f.Verdict), overdue.Verdict];
    }

    /// <summary>A row that cannot be read was not written by this program, or was harmed since: that is what a check is to find.</summary>
    private static async Task GuardAsync(Findings findings, string what, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            findings.Offend($"{what}：无法读取，{e.Message}");
        }
    }
}
