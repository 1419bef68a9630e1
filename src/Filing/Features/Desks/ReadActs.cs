using System.Reflection;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>
/// What the asker may do with a document now besides the tasks at his or her desks: the posts allow it, and the state of the document does not forbid it.
/// The commands themselves ask again.
/// </summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadActs(Guid DocumentId) : IQuery<IReadOnlyList<OpenAct>>, IForDocument;

/// <summary>An act that is open to the asker.</summary>
/// <param name="Verb">The verb of its command, and the end of the address of its page.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="Ends">True where it takes force, or the document itself, away.</param>
public sealed record OpenAct(string Verb, string Name, bool Ends);

internal sealed class ReadActsHandler(Work work, CaseFlow flow) : IRequestHandler<ReadActs, Result<IReadOnlyList<OpenAct>>>
{
    private static readonly Act[] All =
    [
        new(typeof(DeclareUrgent), false, s => s is { Closed: false } && !s.File.Has(FactKind.Urgent) && !s.File.Has(FactKind.Decided)),
        new(typeof(CorrectFact), false, s => s.File.Facts.Count > 0),
        new(typeof(VoidNumber), false, s => s.Numbers.Any(n => n.VoidedOn is null && n.Kind != Kebab.Of(NumberKind.FilingReceipt) && !(s.Published && n.Pool == Kebab.Of(NumberPool.Owned)))),
        new(typeof(SuspendDeadline), false, s => s.Running),
        new(typeof(ResumeDeadline), false, s => s.Stopped),
        new(typeof(ResumeDocument), false, Unless(FactKind.Resumed)),
        new(typeof(SuspendDocument), true, Unless(FactKind.Suspended)),
        new(typeof(EndTerm), true, Unless(FactKind.TermEnded)),
        new(typeof(RepealDocument), true, Unless(FactKind.Repealed)),
        new(typeof(DeclareLapsed), true, Unless(FactKind.DeclaredLapsed)),
        new(typeof(AnnulDocument), true, Unless(FactKind.Annulled)),
        new(typeof(WithdrawDraft), true, s => s is { Closed: false, Published: false }),
    ];

    public async Task<Result<IReadOnlyList<OpenAct>>> Handle(ReadActs query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var state = await StateAsync(file);
        var open = new List<OpenAct>();
        foreach (var act in All)
        {
            if (act.IsOpen(state) && await Authority.HasAsync(work, file.DocumentId, act.Needs)) open.Add(new(act.Verb.Name, act.Verb.Summary, act.Ends));
        }

        return open;
    }

    private static Func<State, bool> Unless(FactKind kind) => s => EndOfValidity.Gate(s.File.History, kind, s.Today) is null;

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
        return new(file, await NumberRow.OfDocumentAsync(work.Db, file.DocumentId), work.Today, closed, running, stopped);
    }

    private sealed record State(Case File, IReadOnlyList<NumberRow> Numbers, DateOnly Today, bool Closed, bool Running, bool Stopped)
    {
        public bool Published => File.Has(FactKind.Published);
    }

    private sealed record Act(Type Command, bool Ends, Func<State, bool> IsOpen)
    {
        public VerbAttribute Verb { get; } = Command.GetCustomAttribute<VerbAttribute>()!;

        public NeedsAttribute Needs { get; } = Command.GetCustomAttribute<NeedsAttribute>()!;
    }
}
