namespace Filing.Workflows;

/// <summary>How a node of a running case is drawn; each state has a symbol and a line of its own, so that it can be told without colour.</summary>
public enum NodeState
{
    /// <summary>Not reached yet: a thin line.</summary>
    Ahead,

    /// <summary>Done: a tick.</summary>
    Done,

    /// <summary>Waiting: a thick line and a dot.</summary>
    Current,

    /// <summary>Waiting, and past its limit: a double line and an exclamation mark.</summary>
    Late,

    /// <summary>Waited and was called back: a dashed line, a cross, the name struck through.</summary>
    Cancelled,

    /// <summary>No way led to it: a dotted line and a bar.</summary>
    Skipped,

    /// <summary>Here a way through the definition goes wrong: a double line and a cross.</summary>
    Flawed,
}

/// <summary>What is drawn over a node of a running case.</summary>
/// <param name="State">How it stands.</param>
public sealed record NodeMark(NodeState State)
{
    /// <summary>Short lines under the name, e.g. <c>9 个工作日</c> or <c>逾期 2 天</c>; two at most stay handsome.</summary>
    public IReadOnlyList<string> Captions { get; init; } = [];

    /// <summary>Shown when the pointer rests on the node; null for none.</summary>
    public string? Tooltip { get; init; }
}

/// <summary>How much of a definition is drawn.</summary>
public enum DrawingDetail
{
    /// <summary>The work: no forks and joins, and nothing that stands aside.</summary>
    Work,

    /// <summary>Every node.</summary>
    Full,
}

/// <summary>How a definition, or a case that runs it, is to be drawn.</summary>
public sealed record Drawing
{
    /// <summary>How much is drawn.</summary>
    public DrawingDetail Detail { get; init; } = DrawingDetail.Work;

    /// <summary>True for top to bottom in 360 pixels, for telephones and narrow columns of print.</summary>
    public bool Narrow { get; init; }

    /// <summary>Pixels that the wide drawing may take; what is longer goes on in a further row.</summary>
    public int Width { get; init; } = 1000;

    /// <summary>What stands over the nodes, by node id; empty for the definition alone. A node of a running case that is not in it is drawn as ahead.</summary>
    public IReadOnlyDictionary<string, NodeMark> Marks { get; init; } = new Dictionary<string, NodeMark>();

    /// <summary>The case's state, which shows the ways that were gone; null for the definition alone.</summary>
    public FlowState? State { get; init; }

    /// <summary>The word for an outcome; by default the outcome itself.</summary>
    public Func<Node, string, string> Outcome { get; init; } = static (_, outcome) => outcome;

    /// <summary>What the drawing is called; by default the definition's name.</summary>
    public string? Title { get; init; }

    /// <summary>Distinguishes the ids of several drawings on one page.</summary>
    public string IdPrefix { get; init; } = "flow";

    /// <summary>True to explain the symbols that occur, below.</summary>
    public bool Legend { get; init; } = true;

    /// <summary>The drawing of a case, its marks taken from its state; captions and lateness are the caller's to add.</summary>
    public static Drawing Of(WorkflowDefinition definition, FlowState state) => new()
    {
        State = state,
        Marks = definition.Nodes.ToDictionary(n => n.Id, n => new NodeMark(state.FateOf(n) switch
        {
            NodeFate.Ahead => NodeState.Ahead,
            NodeFate.Waiting => NodeState.Current,
            NodeFate.Done => NodeState.Done,
            NodeFate.Skipped => NodeState.Skipped,
            NodeFate.Cancelled => NodeState.Cancelled,
        })),
    };

    /// <summary>
    /// The drawing of a way on which a definition goes wrong: every node, the ways that were gone, each choice numbered at its node with its outcome, and
    /// the place where it goes wrong.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="flaw">What is wrong, and the way to it.</param>
    /// <param name="word">The word for an outcome.</param>
    public static Drawing Of(WorkflowDefinition definition, Flaw flaw, Func<string, string> word)
    {
        var (state, steps, _) = new FlowAnalysis(definition).Replay(flaw.Walk);
        var drawing = Of(definition, state);
        var met = steps.Select(s => s.NodeId).ToHashSet();
        var wrong = flaw.Failure.NodeId ?? (flaw.Walk.Choices is [.., var last] ? last.NodeId : definition.Start.Id);
        return drawing with
        {
            Detail = DrawingDetail.Full,
            Outcome = (_, outcome) => word(outcome),
            Marks = drawing.Marks.ToDictionary(m => m.Key, m => Mark(m.Key, m.Value)),
        };

        NodeMark Mark(string id, NodeMark mark)
        {
            var choices = flaw.Walk.Choices.Select((c, i) => (c.NodeId, Text: $"{i + 1} {word(c.Outcome)}")).Where(c => c.NodeId == id).Select(c => c.Text).ToList();
            IReadOnlyList<string> captions = choices.Count > 2 ? [string.Join('，', choices.SkipLast(1)), choices[^1]] : choices;
            return id == wrong ? new(NodeState.Flawed) { Captions = [.. captions, "此处出错"], Tooltip = flaw.Failure.Message }
                : !met.Contains(id) ? mark with { State = NodeState.Ahead }
                : mark with { Captions = captions };
        }
    }
}
