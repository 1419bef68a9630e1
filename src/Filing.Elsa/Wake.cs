using System.Text.Json;
using Filing.Features.Cases;

namespace Filing.Elsa;

/// <summary>How a waiting node is found again and what it is told.</summary>
internal static class Wake
{
    /// <summary>The input that holds the signal's name.</summary>
    public const string Signal = "signal";

    /// <summary>The input that holds the rung that rang, as JSON; empty when none did.</summary>
    public const string Ring = "ring";

    /// <summary>The id of the bookmark of a visit.</summary>
    public static string BookmarkOf(StepKey step) => $"{step.InstanceId}:{step.NodeId}:{step.Visit}";

    /// <summary>Both inputs, always: Elsa keeps an input of an earlier run that a later one does not give.</summary>
    public static Dictionary<string, object> InputOf(string signal, Ring? ring) =>
        new() { [Signal] = signal, [Ring] = ring is null ? "" : JsonSerializer.Serialize(ring, Pipeline.Json.Options) };
}
