using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>What a document is, or was, on a day, derived from its dated facts.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="On">The day; today when absent.</param>
/// <param name="KnownOn">As this register knew it at the end of that day; as known now when absent.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadStatus(Guid DocumentId, DateOnly? On = null, DateOnly? KnownOn = null) : IQuery<DocumentStatus>, IForDocument;

/// <summary>The status of a document on a day.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">The title.</param>
/// <param name="Status">What it is.</param>
/// <param name="Name">The same in Chinese.</param>
/// <param name="On">The day.</param>
/// <param name="KnownOn">The day of what was known; null for now.</param>
/// <param name="Published">公布日期.</param>
/// <param name="InForce">施行日期; of publication where no fact names another.</param>
/// <param name="Term">The term, for people; null when none is set.</param>
/// <param name="LastValidDay">The last valid day; null when there is none.</param>
/// <param name="Steps">How the last valid day was found.</param>
/// <param name="Basis">Whether it may be a basis for administration.</param>
/// <param name="NotReviewedHere">It was entered from elsewhere: 未经本系统审查.</param>
public sealed record DocumentStatus(
    Guid DocumentId, string Title, ValidityStatus Status, string Name, DateOnly On, DateOnly? KnownOn, DateOnly? Published, DateOnly? InForce, string? Term,
    DateOnly? LastValidDay, IReadOnlyList<string> Steps, Basis Basis, bool NotReviewedHere);

internal sealed class ReadStatusHandler(Work work, Laws laws, CaseFlow flow) : IRequestHandler<ReadStatus, Result<DocumentStatus>>
{
    public async Task<Result<DocumentStatus>> Handle(ReadStatus query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var on = query.On ?? work.Today;
        DateTimeOffset? moment = query.KnownOn is { } day ? LegalClock.EndOf(day) : null;
        var facts = file.History.KnownOn(moment);
        var status = Domain.Validity.Status(facts, on, null, file.Profile.EvaluationLeadMonths.Value);
        var published = facts.First(FactKind.Published)?.LegalDate;
        var inForce = facts.Latest(FactKind.InForce)?.LegalDate ?? published;
        var term = ValidityTerm.TryParse(facts.Latest(FactKind.TermSet)?.Value, out var set, out _) ? set : null;
        var rules = file.Origin == DocumentOrigin.Here ? file.Profile : await RulesOfThenAsync(file, published ?? on);
        var basis = BasisForAdministration.Answer(facts, await NumberRow.OfDocumentAsync(work.Db, file.DocumentId), rules, on);
        return new DocumentStatus(
            file.DocumentId, file.Title, status, status.Name(), on, query.KnownOn, published, inForce, term?.Text,
            Domain.Validity.LastValidDay(facts, on), term?.Explain(published, inForce).Steps ?? [], basis, file.Origin == DocumentOrigin.Elsewhere);
    }

    /// <summary>A document from elsewhere is measured by the rules of the day of its publication, not by those under which it was entered.</summary>
    private async Task<Profile?> RulesOfThenAsync(Case file, DateOnly day) => laws.ProfileFor(
        await work.Db.ScalarAsync<string>(
            """
            -- Validity/ReadStatus: the division of a government
            SELECT DivisionCode FROM Body WHERE Id = @GovernmentId
            """,
            new { file.GovernmentId }) ?? "",
        day);
}
