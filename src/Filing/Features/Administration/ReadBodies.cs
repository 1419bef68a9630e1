using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>机关: the tree of bodies, those that ended included, each below the one above it.</summary>
[Needs(Function.ManageAccounts)]
public sealed record ReadBodies : IQuery<IReadOnlyList<BodyLine>>;

/// <summary>A body in the tree.</summary>
public sealed record BodyLine
{
    /// <summary>Short stable code.</summary>
    public required string Code { get; init; }

    /// <summary>Full name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required BodyKind Kind { get; init; }

    /// <summary>Code of the body above it; null at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>GB/T 2260 code, of governments.</summary>
    public string? DivisionCode { get; init; }

    /// <summary>First day in being.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day in being; null while it stands.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Code of the body that took over; null when nobody did.</summary>
    public string? Successor { get; init; }

    /// <summary>How many posts stand in it today.</summary>
    public required int Posts { get; init; }

    /// <summary>How many bodies are above it: 0 at the top.</summary>
    public int Depth { get; init; }
}

internal sealed class ReadBodiesHandler(Work work) : IRequestHandler<ReadBodies, Result<IReadOnlyList<BodyLine>>>
{
    public async Task<Result<IReadOnlyList<BodyLine>>> Handle(ReadBodies query, CancellationToken cancellationToken)
    {
        var rows = await work.Db.QueryAsync<Row>(
            """
            -- Administration/ReadBodies: all bodies
            SELECT b.Code, b.Name, b.Kind, p.Code AS Parent, b.DivisionCode, b.ValidFrom, b.ValidTo, s.Code AS Successor,
              (SELECT COUNT(*) FROM Post o WHERE o.BodyId = b.Id AND o.ValidFrom <= @Today AND (o.ValidTo IS NULL OR o.ValidTo >= @Today)) AS Posts
            FROM Body b LEFT JOIN Body p ON p.Id = b.ParentId LEFT JOIN Body s ON s.Id = b.SuccessorId ORDER BY b.Code
            """,
            new { work.Today });
        var below = rows.ToLookup(r => r.Parent);
        var tree = new List<BodyLine>(rows.Count);
        Add(null, 0);
        return tree;

        void Add(string? parent, int depth)
        {
            foreach (var row in below[parent].OrderBy(r => Kebab.Parse<BodyKind>(r.Kind) == BodyKind.Government ? 1 : 0).ThenBy(r => r.Code, StringComparer.Ordinal))
            {
                tree.Add(new BodyLine
                {
                    Code = row.Code,
                    Name = row.Name,
                    Kind = Kebab.Parse<BodyKind>(row.Kind),
                    Parent = row.Parent,
                    DivisionCode = row.DivisionCode,
                    ValidFrom = row.ValidFrom,
                    ValidTo = row.ValidTo,
                    Successor = row.Successor,
                    Posts = row.Posts,
                    Depth = depth,
                });
                Add(row.Code, depth + 1);
            }
        }
    }

    private sealed record Row
    {
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Kind { get; init; }
        public string? Parent { get; init; }
        public string? DivisionCode { get; init; }
        public required DateOnly ValidFrom { get; init; }
        public DateOnly? ValidTo { get; init; }
        public string? Successor { get; init; }
        public required int Posts { get; init; }
    }
}
