using Filing.Data;
using Filing.Domain;

namespace Filing.Pipeline;

/// <summary>Who sits where, and who sees what. All questions of place end here.</summary>
public static class DesksOf
{
    private const int MaxSuccessions = 16;

    /// <summary>
    /// The desks of an account on a day: one for each post in its body, and one more where the body is the legal office or the office of a
    /// government. A body that took over others sits at their desks too, so that offices can rename and merge; a post in a body that is no longer in
    /// being is none.
    /// </summary>
    public static async Task<IReadOnlyList<Desk>> AccountAsync(Session db, Guid accountId, DateOnly today)
    {
        var posts = await db.QueryAsync<PostRow>(
            """
            -- Pipeline/Desks: the posts of an account
            SELECT p.Role, b.Id AS BodyId, b.Kind, b.ParentId,
              CASE WHEN EXISTS (SELECT 1 FROM Body o WHERE o.SuccessorId = b.Id AND o.ValidTo < @today) THEN 1 ELSE 0 END AS TookOver
            FROM Post p JOIN Body b ON b.Id = p.BodyId JOIN Account a ON a.Id = p.AccountId
            WHERE p.AccountId = @accountId AND a.DisabledAt IS NULL AND p.ValidFrom <= @today AND (p.ValidTo IS NULL OR p.ValidTo >= @today)
              AND b.ValidFrom <= @today AND (b.ValidTo IS NULL OR b.ValidTo >= @today)
            """,
            new { accountId, today });
        var desks = new List<Desk>(posts.Count * 2);
        foreach (var post in posts) await AddAsync(Kebab.Parse<Role>(post.Role), post, 0);
        return desks;

        // Step by step and not by a recursive query: this is asked at every command, and most bodies took over nobody.
        async Task AddAsync(Role role, PostRow post, int depth)
        {
            desks.Add(new(role, DeskPlace.Body, post.BodyId));
            if (OfficePlace(post.Kind) is { } place && post.ParentId is { } parent) desks.Add(new(role, place, parent));
            if (!post.TookOver || depth == MaxSuccessions) return;
            foreach (var before in await PredecessorsAsync(db, post.BodyId, today)) await AddAsync(role, before, depth + 1);
        }
    }

    private static Task<IReadOnlyList<PostRow>> PredecessorsAsync(Session db, Guid bodyId, DateOnly today) => db.QueryAsync<PostRow>(
        """
        -- Pipeline/Desks: the bodies that a body took over
        SELECT '' AS Role, b.Id AS BodyId, b.Kind, b.ParentId,
          CASE WHEN EXISTS (SELECT 1 FROM Body o WHERE o.SuccessorId = b.Id AND o.ValidTo < @today) THEN 1 ELSE 0 END AS TookOver
        FROM Body b WHERE b.SuccessorId = @bodyId AND b.ValidTo < @today
        """,
        new { bodyId, today });

    /// <summary>The accounts that sit at a desk on a day.</summary>
    public static Task<IReadOnlyList<Seat>> SeatsAsync(Session db, Desk desk, DateOnly today) => db.QueryAsync<Seat>(
        """
        -- Pipeline/Desks: who sits at a desk
        WITH Place (BodyId, Depth) AS (
          SELECT b.Id, 0 FROM Body b
          WHERE (@Kind IS NULL AND b.Id = @AnchorId) OR (@Kind IS NOT NULL AND b.ParentId = @AnchorId AND b.Kind = @Kind)
          UNION ALL
          SELECT b.SuccessorId, p.Depth + 1
          FROM Place p JOIN Body b ON b.Id = p.BodyId
          WHERE b.SuccessorId IS NOT NULL AND b.ValidTo < @today AND p.Depth < 16)
        SELECT DISTINCT a.Id AS AccountId, a.Name, a.Email
        FROM Place p JOIN Body w ON w.Id = p.BodyId JOIN Post o ON o.BodyId = p.BodyId JOIN Account a ON a.Id = o.AccountId
        WHERE w.ValidFrom <= @today AND (w.ValidTo IS NULL OR w.ValidTo >= @today) AND o.Role = @Role AND o.ValidFrom <= @today AND (o.ValidTo IS NULL OR o.ValidTo >= @today) AND a.DisabledAt IS NULL
        """,
        new { Kind = OfficeKind(desk.Place), desk.AnchorId, Role = Kebab.Of(desk.Role), today });

    /// <summary>The body that a desk belongs to on a day, after renaming and merging; null where there is none.</summary>
    public static Task<string?> BodyNameAsync(Session db, DeskPlace place, Guid anchorId, DateOnly day) => db.QueryFirstOrDefaultAsync<string>(
        """
        -- Pipeline/Desks: the name of the body of a desk on a day
        WITH Place (BodyId, Depth) AS (
          SELECT b.Id, 0 FROM Body b
          WHERE (@Kind IS NULL AND b.Id = @anchorId) OR (@Kind IS NOT NULL AND b.ParentId = @anchorId AND b.Kind = @Kind)
          UNION ALL
          SELECT b.SuccessorId, p.Depth + 1
          FROM Place p JOIN Body b ON b.Id = p.BodyId
          WHERE b.SuccessorId IS NOT NULL AND b.ValidTo < @day AND p.Depth < 16)
        SELECT b.Name FROM Place p JOIN Body b ON b.Id = p.BodyId
        WHERE b.ValidFrom <= @day AND (b.ValidTo IS NULL OR b.ValidTo >= @day)
        ORDER BY p.Depth DESC
        """,
        new { Kind = OfficeKind(place), anchorId, day });

    /// <summary>The name of a body on a day, of its successor where it is no more, and its own last name where it has none.</summary>
    public static async Task<string> NameOfBodyAsync(Session db, Guid bodyId, DateOnly day) =>
        await BodyNameAsync(db, DeskPlace.Body, bodyId, day) ?? (await db.ScalarAsync<string>(
            """
            -- Pipeline/Desks: the name of a body that is no more
            SELECT Name FROM Body WHERE Id = @bodyId
            """,
            new { bodyId }))!;

    private static DeskPlace? OfficePlace(string kind) => kind switch
    {
        "legal-office" => DeskPlace.LegalOffice,
        "government-office" => DeskPlace.GovernmentOffice,
        _ => null,
    };

    private static string? OfficeKind(DeskPlace place) => place switch
    {
        DeskPlace.Body => null,
        DeskPlace.LegalOffice => "legal-office",
        DeskPlace.GovernmentOffice => "government-office",
    };

    private sealed record PostRow
    {
        public required string Role { get; init; }
        public required Guid BodyId { get; init; }
        public required string Kind { get; init; }
        public Guid? ParentId { get; init; }
        public required bool TookOver { get; init; }
    }
}

/// <summary>Somebody who sits at a desk.</summary>
public sealed record Seat
{
    /// <summary>The account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where mail goes; null when there is no address.</summary>
    public string? Email { get; init; }
}

/// <summary>Who may see a document: whoever sits at a desk of one of its parties.</summary>
public static class Visibility
{
    /// <summary>Whether one of these desks belongs to a party of the document.</summary>
    public static async Task<bool> OfAsync(Session db, Guid documentId, IReadOnlyList<Desk> desks)
    {
        var parties = await db.QueryAsync<Guid>(
            """
            -- Pipeline/Desks: the parties of a document
            SELECT BodyId FROM DocumentParty WHERE DocumentId = @documentId
            """,
            new { documentId });
        return desks.Any(d => d.Role is not (Role.Administrator or Role.SecurityOfficer or Role.Auditor) && parties.Contains(d.AnchorId));
    }

    /// <summary>Whether there is such a document at all.</summary>
    public static async Task<bool> ExistsAsync(Session db, Guid documentId) => await db.ScalarAsync<int>(
        """
        -- Pipeline/Desks: is there such a document?
        SELECT COUNT(*) FROM Document WHERE Id = @documentId
        """,
        new { documentId }) > 0;
}

/// <summary>The bodies that the places of a document are counted from.</summary>
public sealed record DocumentAnchors
{
    /// <summary>The government in whose register it is.</summary>
    public required Guid GovernmentId { get; init; }

    /// <summary>制定机关.</summary>
    public required Guid IssuingBodyId { get; init; }

    /// <summary>起草单位.</summary>
    public required Guid DraftingBodyId { get; init; }

    /// <summary>The next-higher government; null at the top.</summary>
    public Guid? SuperiorId { get; init; }

    /// <summary>Reads the anchors of a document, which exists.</summary>
    public static async Task<DocumentAnchors> LoadAsync(Session db, Guid documentId) => (await db.QuerySingleOrDefaultAsync<DocumentAnchors>(
        """
        -- Pipeline/Desks: the anchors of a document
        SELECT d.GovernmentId, d.IssuingBodyId, d.DraftingBodyId, g.ParentId AS SuperiorId
        FROM Document d JOIN Body g ON g.Id = d.GovernmentId WHERE d.Id = @documentId
        """,
        new { documentId }))!;

    /// <summary>The desk places that a place of this document means.</summary>
    public IEnumerable<(DeskPlace, Guid)> At(Place place) => place switch
    {
        Place.DraftingBody => [(DeskPlace.Body, DraftingBodyId)],
        Place.IssuingBody => [(DeskPlace.Body, IssuingBodyId)],
        Place.CoIssuer => [],
        Place.LegalOffice => [(DeskPlace.LegalOffice, GovernmentId)],
        Place.GovernmentOffice => [(DeskPlace.GovernmentOffice, GovernmentId)],
        Place.SuperiorLegalOffice => SuperiorId is { } superior ? [(DeskPlace.LegalOffice, superior)] : [],
    };
}
