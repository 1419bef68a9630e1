using Filing.Activities;
using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>
/// Whether a definition may start cases: it can be read, its words mean something here, no way through it loses a case or lays a task twice, whoever runs it understands
/// its outcomes, and no profile that follows it has its order of steps broken. The loader, the verb <c>flow check</c> and whatever publishes definitions ask here.
/// </summary>
public static class FlowCheck
{
    /// <summary>What is wrong with a definition, were it the newest version of its id.</summary>
    /// <param name="json">The Elsa 3 document.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="laws">The law that it would be part of.</param>
    /// <returns>The flaws; none when it may start cases.</returns>
    public static IReadOnlyList<LawFlaw> Definition(string json, string file, Laws laws)
    {
        ArgumentNullException.ThrowIfNull(laws);
        WorkflowDefinition definition;
        try
        {
            definition = WorkflowDefinition.Load(json, file, ActivityTypes.Catalogue);
        }
        catch (DefinitionException e)
        {
            return [new(e.File, e.Node, e.Problem)];
        }

        var (latest, profiles) = laws.Newest;
        var known = new Dictionary<string, WorkflowDefinition>(latest) { [definition.DefinitionId] = definition };
        List<LawFlaw> flaws = [.. LawCheck.Definition(definition, file, known)];
        if (flaws.Count > 0) return flaws;
        // Those that run it are asked again: what held of the version before need not hold of this one.
        foreach (var above in known.Values.Where(d => d != definition && Runs(d, definition.DefinitionId, known)))
            flaws.AddRange(LawCheck.Definition(above, file, known).Select(f => f with { Message = $"上级流程“{above.Name}”（{above.DefinitionId}）：{f.Message}" }));
        if (flaws.Count > 0) return flaws;
        foreach (var (profile, profileFile) in profiles.Where(p => LawCheck.Ordered(p.Profile).Any(o => known.TryGetValue(o.Definition, out var d) && (d == definition || Runs(d, definition.DefinitionId, known)))))
            flaws.AddRange(LawCheck.Profile(profile, profileFile, known));
        return flaws;
    }

    /// <summary>What is wrong with a profile, were it among the files: its text, its names, and whether the definitions that it follows keep to its order of steps.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="laws">The law that it would be part of.</param>
    /// <returns>The flaws; none when it may be used. With the profile; null when it cannot be read, or only lends its values.</returns>
    public static (IReadOnlyList<LawFlaw> Flaws, Profile? Profile) Profile(string json, string file, Laws laws)
    {
        ArgumentNullException.ThrowIfNull(laws);
        try
        {
            return laws.Draft(json, file) is { } profile ? ([.. LawCheck.Profile(profile, file, laws.Newest.Latest)], profile) : ([], null);
        }
        catch (LawDataException e)
        {
            return ([new(e.File, e.Path, e.Reason) { OfProfile = true }], null);
        }
    }

    /// <summary>What is wrong with a whole folder of definitions and profiles; a file that cannot be read hides what else is wrong.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The flaws; none when the folder may be used. With how many definitions and profiles it has.</returns>
    public static (IReadOnlyList<LawFlaw> Flaws, int Definitions, int Profiles) Folder(string folder)
    {
        try
        {
            var laws = Laws.Load(folder);
            return ([.. laws.Flaws()], laws.AllDefinitions.Count, laws.Profiles.Count());
        }
        catch (DefinitionException e)
        {
            return ([new(e.File, e.Node, e.Problem)], 0, 0);
        }
        catch (LawDataException e)
        {
            return ([new(e.File, e.Path, e.Reason) { OfProfile = true }], 0, 0);
        }
    }

    private static bool Runs(WorkflowDefinition definition, string id, IReadOnlyDictionary<string, WorkflowDefinition> known, HashSet<string>? seen = null)
    {
        seen ??= [];
        return seen.Add(definition.DefinitionId) && definition.Nodes.Where(n => n.Type == ActivityTypes.RunWorkflow)
            .Any(n => n.Text("workflow") == id || (known.TryGetValue(n.Text("workflow")!, out var below) && Runs(below, id, known, seen)));
    }
}
