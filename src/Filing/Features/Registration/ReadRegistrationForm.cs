using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>统一登记表: what the registrar needs before him or her, filled from the register, with what still stands in the way.</summary>
[Needs(Function.ReadDocuments)]
public sealed record ReadRegistrationForm(Guid DocumentId) : IQuery<RegistrationForm>, IForDocument;

/// <summary>The registration form of a document.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">The title.</param>
/// <param name="Kind">Whose document.</param>
/// <param name="Issuance">Issued by one or by several.</param>
/// <param name="IssuingBody">制定机关; of a joint document the lead.</param>
/// <param name="CoIssuers">联合制定机关.</param>
/// <param name="DraftingBody">起草单位.</param>
/// <param name="Signatures">The signatures that stand.</param>
/// <param name="Dates">The dated facts so far, in order.</param>
/// <param name="Opinion">The conclusion of the latest legality review; null when none was concluded here.</param>
/// <param name="TextNo">The number of the latest text version; null when there is none.</param>
/// <param name="TextDigest">Its digest.</param>
/// <param name="ApprovedDigest">The digest that was signed; null when nothing stands signed.</param>
/// <param name="Required">What publication requires, with its source.</param>
/// <param name="Numbers">The numbers so far, void ones included.</param>
/// <param name="Obstacles">What stands in the way of registration now; empty when nothing does.</param>
public sealed record RegistrationForm(
    Guid DocumentId, string Title, DocumentKind Kind, Issuance Issuance, string IssuingBody, IReadOnlyList<string> CoIssuers, string DraftingBody,
    IReadOnlyList<SignatureLine> Signatures, IReadOnlyList<DateLine> Dates, OpinionLine? Opinion, int? TextNo, string? TextDigest, string? ApprovedDigest,
    Sourced<IReadOnlyList<PublicationRequirement>> Required, IReadOnlyList<NumberRow> Numbers, IReadOnlyList<Error> Obstacles);

/// <summary>A signature that stands.</summary>
public sealed record SignatureLine
{
    /// <summary>The level, e.g. 主要负责人.</summary>
    public required string LevelName { get; init; }

    /// <summary>The body.</summary>
    public required string Body { get; init; }

    /// <summary>Who signed.</summary>
    public required string Signer { get; init; }

    /// <summary>When.</summary>
    public required DateOnly SignedOn { get; init; }
}

/// <summary>A concluded legality review.</summary>
public sealed record OpinionLine
{
    /// <summary>The conclusion's code.</summary>
    public required string Conclusion { get; init; }

    /// <summary>When.</summary>
    public required DateOnly ConcludedOn { get; init; }

    /// <summary>By whom.</summary>
    public string? Reviewer { get; init; }
}

/// <summary>A dated fact, for people.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Name">Its Chinese name.</param>
/// <param name="On">The legal date.</param>
public sealed record DateLine(FactKind Kind, string Name, DateOnly On);

internal sealed class ReadRegistrationFormHandler(Work work, CaseFlow flow) : IRequestHandler<ReadRegistrationForm, Result<RegistrationForm>>
{
    public async Task<Result<RegistrationForm>> Handle(ReadRegistrationForm query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var latest = await DocumentTexts.LatestAsync(work, file.DocumentId);
        var approval = await Approval.LoadAsync(work, file);
        Error?[] gates = [IssueGates.NotRegistered(file), IssueGates.Signed("register.not-signed", "登记", approval), IssueGates.Unchanged("register.text-changed", "登记", approval)];
        return new RegistrationForm(
            file.DocumentId, file.Title, file.Kind, file.Issuance, await NameAsync(file.IssuingBodyId), await CoIssuersAsync(file), await NameAsync(file.DraftingBodyId),
            await SignaturesAsync(file), [.. file.History.Current.Select(f => new DateLine(f.Kind, f.Kind.Name(), f.LegalDate))], await OpinionAsync(file),
            latest?.No, latest?.Digest, approval.Text?.Digest, file.Profile.RequiredBeforePublication,
            await NumberRow.OfDocumentAsync(work.Db, file.DocumentId), [.. gates.OfType<Error>()]);
    }

    private async Task<string> NameAsync(Guid bodyId) => (await work.Db.ScalarAsync<string>(
        """
        -- Registration/ReadRegistrationForm: the name of a body
        SELECT Name FROM Body WHERE Id = @bodyId
        """,
        new { bodyId }))!;

    private Task<IReadOnlyList<string>> CoIssuersAsync(Case file) => work.Db.QueryAsync<string>(
        """
        -- Registration/ReadRegistrationForm: the co-issuing bodies
        SELECT b.Name FROM DocumentParty p JOIN Body b ON b.Id = p.BodyId WHERE p.DocumentId = @DocumentId AND p.Part = 'co-issuer' ORDER BY b.Code
        """,
        new { file.DocumentId });

    private Task<IReadOnlyList<SignatureLine>> SignaturesAsync(Case file) => work.Db.QueryAsync<SignatureLine>(
        """
        -- Registration/ReadRegistrationForm: the signatures that stand
        SELECT s.LevelName, b.Name AS Body, s.Signer, s.SignedOn FROM Signature s JOIN Body b ON b.Id = s.BodyId
        WHERE s.DocumentId = @DocumentId AND s.VoidedAt IS NULL ORDER BY s.SignedOn, s.Level, s.Id
        """,
        new { file.DocumentId });

    private Task<OpinionLine?> OpinionAsync(Case file) => work.Db.QueryFirstOrDefaultAsync<OpinionLine>(
        """
        -- Registration/ReadRegistrationForm: the latest concluded review
        SELECT Conclusion, ConcludedOn, Reviewer FROM LegalityReview
        WHERE DocumentId = @DocumentId AND ConcludedOn IS NOT NULL AND Conclusion IS NOT NULL ORDER BY Round DESC
        """,
        new { file.DocumentId });
}
