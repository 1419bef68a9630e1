using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>What is wrong with a file of the law.</summary>
/// <param name="File">The file as the caller named it.</param>
/// <param name="Place">The node of a definition, or the path in a profile; null for the whole file.</param>
/// <param name="Message">One Chinese sentence; a way on which it happens is named in it.</param>
public sealed record LawFlaw(string File, string? Place, string Message)
{
    /// <summary>The definition with a way on which it happens; null when it is no matter of ways.</summary>
    public WorkflowDefinition? Definition { get; init; }

    /// <summary>The way; null when it is no matter of ways.</summary>
    public Flaw? Way { get; init; }

    /// <summary>True when the file is a profile.</summary>
    public bool OfProfile { get; init; }

    /// <summary>A drawing of the definition with the way marked, its choices numbered, as one <c>svg</c> element; null when there is no way.</summary>
    public string? Svg() => Definition is null || Way is null ? null : FlowDrawing.Svg(Definition, Drawing.Of(Definition, Way, OutcomeWords.Of) with { Title = $"{Definition.Name}第 {Definition.Version} 版：{Way.Failure.Message}" });

    /// <summary>The exception that stops the start.</summary>
    internal Exception AsException() => OfProfile ? new LawDataException(File, Place ?? "$", Message) : new DefinitionException(File, Place, Message);

    /// <inheritdoc/>
    public override string ToString() => Place is null ? $"{File}：{Message}" : $"{File}，{Place}：{Message}";
}
