using System.Collections.Frozen;

namespace Filing.Workflows;

/// <summary>The activity types that definitions may use: Elsa's own that are allowed, and the caller's.</summary>
public sealed class ActivityCatalogue
{
    /// <summary>The type name of the one node where a flowchart begins.</summary>
    public const string Start = "Elsa.Start";

    /// <summary>The type name of a node that finishes the workflow, other branches included.</summary>
    public const string Finish = "Elsa.Finish";

    /// <summary>The type name of a node that ends the flowchart, other branches included.</summary>
    public const string End = "Elsa.End";

    /// <summary>The type name of a node that starts all its branches.</summary>
    public const string Fork = "Elsa.FlowFork";

    /// <summary>The type name of a node that merges branches as its <c>mode</c> says.</summary>
    public const string Join = "Elsa.FlowJoin";

    /// <summary>The type name of the root.</summary>
    public const string Flowchart = "Elsa.Flowchart";

    private static readonly ActivityType[] Elsa =
    [
        new(Start) { Technical = true },
        new(Finish) { Technical = true, EndsBranch = true },
        new(End) { Technical = true, EndsBranch = true },
        new(Fork)
        {
            Technical = true,
            Inputs = [new("branches", FlowType.StringList, Required: true)],
            OutcomesFrom = "branches",
        },
        new(Join)
        {
            Technical = true,
            Inputs = [new("mode", FlowType.Choice) { Allowed = ["WaitAll", "WaitAllActive", "WaitAny"] }],
        },
        new(Flowchart) { Technical = true },
    ];

    private readonly FrozenDictionary<(string Name, int Version), ActivityType> _types;
    private readonly FrozenSet<string> _names;

    /// <summary>Elsa's own types and the given ones.</summary>
    /// <exception cref="ArgumentException">A type and version is given twice, or takes Elsa's name space.</exception>
    public ActivityCatalogue(IEnumerable<ActivityType> types)
    {
        var known = new Dictionary<(string, int), ActivityType>();
        foreach (var type in Elsa.Concat(types))
        {
            if (!known.TryAdd((type.Name, type.Version), type))
                throw new ArgumentException($"Activity type {type.Name} version {type.Version} is given twice.", nameof(types));
        }

        _types = known.ToFrozenDictionary();
        _names = known.Keys.Select(k => k.Item1).ToFrozenSet();
    }

    /// <summary>All types, Elsa's own included, in no particular order.</summary>
    public IEnumerable<ActivityType> Types => _types.Values;

    /// <summary>The type, or null when this version is not known.</summary>
    public ActivityType? Find(string name, int version) => _types.GetValueOrDefault((name, version));

    /// <summary>True when some version of the type is known.</summary>
    public bool Knows(string name) => _names.Contains(name);

    /// <summary>True for the types that the runner performs itself.</summary>
    internal static bool IsBuiltIn(string name) => name is Start or Finish or End or Fork or Join;
}
