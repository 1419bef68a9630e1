namespace Filing.Workflows;

#pragma warning disable CA1720 // The names are Elsa's.
/// <summary>The types of value that inputs, outputs and variables may have; the names are Elsa's.</summary>
public enum FlowType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number of 32 bits.</summary>
    Int32,

    /// <summary>A whole number of 64 bits.</summary>
    Int64,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A list of texts, Elsa's <c>String[]</c>: a JSON array in a text. Only inputs have it.</summary>
    StringList,

    /// <summary>A name out of <see cref="ActivityInput.Allowed"/>. Elsa writes the assembly-qualified name of the enum as its type.</summary>
    Choice,
}
#pragma warning restore CA1720

/// <summary>An input of an activity type.</summary>
/// <param name="Name">In camelCase, as the property in the definition.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Required">True when a node without it is refused.</param>
public sealed record ActivityInput(string Name, FlowType Type = FlowType.String, bool Required = false)
{
    /// <summary>The only literals that are accepted; empty when anything of the type is.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];
}

/// <summary>An output of an activity type, which a node may bind to a variable.</summary>
/// <param name="Name">In camelCase, as the property in the definition.</param>
/// <param name="Type">The type of the value; the variable must have the same.</param>
public sealed record ActivityOutput(string Name, FlowType Type = FlowType.String);

/// <summary>What the loader, the runner and the drawing must know of an activity type; what it does is its <see cref="IActivity{TContext}"/>.</summary>
/// <param name="Name">The full name, e.g. <c>Filing.HumanTask</c>.</param>
/// <param name="Version">From 1. A version stays in the catalogue as long as a case may use it.</param>
public sealed record ActivityType(string Name, int Version = 1)
{
    /// <summary>The inputs; a node with any other property is refused.</summary>
    public IReadOnlyList<ActivityInput> Inputs { get; init; } = [];

    /// <summary>The outputs.</summary>
    public IReadOnlyList<ActivityOutput> Outputs { get; init; } = [];

    /// <summary>
    /// The outcomes of every node of the type, or, with <see cref="OutcomesFrom"/>, of a node that does not say its own. None for a type that always finishes
    /// the workflow by <see cref="ActivityResult.Finish"/>; it then needs <see cref="EndsBranch"/>.
    /// </summary>
    public IReadOnlyList<string> Outcomes { get; init; } = ["Done"];

    /// <summary>The name of a literal input that lists the outcomes of a node (comma-separated, or a <see cref="FlowType.StringList"/>); null when they are fixed.</summary>
    public string? OutcomesFrom { get; init; }

    /// <summary>
    /// Outcomes that never come. Their connections only put a node upstream of a join, so that the join cancels it; they are not drawn,
    /// and an activity that gives one all the same fails with <c>workflow.unknown-outcome</c>.
    /// </summary>
    public IReadOnlyList<string> Ties { get; init; } = [];

    /// <summary>True when a node of the type may wait for a signal.</summary>
    public bool CanWait { get; init; }

    /// <summary>True when a branch may end here: outcomes need no connection.</summary>
    public bool EndsBranch { get; init; }

    /// <summary>True for forks, joins, decisions and the like: drawn small, and not counted as a step of the work.</summary>
    public bool Technical { get; init; }

    /// <summary>True for what stands beside the work, as a watch on a limit and its reminders: drawn small, and left out of the short drawing.</summary>
    public bool Aside { get; init; }
}
