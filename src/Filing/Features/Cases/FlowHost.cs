using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>What walks the definitions of a case. A case keeps the host with which it began, so that a setting can change while cases run.</summary>
public enum FlowHost
{
    /// <summary>The runner of this program, in the transaction of the command.</summary>
    BuiltIn,

    /// <summary>Elsa's runtime, which is told through the outbox.</summary>
    Elsa,
}

/// <summary>The host on which new cases begin.</summary>
/// <param name="NewCases">Which.</param>
public sealed record FlowHosting(FlowHost NewCases)
{
    /// <summary>The built-in runner.</summary>
    public static FlowHosting BuiltIn { get; } = new(FlowHost.BuiltIn);

    /// <summary>What stops a server that does not run Elsa over a register with cases that Elsa walks; null when there are none.</summary>
    public static async Task<Error?> LeftWithoutHostAsync(Data.Database database, CancellationToken ct = default)
    {
        var cases = await database.ReadAsync(db => db.ScalarAsync<int>(
            """
            -- Cases/FlowHost: cases that Elsa walks
            SELECT COUNT(DISTINCT CaseId) FROM WorkflowInstance WHERE Status = 'running' AND Host = 'elsa'
            """), ct);
        return cases == 0
            ? null
            : Error.Refused("config.cases-on-elsa", $"有 {cases} 件文件正由 Elsa 流程引擎办理，不启用它就不能继续。请将“Workflows:Host”设为 Elsa，使用 Full 版启动；要停用 Elsa，请先在“流程与在办件”中把它们改由内置引擎办理。") with { Field = "Workflows:Host" };
    }
}
