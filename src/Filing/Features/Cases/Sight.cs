using Dapper;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>What of the lists somebody sees: by the parties of the documents, or by the desks at which he or she sits.</summary>
internal static class Sight
{
    /// <summary>True for the program and the command line, which see all.</summary>
    public static bool All(Work work) => work.Actor.Kind is ActorKind.System or ActorKind.Operator;

    /// <summary>The bodies through which the actor sees documents, as <see cref="Visibility"/> has it.</summary>
    public static IReadOnlyList<Guid> Anchors(Work work) =>
        [.. work.Desks.Where(d => d.Role is not (Role.Administrator or Role.SecurityOfficer or Role.Auditor)).Select(d => d.AnchorId).Distinct()];

    /// <summary>The same for all who see the same documents, and only for them: what is kept of one's figures under it is the other's, too.</summary>
    public static string Key(Work work) => $"{work.Actor.Kind} {string.Join(' ', Anchors(work).Order())}";

    /// <summary>A condition, beginning with AND, that leaves the rows of the actor's desks, and its parameters.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="alias">The table with the columns Role, Place and AnchorId.</param>
    public static (string Filter, DynamicParameters Parameters) Desks(Work work, string alias)
    {
        var parameters = new DynamicParameters();
        if (All(work)) return ("", parameters);
        var terms = new List<string>();
        foreach (var (index, desk) in work.Desks.Distinct().Index())
        {
            terms.Add($"({alias}.AnchorId = @anchor{index} AND {alias}.Place = @place{index} AND {alias}.Role = @role{index})");
            parameters.Add($"anchor{index}", desk.AnchorId);
            parameters.Add($"place{index}", Kebab.Of(desk.Place));
            parameters.Add($"role{index}", Kebab.Of(desk.Role));
        }

        return (terms.Count == 0 ? "AND 1 = 0" : $"AND ({string.Join(" OR ", terms)})", parameters);
    }
}
