using Filing.Activities;
using Filing.Data;
using Filing.Features.Cases;
using Filing.Workflows;

namespace Filing.Benchmarks.Hosts;

/// <summary>
/// The built-in runner with a database file of its own: the state of each flow and the lines of its history, each step one transaction of the product's writer.
/// Its activities do nothing but wait and go on, as those of <c>ElsaAlone</c>.
/// </summary>
internal sealed class BuiltInAlone : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("filing-bench-").FullName;
    private readonly WorkflowDefinition _definition = Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows")).Latest("government-document");
    private readonly FlowRunner<BuiltInAlone> _runner = new(ActivityTypes.Catalogue, ActivityTypes.Catalogue.Types.Where(t => t.Name.StartsWith("Filing.", StringComparison.Ordinal)).Select(t => new Bare(t.Name)));
    private readonly Database _database;

    private BuiltInAlone() => _database = Database.OpenSqlite(_folder);

    /// <summary>Starts it over an empty file.</summary>
    public static async Task<BuiltInAlone> OpenAsync()
    {
        var alone = new BuiltInAlone();
        await alone._database.WriteAsync(async db =>
        {
            await db.ExecuteAsync("CREATE TABLE Flow (Id TEXT NOT NULL PRIMARY KEY, State TEXT NOT NULL, Status TEXT NOT NULL) STRICT");
            await db.ExecuteAsync("CREATE TABLE FlowLine (FlowId TEXT NOT NULL, Seq INTEGER NOT NULL, NodeId TEXT NOT NULL, Visit INTEGER NOT NULL, What TEXT NOT NULL, PRIMARY KEY (FlowId, Seq)) STRICT, WITHOUT ROWID");
            return true;
        });
        return alone;
    }

    /// <summary>One case: started, waiting for the identification, resumed with "not normative", completed.</summary>
    public async Task WalkAsync()
    {
        var id = OrderedId.Next();
        await _database.WriteAsync(async db =>
        {
            var advance = await _runner.StartAsync(_definition, FlowState.New(_definition), this);
            await db.ExecuteAsync("INSERT INTO Flow (Id, State, Status) VALUES (@id, @State, @Status)", new { id, State = advance.State.ToJson(), Status = $"{advance.State.Status}" });
            return await LinesAsync(db, id, 0, advance);
        });
        await _database.WriteAsync(async db =>
        {
            var state = FlowState.FromJson((await db.ScalarAsync<string>("SELECT State FROM Flow WHERE Id = @id", new { id }))!);
            var last = await db.ScalarAsync<int>("SELECT MAX(Seq) FROM FlowLine WHERE FlowId = @id", new { id });
            var advance = await _runner.ResumeAsync(_definition, state, "identify", 1, new("NotNormative"), this);
            if (advance.State.Status == FlowStatus.Running) throw new InvalidOperationException("It did not finish.");
            await db.ExecuteAsync("UPDATE Flow SET State = @State, Status = @Status WHERE Id = @id", new { id, State = advance.State.ToJson(), Status = $"{advance.State.Status}" });
            return await LinesAsync(db, id, last, advance);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    private static async Task<bool> LinesAsync(Session db, Guid id, int last, Advance advance)
    {
        await db.ExecuteAsync(
            "INSERT INTO FlowLine (FlowId, Seq, NodeId, Visit, What) VALUES (@id, @Seq, @NodeId, @Visit, @What)",
            advance.Steps.Select((step, i) => new { id, Seq = last + i + 1, step.NodeId, step.Visit, What = $"{step.What}" }));
        return true;
    }

    private sealed class Bare(string type) : IActivity<BuiltInAlone>
    {
        public string Type => type;

        public ValueTask<ActivityResult> EnterAsync(ActivityScope<BuiltInAlone> scope) => new(
            scope.Node.Activity.CanWait ? ActivityResult.Wait
            : scope.Node.Outcomes.Count > 0 ? ActivityResult.Complete(scope.Node.Outcomes[0])
            : ActivityResult.Finish(scope.Node.Text("outcome")!));

        public ValueTask<ActivityResult> ResumeAsync(ActivityScope<BuiltInAlone> scope, Signal signal) => new(ActivityResult.Complete(signal.Name));

        public ValueTask<Failure?> CancelAsync(ActivityScope<BuiltInAlone> scope) => new((Failure?)null);
    }
}
