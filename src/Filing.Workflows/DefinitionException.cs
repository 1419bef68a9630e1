namespace Filing.Workflows;

/// <summary>A definition that cannot be run as it stands. It stops the start, as any fault in the data of the law.</summary>
/// <param name="file">The file as the caller named it.</param>
/// <param name="node">The id of the node; null when the fault is not in one.</param>
/// <param name="problem">One Chinese sentence.</param>
#pragma warning disable CA1032 // Without file and problem the exception says nothing.
public sealed class DefinitionException(string file, string? node, string problem)
    : Exception(node is null ? $"流程文件 {file}：{problem}" : $"流程文件 {file}，节点“{node}”：{problem}")
#pragma warning restore CA1032
{
    /// <summary>The file as the caller named it.</summary>
    public string File { get; } = file;

    /// <summary>The id of the node; null when the fault is not in one.</summary>
    public string? Node { get; } = node;

    /// <summary>One Chinese sentence that says what is wrong.</summary>
    public string Problem { get; } = problem;
}
