using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.Drafting;

/// <summary>What every new document needs, whether it is to be made here or was issued elsewhere.</summary>
internal static class NewDocument
{
    /// <summary>The bodies of a new document, all of them in being on a day; today when absent.</summary>
    public static async Task<Result<DocumentBodies>> BodiesAsync(Work work, string drafting, string issuing, IReadOnlyList<string> coIssuers, DateOnly? on = null)
    {
        if (!(await BodyRow.ByCodeAsync(work, drafting, "draftingBody", on)).TryGet(out var draftingBody, out var error)) return error;
        if (!(await BodyRow.ByCodeAsync(work, issuing, "issuingBody", on)).TryGet(out var issuingBody, out error)) return error;
        var others = new List<BodyRow>();
        foreach (var code in coIssuers)
        {
            if (!(await BodyRow.ByCodeAsync(work, code, "coIssuers", on)).TryGet(out var other, out error)) return error;
            if (other.Id == issuingBody.Id) return Error.Invalid("document.co-issuer-is-issuer", "主办的制定机关不必再列入联合制定机关。", "coIssuers");
            others.Add(other);
        }

        var government = await BodyRow.GovernmentOfAsync(work, issuingBody);
        return government is null
            ? Error.Invalid("document.no-government", $"“{issuingBody.Name}”不隶属于任何政府，无法确定由哪一级登记。", "issuingBody")
            : new DocumentBodies(draftingBody, issuingBody, government, others);
    }

    /// <summary>The rules under which a case of these bodies starts on a day.</summary>
    public static Result<Profile> ProfileOf(Laws laws, DocumentBodies bodies, DateOnly startedOn) =>
        laws.ProfileFor(bodies.Government.DivisionCode ?? "", startedOn) is { } profile
            ? profile
            : Error.Refused("profile.none", $"没有适用于“{bodies.Government.Name}”在{ChineseDate.Format(startedOn)}的规则，请规则管理员补充。");

    /// <summary>Writes the document and its parties.</summary>
    public static async Task<Guid> InsertAsync(Work work, string title, DocumentKind kind, DocumentOrigin origin, DocumentBodies bodies)
    {
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Drafting/NewDocument: a document
            INSERT INTO Document (Id, Title, Kind, Issuance, GovernmentId, IssuingBodyId, DraftingBodyId, Origin, Stage, SubmittedBy, CreatedAt)
            VALUES (@id, @title, @Kind, @Issuance, @GovernmentId, @IssuingBodyId, @DraftingBodyId, @Origin, @Stage, @AccountId, @Now)
            """,
            new
            {
                id,
                title,
                Kind = Kebab.Of(kind),
                Issuance = Kebab.Of(bodies.Issuance),
                GovernmentId = bodies.Government.Id,
                IssuingBodyId = bodies.Issuing.Id,
                DraftingBodyId = bodies.Drafting.Id,
                Origin = Kebab.Of(origin),
                Stage = Stages.Submitted,
                work.Actor.AccountId,
                work.Now,
            });
        await Parties.FirstAsync(
            work, id,
            [
                (bodies.Drafting.Id, Parties.Drafter), (bodies.Issuing.Id, Parties.Issuer), (bodies.Government.Id, Parties.Government),
                .. bodies.CoIssuers.Select(o => (o.Id, Parties.CoIssuer)),
            ]);
        return id;
    }
}

/// <summary>The bodies of a new document.</summary>
/// <param name="Drafting">起草单位.</param>
/// <param name="Issuing">制定机关; of a joint document the lead.</param>
/// <param name="Government">The government in whose register it is.</param>
/// <param name="CoIssuers">The other issuing bodies.</param>
internal sealed record DocumentBodies(BodyRow Drafting, BodyRow Issuing, BodyRow Government, IReadOnlyList<BodyRow> CoIssuers)
{
    public Issuance Issuance => CoIssuers.Count == 0 ? Issuance.Sole : Issuance.Joint;
}

/// <summary>A body, as it is needed here.</summary>
internal sealed record BodyRow
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public Guid? ParentId { get; init; }
    public string? DivisionCode { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public DateOnly? ValidTo { get; init; }

    private const string Columns = "Id, Code, Name, Kind, ParentId, DivisionCode, ValidFrom, ValidTo";

    /// <summary>A body that is in being on a day (today when absent), by its code.</summary>
    public static async Task<Result<BodyRow>> ByCodeAsync(Work work, string code, string field, DateOnly? on = null)
    {
        var day = on ?? work.Today;
        var body = await work.Db.QuerySingleOrDefaultAsync<BodyRow>(
            $"""
            -- Drafting/NewDocument: a body by its code
            SELECT {Columns} FROM Body WHERE Code = @code
            """,
            new { code });
        if (body is null) return Error.Invalid("body.unknown", $"没有代码为“{code}”的机关。", field);
        if (body.ValidFrom > day || body.ValidTo < day)
            return Error.Invalid("body.not-in-being", $"“{body.Name}”在{ChineseDate.Format(day)}不是存续中的机关。", field);
        return body;
    }

    /// <summary>The government that a body is or belongs to; null when there is none.</summary>
    public static async Task<BodyRow?> GovernmentOfAsync(Work work, BodyRow body)
    {
        for (var at = body; ;)
        {
            if (at.Kind == Kebab.Of(BodyKind.Government)) return at;
            if (at.ParentId is not { } parent) return null;
            at = (await work.Db.QuerySingleOrDefaultAsync<BodyRow>(
                $"""
                -- Drafting/NewDocument: a body
                SELECT {Columns} FROM Body WHERE Id = @parent
                """,
                new { parent }))!;
        }
    }
}
