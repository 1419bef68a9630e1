using System.Reflection;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Features.Relations;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>
/// What the asker's posts allow with a document besides the tasks at his or her desks, and what stands against it now. The commands themselves ask again.
/// </summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadActs(Guid DocumentId) : IQuery<IReadOnlyList<DocumentAct>>, IForDocument;

/// <summary>An act that the asker's posts allow.</summary>
/// <param name="Verb">The verb of its command, and the end of the address of its page.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="Ends">True where it takes force, or the document itself, away.</param>
/// <param name="Hindrance">Why it cannot be done now, in Chinese; null where it can.</param>
public sealed record DocumentAct(string Verb, string Name, bool Ends, string? Hindrance)
{
    /// <summary>True where nothing stands against it.</summary>
    public bool Open => Hindrance is null;
}

internal sealed class ReadActsHandler(Work work, CaseFlow flow) : IRequestHandler<ReadActs, Result<IReadOnlyList<DocumentAct>>>
{
    private static readonly Act[] All =
    [
        new(typeof(SubmitChanges), false, s => s.Changing ? null : "该文件没有正在核对的修改稿。"),
        new(typeof(DeclareUrgent), false, s => s.Closed ? "该文件已经办结。" : s.File.Has(FactKind.Urgent) ? "该文件已经启用紧急程序。" : s.File.Has(FactKind.Decided) ? "该文件已经讨论决定。" : null),
        new(typeof(DeclareRelation), false, s => s.Approved),
        new(typeof(CorrectFact), false, s => s.File.Facts.Count == 0 ? "该文件还没有登记的事实。" : null),
        new(typeof(VoidNumber), false, s => s.Numbers.Any(s.CanBeVoided) ? null : "该文件没有可以作废的编号。"),
        new(typeof(SuspendDeadline), false, s => s.Running ? null : "该文件没有由您的岗位掌握、正在计算的期限。"),
        new(typeof(ResumeDeadline), false, s => s.Stopped ? null : "该文件没有由您的岗位中止的期限。"),
        new(typeof(ResumeDocument), false, Gate(FactKind.Resumed)),
        new(typeof(SuspendDocument), true, Gate(FactKind.Suspended)),
        new(typeof(EndTerm), true, Gate(FactKind.TermEnded)),
        new(typeof(RepealDocument), true, Gate(FactKind.Repealed)),
        new(typeof(DeclareLapsed), true, Gate(FactKind.DeclaredLapsed)),
        new(typeof(AnnulDocument), true, Gate(FactKind.Annulled)),
        new(typeof(WithdrawDraft), true, s => s.File.Has(FactKind.Published) ? "文件已经公布，不能撤回。" : s.Closed ? "该文件已经办结。" : null),
    ];

    public async Task<Result<IReadOnlyList<DocumentAct>>> Handle(ReadActs query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var state = await StateAsync(file);
        var allowed = new List<DocumentAct>();
        foreach (var act in All)
        {
            if (await Authority.HasAsync(work, file.DocumentId, act.Needs)) allowed.Add(new(act.Verb.Name, act.Verb.Summary, act.Ends, act.Hindrance(state)));
        }

        return allowed;
    }

    private static Func<State, string?> Gate(FactKind kind) => s => EndOfValidity.Gate(s.File.History, kind, s.Today)?.Message;

    private async Task<State> StateAsync(Case file)
    {
        var (running, stopped) = (false, false);
        foreach (var deadline in (await DeadlineRow.OfCaseAsync(work.Db, file.DocumentId, file.Id)).Where(d => d.Open))
        {
            if (!(await Suspensions.KeptByAsync(work, file.DocumentId, deadline.Id)).Ok) continue;
            var suspended = (await DeadlineRow.SuspensionsAsync(work.Db, deadline.Id)).Any(s => s.ToDate is null);
            (running, stopped) = (running || !suspended, stopped || suspended);
        }

        var closed = await work.Db.ScalarAsync<int>(
            """
            -- Desks/ReadActs: is its case over?
            SELECT COUNT(*) FROM CaseFile WHERE Id = @Id AND ClosedAt IS NOT NULL
            """,
            new { file.Id }) > 0;
        var changing = (await OpenTask.OfDocumentAsync(work.Db, file.DocumentId, "confirm-changes")).Count > 0;
        return new(file, await NumberRow.OfDocumentAsync(work.Db, file.DocumentId), work.Today, closed, running, stopped, changing, (await RelationGates.OpenAsync(work, file))?.Message);
    }

    private sealed record State(Case File, IReadOnlyList<NumberRow> Numbers, DateOnly Today, bool Closed, bool Running, bool Stopped, bool Changing, string? Approved)
    {
        public bool CanBeVoided(NumberRow number) =>
            number.VoidedOn is null && number.Kind != Kebab.Of(NumberKind.FilingReceipt) && !(File.Has(FactKind.Published) && number.Pool == Kebab.Of(NumberPool.Owned));
    }

    private sealed record Act(Type Command, bool Ends, Func<State, string?> Hindrance)
    {
        public VerbAttribute Verb { get; } = Command.GetCustomAttribute<VerbAttribute>()!;

        public NeedsAttribute Needs { get; } = Command.GetCustomAttribute<NeedsAttribute>()!;
    }
}
