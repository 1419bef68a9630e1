using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Features.Relations;
using Filing.Features.Validity;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Portal;

/// <summary>公众页的一份文件: a published document, its text, numbers and dates, and what ended or changed it. What is not published is not there.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="On">The day for which the state is told; today when absent.</param>
[OpenToAll]
public sealed record ReadPublicDocument(Guid DocumentId, DateOnly? On = null) : IQuery<PublicDocument>;

/// <summary>A published document, as everybody may see it.</summary>
public sealed record PublicDocument
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Whose document it is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>制定机关, the lead first.</summary>
    public required IReadOnlyList<string> IssuingBodies { get; init; }

    /// <summary>It was issued before this register, or outside it, and entered afterwards.</summary>
    public required bool EnteredAfterwards { get; init; }

    /// <summary>发文字号; null when it has none.</summary>
    public string? IssueNumber { get; init; }

    /// <summary>统一登记号; null when it has none.</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary>成文日期: of the last signature.</summary>
    public DateOnly? Signed { get; init; }

    /// <summary>统一登记日期.</summary>
    public DateOnly? Registered { get; init; }

    /// <summary>印发日期.</summary>
    public DateOnly? Printed { get; init; }

    /// <summary>公布日期.</summary>
    public required DateOnly Published { get; init; }

    /// <summary>施行日期.</summary>
    public required DateOnly InForce { get; init; }

    /// <summary>有效期, as it was set; null when none is.</summary>
    public string? Term { get; init; }

    /// <summary>The last valid day as of <see cref="On"/>; null when there is none.</summary>
    public DateOnly? LastValidDay { get; init; }

    /// <summary>The day for which the state is told.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What it is on that day.</summary>
    public required ValidityStatus Status { get; init; }

    /// <summary>What ended, stopped or changed it, by date.</summary>
    public required IReadOnlyList<PublicRelation> Relations { get; init; }

    /// <summary>What it does to other published documents and papers, and on what it rests.</summary>
    public required IReadOnlyList<RelationLine> Declared { get; init; }

    /// <summary>What other published documents do to it, and what rests on it.</summary>
    public required IReadOnlyList<RelationLine> About { get; init; }

    /// <summary>Where it was published.</summary>
    public required IReadOnlyList<PublicAppearance> Appearances { get; init; }

    /// <summary>The published text; null where only the dates of an old paper were entered.</summary>
    public string? Text { get; init; }

    /// <summary>The digest of the canonical text; null without one.</summary>
    public string? Digest { get; init; }
}

/// <summary>What ended, stopped or changed a document.</summary>
/// <param name="Kind">What.</param>
/// <param name="On">The first day of it.</param>
/// <param name="By">The paper that did it, as it was recorded.</param>
/// <param name="ById">That paper, where it is a published document of this register.</param>
public sealed record PublicRelation(FactKind Kind, DateOnly On, string By, Guid? ById);

/// <summary>A carrier on which a document appeared.</summary>
public sealed record PublicAppearance
{
    /// <summary>The carrier.</summary>
    public required string Carrier { get; init; }

    /// <summary>Address, or issue and page.</summary>
    public string? Place { get; init; }

    /// <summary>The day of its first appearance there.</summary>
    public required DateOnly On { get; init; }
}

internal sealed class ReadPublicDocumentHandler(Work work, Laws laws, CaseFlow flow) : IRequestHandler<ReadPublicDocument, Result<PublicDocument>>
{
    private static readonly FactKind[] Changes =
        [FactKind.Amended, FactKind.Suspended, FactKind.Resumed, FactKind.Renewed, FactKind.Repealed, FactKind.DeclaredLapsed, FactKind.Annulled, FactKind.TermEnded, FactKind.Withdrawn];

    public async Task<Result<PublicDocument>> Handle(ReadPublicDocument query, CancellationToken cancellationToken)
    {
        if (!await IsPublicAsync(query.DocumentId)) return Error.NotFound("文件");
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var (facts, on) = (file.History, query.On ?? work.Today);
        var numbers = await NumberRow.OfDocumentAsync(work.Db, file.DocumentId);
        var published = facts.First(FactKind.Published)!.LegalDate;
        var text = await TextAsync(file.DocumentId);
        var (declared, about) = await RelationLines.OfAsync(work, laws, file, forAll: true);
        return new PublicDocument
        {
            Declared = declared,
            About = about,
            DocumentId = file.DocumentId,
            Title = file.Title,
            Kind = file.Kind,
            IssuingBodies = await IssuersAsync(file.DocumentId),
            EnteredAfterwards = file.Origin == DocumentOrigin.Elsewhere,
            IssueNumber = numbers.Standing(NumberKind.Issue)?.Text,
            RegistrationNumber = numbers.Standing(NumberKind.Registration)?.Text,
            Signed = facts.Latest(FactKind.Signed)?.LegalDate,
            Registered = facts.Latest(FactKind.Registered)?.LegalDate,
            Printed = facts.Latest(FactKind.Printed)?.LegalDate,
            Published = published,
            InForce = facts.Latest(FactKind.InForce)?.LegalDate ?? published,
            Term = ValidityTerm.TryParse(facts.Latest(FactKind.TermSet)?.Value, out var term, out _) ? term.Text : null,
            LastValidDay = Domain.Validity.LastValidDay(facts, on),
            On = on,
            Status = Domain.Validity.Status(facts, on, null, file.Profile.EvaluationLeadMonths.Value),
            Relations = await RelationsAsync(facts),
            Appearances = await AppearancesAsync(file.DocumentId),
            Text = text?.Body,
            Digest = text?.Digest,
        };
    }

    private async Task<bool> IsPublicAsync(Guid id) => await work.Db.ScalarAsync<int>(
        $"""
        -- Portal/ReadPublicDocument: is it published?
        SELECT COUNT(*) FROM Document d WHERE d.Id = @id {PublishedDocuments.IsPublic}
        """,
        new { id, today = work.Today }) > 0;

    private Task<IReadOnlyList<string>> IssuersAsync(Guid id) => work.Db.QueryAsync<string>(
        """
        -- Portal/ReadPublicDocument: who issued it
        SELECT b.Name FROM DocumentParty p JOIN Body b ON b.Id = p.BodyId
        WHERE p.DocumentId = @id AND p.Part IN ('issuer', 'co-issuer') ORDER BY CASE WHEN p.Part = 'issuer' THEN 0 ELSE 1 END, b.Code
        """,
        new { id });

    private Task<IReadOnlyList<PublicAppearance>> AppearancesAsync(Guid id) => work.Db.QueryAsync<PublicAppearance>(
        """
        -- Portal/ReadPublicDocument: where it was published
        SELECT Carrier, Place, PublishedOn AS [On] FROM Publication WHERE DocumentId = @id ORDER BY PublishedOn, Carrier
        """,
        new { id });

    private Task<Published?> TextAsync(Guid id) => work.Db.QueryFirstOrDefaultAsync<Published>(
        """
        -- Portal/ReadPublicDocument: the text that was published
        SELECT t.Body, t.Digest FROM Publication p JOIN DocumentText t ON t.Id = p.TextId WHERE p.DocumentId = @id ORDER BY p.PublishedOn, p.Id
        """,
        new { id });

    private async Task<IReadOnlyList<PublicRelation>> RelationsAsync(FactHistory facts)
    {
        var relations = new List<PublicRelation>();
        foreach (var fact in facts.Current.Where(f => Changes.Contains(f.Kind)))
            relations.Add(new(fact.Kind, fact.LegalDate, fact.Source, await ByAsync(fact.Source)));
        return relations;
    }

    private async Task<Guid?> ByAsync(string source)
    {
        if (!DocumentNumber.TryParse(source, out var number, out _)) return null;
        return await work.Db.ScalarAsync<Guid?>(
            $"""
            -- Portal/ReadPublicDocument: the published document of a number
            SELECT d.Id FROM Number n JOIN Document d ON d.Id = n.DocumentId WHERE n.Text = @Text AND n.VoidedOn IS NULL {PublishedDocuments.IsPublic}
            """,
            new { number.Text, today = work.Today });
    }

    private sealed record Published
    {
        public required string Body { get; init; }
        public required string Digest { get; init; }
    }
}
