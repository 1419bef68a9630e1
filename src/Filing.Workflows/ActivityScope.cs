using System.Globalization;

namespace Filing.Workflows;

/// <summary>What an activity sees of the flow while it acts: its node, its visit, its inputs evaluated, and the variables.</summary>
public sealed class ActivityScope<TContext>
{
    private readonly Dictionary<string, string?> _variables;
    private readonly IReadOnlyDictionary<string, string?> _given;

    internal ActivityScope(WorkflowDefinition definition, Node node, int visit, TContext context, Dictionary<string, string?> variables,
        IReadOnlyDictionary<string, string?> given)
    {
        (Definition, Node, Visit, Context) = (definition, node, visit, context);
        (_variables, _given) = (variables, given);
    }

    /// <summary>The definition that runs.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>The node that acts.</summary>
    public Node Node { get; }

    /// <summary>The how-manieth time the flow is at the node, from 1.</summary>
    public int Visit { get; }

    /// <summary>The caller's own.</summary>
    public TContext Context { get; }

    /// <summary>The value of an input as text; null when the definition gives none, or the variable is empty.</summary>
    public string? Text(string input) => !Node.Inputs.TryGetValue(input, out var value)
        ? null
        : value.Source switch
        {
            ValueSource.Literal => value.Value,
            ValueSource.Variable => _variables.GetValueOrDefault(value.Value),
            ValueSource.Input => _given.GetValueOrDefault(value.Value),
        };

    /// <summary>The value of an input as a whole number; null when there is none.</summary>
    public long? Number(string input) =>
        long.TryParse(Text(input), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>The value of an input as true or false; null when there is none.</summary>
    public bool? Flag(string input) => bool.TryParse(Text(input), out var b) ? b : null;

    /// <summary>The value of a variable, by its id; null when it is empty or unknown.</summary>
    public string? Variable(string id) => _variables.GetValueOrDefault(id);

    /// <summary>Writes an output to the variable that the node binds it to; nothing happens when it binds none.</summary>
    /// <exception cref="ArgumentException">The value is not of the variable's type, or the activity type has no such output: a bug of the activity.</exception>
    public void Set(string output, string? value)
    {
        if (!Node.Outputs.TryGetValue(output, out var id))
        {
            if (!Node.Activity.Outputs.Any(o => o.Name == output)) throw new ArgumentException($"{Node.Type} has no output {output}.", nameof(output));
            return;
        }

        var variable = Definition.Variables.First(v => v.Id == id);
        if (value is not null && !Values.Is(value, variable.Type))
            throw new ArgumentException($"'{value}' is no {variable.Type}, which variable {variable.Name} takes.", nameof(value));
        _variables[id] = value;
    }

    /// <summary>Writes a whole number.</summary>
    /// <exception cref="ArgumentException">As for text.</exception>
    public void Set(string output, long value) => Set(output, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes true or false.</summary>
    /// <exception cref="ArgumentException">As for text.</exception>
    public void Set(string output, bool value) => Set(output, value ? "true" : "false");
}
