using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>流程与在办件: the definitions, their versions, and how many running workflows each has within the rule keeper's reach.</summary>
[Needs(Function.KeepRules)]
public sealed record ReadFlows : IQuery<IReadOnlyList<FlowLine>>;

/// <summary>A definition.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name in the newest version.</param>
/// <param name="Latest">The version in which new cases begin.</param>
/// <param name="Versions">All versions, the newest first.</param>
public sealed record FlowLine(string Id, string Name, int Latest, IReadOnlyList<FlowVersion> Versions)
{
    /// <summary>How many run in a version older than the newest.</summary>
    public int Older => Versions.Where(v => v.Version < Latest).Sum(v => v.Running);

    /// <summary>True when some can be moved: to the newest version, or from Elsa to the built-in runner.</summary>
    public bool Movable => Older > 0 || Versions.Any(v => v.OnElsa > 0);
}

/// <summary>A version of a definition.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Running">How many workflows run in it.</param>
/// <param name="OnElsa">How many of these Elsa walks.</param>
public sealed record FlowVersion(int Version, int Running, int OnElsa);

internal sealed class ReadFlowsHandler(Work work, Laws laws) : IRequestHandler<ReadFlows, Result<IReadOnlyList<FlowLine>>>
{
    public async Task<Result<IReadOnlyList<FlowLine>>> Handle(ReadFlows query, CancellationToken cancellationToken)
    {
        var counts = (await work.Db.QueryAsync<Row>(
            """
            -- Administration/ReadFlows: running workflows by version
            SELECT i.DefinitionId, i.DefinitionVersion AS Version, COUNT(*) AS Running,
              SUM(CASE WHEN i.Host = 'built-in' THEN 0 ELSE 1 END) AS OnElsa
            FROM WorkflowInstance i JOIN CaseFile c ON c.Id = i.CaseId JOIN Document d ON d.Id = c.DocumentId
            WHERE i.Status = 'running' AND (@everywhere = 1 OR d.GovernmentId IN @governments)
            GROUP BY i.DefinitionId, i.DefinitionVersion
            """,
            new { everywhere = work.Actor.Kind == ActorKind.Person ? 0 : 1, governments = MoveList.GovernmentsOf(work) })).ToDictionary(r => (r.DefinitionId, r.Version));
        return laws.AllDefinitions.GroupBy(d => d.DefinitionId).Select(g => new FlowLine(
            g.Key, laws.Latest(g.Key).Name, laws.Latest(g.Key).Version, [.. g.OrderByDescending(d => d.Version).Select(d => Version(d.Version, counts.GetValueOrDefault((g.Key, d.Version))))])).ToArray();
    }

    private static FlowVersion Version(int version, Row? row) => new(version, row?.Running ?? 0, row?.OnElsa ?? 0);

    private sealed record Row
    {
        public required string DefinitionId { get; init; }
        public required int Version { get; init; }
        public required int Running { get; init; }
        public required int OnElsa { get; init; }
    }
}
