using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>新送审: what a new document can be made of here: the asker's own units, the bodies that can issue it, and the rules of today.</summary>
[Needs(Function.Draft)]
public sealed record ReadDraftingDesk : IQuery<DraftingDesk>;

/// <summary>补录: the same for a document that was issued elsewhere; a registrar enters those of the whole government.</summary>
[Needs(Function.EnterElsewhere)]
public sealed record ReadEntryDesk : IQuery<DraftingDesk>;

/// <summary>What a new document can be made of.</summary>
/// <param name="Units">The bodies in whose name the asker may submit a draft.</param>
/// <param name="Issuers">The bodies of the asker's governments that are in being; for an entry also those that have ended.</param>
/// <param name="Profile">The rules under which a case of today starts at the asker's first government; null where there are none.</param>
/// <param name="Registers">True for a registrar, who may enter the papers of every unit of the government.</param>
public sealed record DraftingDesk(IReadOnlyList<BodyChoice> Units, IReadOnlyList<BodyChoice> Issuers, Profile? Profile, bool Registers = false);

/// <summary>A body to choose.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Until">Its last day; null while it stands.</param>
public sealed record BodyChoice(string Code, string Name, BodyKind Kind, DateOnly? Until = null)
{
    /// <summary>Whose document one is that it issues.</summary>
    public DocumentKind Makes => Kind switch
    {
        BodyKind.Government or BodyKind.GovernmentOffice => DocumentKind.Government,
        BodyKind.Department or BodyKind.LegalOffice => DocumentKind.Department,
        BodyKind.Township => DocumentKind.Township,
        BodyKind.AuthorisedBody => DocumentKind.AuthorisedBody,
    };
}

internal sealed class ReadDraftingDeskHandler(Work work, Laws laws) : IRequestHandler<ReadDraftingDesk, Result<DraftingDesk>>
{
    public Task<Result<DraftingDesk>> Handle(ReadDraftingDesk query, CancellationToken cancellationToken) => new DraftingDeskReader(work, laws).ReadAsync();
}

internal sealed class ReadEntryDeskHandler(Work work, Laws laws) : IRequestHandler<ReadEntryDesk, Result<DraftingDesk>>
{
    // A paper of former days was issued by a body of those days.
    public Task<Result<DraftingDesk>> Handle(ReadEntryDesk query, CancellationToken cancellationToken) => new DraftingDeskReader(work, laws).ReadAsync(ended: true);
}

internal sealed class DraftingDeskReader(Work work, Laws laws)
{
    public async Task<Result<DraftingDesk>> ReadAsync(bool ended = false)
    {
        var seats = work.Desks.Where(d => d.Place == DeskPlace.Body && d.Role is Role.Drafter or Role.Registrar).ToList();
        var (units, governments) = (new List<Row>(), new List<Row>());
        foreach (var seat in seats)
        {
            var body = (await FindAsync(seat.AnchorId))!;
            if (seat.Role == Role.Drafter && body.Stands(work.Today) && units.All(u => u.Id != body.Id)) units.Add(body);
            for (var at = body; at is not null; at = at.ParentId is { } parent ? await FindAsync(parent) : null)
            {
                if (at.Kind != Kebab.Of(BodyKind.Government)) continue;
                if (governments.All(g => g.Id != at.Id)) governments.Add(at);
                break;
            }
        }

        var issuers = new List<Row>();
        foreach (var government in governments)
        {
            issuers.AddRange((await work.Db.QueryAsync<Row>(
                """
                -- Drafting/ReadDraftingDesk: a government and the bodies below it that are no governments
                SELECT Id, Code, Name, Kind, ParentId, DivisionCode, ValidFrom, ValidTo FROM Body
                WHERE Id = @Id OR (ParentId = @Id AND Kind <> 'government')
                """,
                new { government.Id })).Where(b => ended || b.Stands(work.Today)));
        }

        return new DraftingDesk(
            [.. units.Select(u => u.Choice)],
            [.. issuers.OrderBy(i => Kebab.Parse<BodyKind>(i.Kind)).ThenBy(i => i.ValidTo is null ? 0 : 1).ThenBy(i => i.Code, StringComparer.Ordinal).Select(i => i.Choice)],
            governments.Count == 0 ? null : laws.ProfileFor(governments[0].DivisionCode ?? "", work.Today),
            ended && seats.Any(s => s.Role == Role.Registrar));
    }

    private Task<Row?> FindAsync(Guid id) => work.Db.QuerySingleOrDefaultAsync<Row>(
        """
        -- Drafting/ReadDraftingDesk: a body
        SELECT Id, Code, Name, Kind, ParentId, DivisionCode, ValidFrom, ValidTo FROM Body WHERE Id = @id
        """,
        new { id });

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Kind { get; init; }
        public Guid? ParentId { get; init; }
        public string? DivisionCode { get; init; }
        public required DateOnly ValidFrom { get; init; }
        public DateOnly? ValidTo { get; init; }

        public BodyChoice Choice => new(Code, Name, Kebab.Parse<BodyKind>(Kind), ValidTo);

        public bool Stands(DateOnly day) => ValidFrom <= day && (ValidTo is not { } to || to >= day);
    }
}
