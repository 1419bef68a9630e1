using System.Security.Cryptography;
using System.Text.Json;
using Filing.Activities;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Workflows;

namespace Filing.Features.Administration;

/// <summary>What a moved workflow means to whom.</summary>
/// <param name="Instance">The workflow instance.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Definition">The definition.</param>
/// <param name="From">The version in which it stands.</param>
/// <param name="To">The version to which it goes.</param>
/// <param name="Waits">Where it stands, by the names of the nodes, in the order in which they began to wait.</param>
/// <param name="Refused">Why it cannot be moved; null when it can.</param>
public sealed record CaseMove(Guid Instance, Guid DocumentId, string Title, string Definition, int From, int To, IReadOnlyList<string> Waits, MoveRefusal? Refused)
{
    /// <summary>True when Elsa walks it so far; the built-in runner does from then on.</summary>
    public bool TakenBack { get; init; }

    /// <summary>Open tasks that lie on as they are.</summary>
    public IReadOnlyList<MovedTask> Stay { get; init; } = [];

    /// <summary>Open tasks that are closed because the new version lays them anew.</summary>
    public IReadOnlyList<MovedTask> Close { get; init; } = [];

    /// <summary>Tasks that are laid.</summary>
    public IReadOnlyList<MovedTask> Open { get; init; } = [];

    /// <summary>Other waits and workflows below that go on or begin, e.g. 合法性审查（下级流程）.</summary>
    public IReadOnlyList<string> GoOn { get; init; } = [];

    /// <summary>What becomes of the limits, one Chinese sentence each.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>Steps that may still come and could not before.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Steps that could still have come and will not any more.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>New steps that lie behind the case: they are not made up for.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];
}

/// <summary>A task at a desk.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">The role, in Chinese.</param>
/// <param name="Body">The body at whose desk it lies; null where there is none today.</param>
/// <param name="Holder">Whoever took it; null while it lies on the desk.</param>
public sealed record MovedTask(string Name, string Role, string? Body, string? Holder);

/// <summary>Why a workflow cannot be moved.</summary>
/// <param name="Kind">What kind of "no" it is.</param>
/// <param name="Code">Stable.</param>
/// <param name="Message">One Chinese sentence.</param>
public sealed record MoveRefusal(ErrorKind Kind, string Code, string Message)
{
    internal Error AsError() => new(Kind, Code, Message);
}

/// <summary>What is asked: which workflows, to which version, by which map.</summary>
internal sealed record MoveQuestion(
    int To, Guid? Instance, string? Definition, int? From, IReadOnlyDictionary<string, string> Map, IReadOnlyList<string> Begin, Guid? After);

/// <summary>Lists what moving workflows would change. The digest covers what is listed: when it is the same, so is what was seen.</summary>
internal sealed class MoveList(Work work, Laws laws, CaseFlow flow, Deadlines deadlines)
{
    private const int Most = 500;
    private readonly Dictionary<(string, int), FlowMove> _moves = [];

    /// <summary>Those that can be moved, as they are to be.</summary>
    public List<InstanceMove> Plans { get; } = [];

    /// <summary>All that were looked at.</summary>
    public List<CaseMove> Cases { get; } = [];

    /// <summary>The digest of the list.</summary>
    public string Digest { get; private set; } = "";

    private Guid? Next { get; set; }

    public CasesMoved Answer(int moved) => new(moved, Digest, Cases, Next);

    /// <summary>Makes the list; refused where the question itself is wrong, and where the one workflow that was asked about cannot be moved.</summary>
    public async Task<Result<MoveList>> ReadAsync(MoveQuestion asked)
    {
        var rows = await RowsAsync(asked);
        if (asked.Instance is not null && rows.Count == 0) return Error.NotFound("流程");
        var definition = asked.Definition ?? rows[0].DefinitionId;
        var versions = laws.AllDefinitions.Where(d => d.DefinitionId == definition).ToList();
        if (versions.Count == 0) return Error.Invalid("move.definition", $"没有名为“{definition}”的流程。", "definition");
        if (versions.Find(d => d.Version == asked.To) is not { } to)
            return Error.Invalid("move.version", $"流程“{versions[0].Name}”没有第 {asked.To} 版；现有：{string.Join('、', versions.Select(v => v.Version))}。", "to");
        foreach (var row in rows.Take(Most))
        {
            // What is planned is what is moved: nobody takes a step of the document from here on.
            await work.HoldAsync(row.DocumentId);
            var planned = await flow.PlanMoveAsync(row.Id, from => Between(from, to, asked));
            if (planned.TryGet(out var plan, out var error))
            {
                Plans.Add(plan);
                Cases.Add(await DescribeAsync(row, plan));
                continue;
            }

            if (asked.Instance is not null) return error;
            Cases.Add(Head(row, asked.To, [], new(error.Kind, error.Code, error.Message)));
        }

        if (rows.Count > Most) Next = rows[Most - 1].Id;
        Digest = DigestOf(asked with { Definition = definition });
        return this;
    }

    private FlowMove Between(WorkflowDefinition from, WorkflowDefinition to, MoveQuestion asked)
    {
        if (_moves.TryGetValue((from.DefinitionId, from.Version), out var move)) return move;
        return _moves[(from.DefinitionId, from.Version)] = CaseFlow.MoveBetween(from, to, new(asked.Map, asked.Begin));
    }

    private string DigestOf(MoveQuestion asked)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(
            new { asked.Definition, asked.To, Map = asked.Map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new[] { m.Key, m.Value }), asked.Begin, Cases }, Json.Options);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(text));
    }

    /// <summary>The governments in whose legal office the actor keeps the rules.</summary>
    public static IReadOnlyList<Guid> GovernmentsOf(Work work) => [.. work.Desks.Where(d => d is { Role: Role.RuleKeeper, Place: DeskPlace.LegalOffice }).Select(d => d.AnchorId)];

    /// <summary>A rule keeper has the documents of the governments in whose legal office he or she sits; the command line has all.</summary>
    private async Task<IReadOnlyList<Row>> RowsAsync(MoveQuestion asked)
    {
        var person = work.Actor.Kind == ActorKind.Person;
        var governments = GovernmentsOf(work);
        return await work.Db.QueryAsync<Row>(
            work.Db.Dialect.Page(
                """
                -- Administration/MoveList: running workflows
                SELECT i.Id, c.DocumentId, d.Title, i.DefinitionId, i.DefinitionVersion
                FROM WorkflowInstance i JOIN CaseFile c ON c.Id = i.CaseId JOIN Document d ON d.Id = c.DocumentId
                WHERE (@Instance IS NULL OR i.Id = @Instance) AND (@Definition IS NULL OR (i.Status = 'running' AND i.DefinitionId = @Definition AND (i.DefinitionVersion < @To OR (@From = @To AND i.Host <> 'built-in'))))
                  AND (@From IS NULL OR i.DefinitionVersion = @From) AND i.Id > @After AND (@everywhere = 1 OR d.GovernmentId IN @governments)
                ORDER BY i.Id
                """),
            new { asked.Instance, asked.Definition, asked.To, asked.From, After = asked.After ?? Guid.Empty, everywhere = person ? 0 : 1, governments, Skip = 0, Take = Most + 1 });
    }

    private static CaseMove Head(Row row, int to, IReadOnlyList<string> waits, MoveRefusal? refused) =>
        new(row.Id, row.DocumentId, row.Title, row.DefinitionId, row.DefinitionVersion, to, waits, refused);

    private async Task<CaseMove> DescribeAsync(Row row, InstanceMove planned)
    {
        var plan = planned.Plan;
        var tasks = (await OpenTask.OfDocumentAsync(work.Db, row.DocumentId)).Where(t => t.InstanceId == row.Id).ToDictionary(t => (t.NodeId, t.Visit));
        List<MovedTask> stay = [], close = [], open = [];
        var others = new List<string>();
        foreach (var wait in plan.Waits)
        {
            if (wait.To.Type != ActivityTypes.HumanTask)
            {
                others.Add(Other(wait.To, wait.From.Name == wait.To.Name ? "照旧" : $"原“{wait.From.Name}”，照旧"));
                continue;
            }

            var task = tasks[(wait.Before.NodeId, wait.Before.Visit)];
            var before = await AtAsync(task.Name, task.Desk, task.HolderId);
            if (wait.Stays)
            {
                stay.Add(before);
                continue;
            }

            close.Add(before);
            open.Add(await LaidAsync(planned, wait.To, task));
        }

        foreach (var node in plan.Begun)
        {
            if (node.Type == ActivityTypes.HumanTask) open.Add(await LaidAsync(planned, node, null));
            else others.Add(Other(node, "新开"));
        }

        return Head(row, plan.Move.To.Version, [.. plan.Waits.Select(w => w.From.Name)], null) with
        {
            TakenBack = planned.TakenBack,
            Stay = stay,
            Close = close,
            Open = open,
            GoOn = others,
            Limits = [.. await LimitsAsync(planned)],
            Added = Names(plan.Added),
            Gone = Names(plan.Gone),
            Passed = Names(plan.Passed),
        };
    }

    private static string Other(Node node, string what) => node.Type == ActivityTypes.RunWorkflow ? $"{node.Name}（下级流程，{what}）" : $"{node.Name}（{what}）";

    private static IReadOnlyList<string> Names(IEnumerable<Node> nodes) => [.. nodes.Where(n => !n.IsAside).Select(n => n.Name).Distinct()];

    private async Task<MovedTask> LaidAsync(InstanceMove planned, Node node, OpenTask? before)
    {
        var desk = HumanTask.DeskOf(node, new FlowContext(work, flow, planned.After, planned.InstanceId, planned.Subject)).Desk!.Value;
        return await AtAsync(node.Name, desk, before?.Desk == desk ? before.HolderId : null);
    }

    private async Task<MovedTask> AtAsync(string name, Desk desk, Guid? holder) => new(
        name,
        desk.Role.Chinese(),
        await DesksOf.BodyNameAsync(work.Db, desk.Place, desk.AnchorId, work.Today),
        holder is null ? null : await work.Db.ScalarAsync<string>(
            """
            -- Administration/MoveList: who holds a task
            SELECT Name FROM Account WHERE Id = @holder
            """,
            new { holder }));

    private async Task<IEnumerable<string>> LimitsAsync(InstanceMove planned)
    {
        var running = (await DeadlineRow.OfCaseAsync(work.Db, planned.After.DocumentId, planned.After.Id)).Where(l => l.Open).ToList();
        var ended = planned.Limits.Ended.Select(s => s.Name).ToHashSet();
        var named = planned.Plan.Waits.Select(w => w.To).Concat(planned.Plan.Begun).Select(n => n.Text("limit")).OfType<string>().ToHashSet();
        return
        [
            .. running.Where(l => !ended.Contains(l.Name) && named.Contains(l.Name)).OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => $"{l.Label}：照旧，{Day(l.Due)}"),
            .. running.Where(l => ended.Contains(l.Name)).OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => $"{l.Label}：新版不设此期限，就此终止"),
            .. planned.Limits.Begun.Select(b => $"{b.Spec.Label}：新版所设，自{ChineseDate.Format(b.From.LegalDate)}{b.From.Kind.Name()}起算，{Day(deadlines.DueOf(planned.After, b.Spec, b.From))}"),
        ];
    }

    private static string Day(DateOnly? due) => due is { } on ? $"{ChineseDate.Format(on)}到期" : "没有到期日";

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid DocumentId { get; init; }
        public required string Title { get; init; }
        public required string DefinitionId { get; init; }
        public required int DefinitionVersion { get; init; }
    }
}
