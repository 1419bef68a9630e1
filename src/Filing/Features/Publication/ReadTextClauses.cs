using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.Drafting.Intake;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Publication;

/// <summary>What the latest text of a document says itself about its force and validity, clause by clause, for whoever publishes it.</summary>
[Needs(Function.ReadDocuments)]
public sealed record ReadTextClauses(Guid DocumentId) : IQuery<IReadOnlyList<Proposed<TermClause>>>, IForDocument;

internal sealed class ReadTextClausesHandler(Work work, CaseFlow flow) : IRequestHandler<ReadTextClauses, Result<IReadOnlyList<Proposed<TermClause>>>>
{
    public async Task<Result<IReadOnlyList<Proposed<TermClause>>>> Handle(ReadTextClauses query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await DocumentTexts.LatestAsync(work, file.DocumentId) is not { } text) return Array.Empty<Proposed<TermClause>>();
        var rows = PageRows.Of(text.Body.ReplaceLineEndings("\n").Split('\n').Select((line, i) => new Drafting.Intake.TextLine(i + 1, line)));
        return new List<Proposed<TermClause>>(TermFinder.Find(new Flow(rows, 0, rows.Count - 1)));
    }
}
