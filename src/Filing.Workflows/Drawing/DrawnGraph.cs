namespace Filing.Workflows;

internal enum ShapeKind
{
    Step,
    Pill,
    Decision,
    Bar,
    Start,
    End,
}

/// <summary>A node as it is drawn.</summary>
internal sealed class Shape(Node node, ShapeKind kind, NodeMark? mark, int order)
{
    public Node Node => node;

    public ShapeKind Kind => kind;

    public NodeMark? Mark => mark;

    public NodeState State => mark?.State ?? NodeState.Ahead;

    public int Order => order;

    public List<Line> In { get; } = [];

    public List<Line> Out { get; } = [];

    public List<Line> Back { get; } = [];

    public int Layer { get; set; }

    public int Track { get; set; } = -1;

    public double X { get; set; }

    public double Y { get; set; }

    public double Width { get; set; }

    public double Height { get; set; }

    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double MidX => X + (Width / 2);

    public double MidY => Y + (Height / 2);

    public IReadOnlyList<string> Name { get; set; } = [];
}

/// <summary>A way from shape to shape, over whatever is left out between them.</summary>
internal sealed class Line(Shape from, Shape to, bool back)
{
    public Shape From => from;

    public Shape To => to;

    public bool Back => back;

    public List<string> Labels { get; } = [];

    public string Label => string.Join('、', Labels);

    public bool Gone { get; set; }

    public int Track { get; set; } = -1;
}

/// <summary>The part of a definition that is drawn.</summary>
internal sealed class DrawnGraph
{
    private readonly Dictionary<Node, Shape> _shapes = [];

    public DrawnGraph(WorkflowDefinition definition, Drawing options)
    {
        (Definition, Options) = (definition, options);
        foreach (var node in definition.Nodes)
        {
            if (!IsShown(node)) continue;
            var mark = options.Marks.GetValueOrDefault(node.Id) ?? (options.Marks.Count > 0 ? new(NodeState.Ahead) : null);
            var shape = new Shape(node, Kind(node), mark, Shapes.Count);
            _shapes.Add(node, shape);
            Shapes.Add(shape);
        }

        foreach (var shape in Shapes) Follow(shape, throughAsides: false, _ => true);
        var lost = Shapes.Where(s => s.In.Count == 0 && s.Node != definition.Start).ToHashSet();
        if (lost.Count == 0) return;
        foreach (var shape in Shapes) Follow(shape, throughAsides: true, lost.Contains);
    }

    public WorkflowDefinition Definition { get; }

    public Drawing Options { get; }

    public List<Shape> Shapes { get; } = [];

    public IEnumerable<Line> Lines => Shapes.SelectMany(s => s.Out);

    public IEnumerable<Line> BackLines => Shapes.SelectMany(s => s.Back);

    public string Title => Options.Title ?? Definition.Name;

    public bool IsCase => Options.Marks.Count > 0;

    public static string Word(NodeState state) => state switch
    {
        NodeState.Ahead => "尚未开始",
        NodeState.Done => "已完成",
        NodeState.Current => "正在办理",
        NodeState.Late => "已逾期",
        NodeState.Cancelled => "已收回",
        NodeState.Skipped => "未经过",
        NodeState.Flawed => "出错",
    };

    public string Words()
    {
        var steps = Shapes.Where(s => s.Kind is ShapeKind.Step or ShapeKind.Pill).ToList();
        if (!IsCase) return $"共 {steps.Count} 步：{string.Join('、', steps.Select(s => s.Node.Name))}。";
        var parts = new List<string>();
        foreach (var state in (NodeState[])[NodeState.Flawed, NodeState.Late, NodeState.Current, NodeState.Done, NodeState.Cancelled, NodeState.Skipped, NodeState.Ahead])
        {
            var names = steps.Where(s => s.State == state).Select(s => s.Mark is { Captions.Count: > 0 } mark
                ? $"{s.Node.Name}（{string.Join('，', mark.Captions)}）"
                : s.Node.Name).ToList();
            if (names.Count > 0) parts.Add($"{Word(state)}：{string.Join('、', names)}。");
        }

        if (Options.State?.Status == FlowStatus.Finished) parts.Insert(0, "流程已结束。");
        if (Options.State?.Status == FlowStatus.Cancelled) parts.Insert(0, "流程已撤销。");
        return string.Concat(parts);
    }

    private bool IsShown(Node node) => Options.Detail == DrawingDetail.Full
        || (!node.IsAside && (!node.Activity.Technical || node.IsTerminal || node.Type == ActivityCatalogue.Start || IsDecision(node)));

    private static bool IsDecision(Node node) => node.Activity.Technical && node.Type != ActivityCatalogue.Fork && node.Outcomes.Count > 1;

    private static ShapeKind Kind(Node node) => node.Type switch
    {
        ActivityCatalogue.Start => ShapeKind.Start,
        _ when node.IsTerminal || node.Outcomes.Count == 0 => ShapeKind.End,
        ActivityCatalogue.Fork or ActivityCatalogue.Join => ShapeKind.Bar,
        _ when node.IsAside => ShapeKind.Pill,
        _ when !node.Activity.Technical => ShapeKind.Step,
        _ => IsDecision(node) ? ShapeKind.Decision : ShapeKind.Pill,
    };

    private void Follow(Shape from, bool throughAsides, Func<Shape, bool> wanted)
    {
        var seen = new HashSet<(Node, bool)>();
        foreach (var way in from.Node.Out)
        {
            if (from.Node.Activity.Ties.Contains(way.Port)) continue;
            var label = from.Node.Outcomes.Count - from.Node.Activity.Ties.Count > 1 && from.Node.Type != ActivityCatalogue.Fork ? Options.Outcome(from.Node, way.Port) : null;
            seen.Clear();
            Reach(from, way, way.Backward, label, Gone(way), throughAsides, wanted, seen);
        }
    }

    private void Reach(Shape from, Connection way, bool back, string? label, bool gone, bool throughAsides, Func<Shape, bool> wanted, HashSet<(Node, bool)> seen)
    {
        if (!seen.Add((way.Target, back))) return;
        if (_shapes.TryGetValue(way.Target, out var to))
        {
            if (!wanted(to)) return;
            var lines = back ? from.Back : from.Out;
            var line = lines.Find(l => l.To == to);
            if (line is null)
            {
                line = new(from, to, back);
                lines.Add(line);
                if (!back) to.In.Add(line);
            }

            line.Gone |= gone;
            if (label is not null && !line.Labels.Contains(label)) line.Labels.Add(label);
            return;
        }

        if (way.Target.IsAside && !throughAsides) return;
        foreach (var next in way.Target.Out.Where(n => !n.Source.Activity.Ties.Contains(n.Port)))
            Reach(from, next, back || next.Backward, label, gone && Gone(next), throughAsides, wanted, seen);
    }

    private bool Gone(Connection way) => Options.State?.WasFollowed(way) ?? false;
}
