namespace Filing.Workflows;

/// <summary>How large shapes are, and how each looks.</summary>
internal static class Sizes
{
    public const double StepLine = 17;
    public const double CaptionLine = 15;

    public static void Measure(Shape shape)
    {
        var captions = shape.Mark?.Captions ?? [];
        switch (shape.Kind)
        {
            case ShapeKind.Step:
                shape.Name = Svg.Wrap(shape.Node.Name, Svg.Name, 112);
                shape.Width = Math.Max(88, Widest(shape.Name, Svg.Name, captions) + 22);
                shape.Height = Math.Max(42, 14 + (shape.Name.Count * StepLine) + (captions.Count * CaptionLine));
                break;
            case ShapeKind.Pill:
                shape.Name = Svg.Wrap(shape.Node.Name, Svg.Small, 96);
                shape.Width = Math.Max(48, Widest(shape.Name, Svg.Small, captions) + 22);
                shape.Height = 10 + (shape.Name.Count * CaptionLine) + (captions.Count * CaptionLine);
                break;
            case ShapeKind.Decision or ShapeKind.End:
                shape.Name = HasName(shape.Node) ? Svg.Wrap(shape.Node.Name, Svg.Small, 84) : [];
                shape.Width = Math.Max(26, Widest(shape.Name, Svg.Small, []));
                shape.Height = 26 + (shape.Name.Count * 2 * CaptionLine);
                break;
            case ShapeKind.Bar:
                (shape.Width, shape.Height) = (7, 34);
                break;
            case ShapeKind.Start:
                (shape.Width, shape.Height) = (16, 16);
                break;
        }
    }

    /// <summary>How far the drawn shape reaches to each side of its middle; names below decisions and ends do not count.</summary>
    public static double Reach(Shape shape) => shape.Kind switch
    {
        ShapeKind.Decision => 13,
        ShapeKind.End => 9,
        _ => (shape.Width / 2) + (shape.State is NodeState.Late or NodeState.Flawed ? 3.5 : 0),
    };

    /// <summary>How far the shape with its name reaches below its middle.</summary>
    public static double Drop(Shape shape) => shape.Height / 2;

    public static void Draw(Svg svg, Shape shape)
    {
        var (stroke, fill) = Svg.Colours(shape.State);
        if (shape.Mark is null) stroke = Svg.Ink2;
        var (line, dash) = Border(shape);
        svg.Open(Kind(shape.Kind), shape.Mark, shape.Node.Name);
        var late = shape.State is NodeState.Late or NodeState.Flawed;
        switch (shape.Kind)
        {
            case ShapeKind.Step or ShapeKind.Pill:
                var radius = shape.Kind == ShapeKind.Step ? 6 : Math.Min(13, shape.Height / 2);
                if (late) svg.Rect(shape.X - 3.5, shape.Y - 3.5, shape.Width + 7, shape.Height + 7, radius + 3, "none", stroke, 1.2);
                svg.Rect(shape.X, shape.Y, shape.Width, shape.Height, radius, fill, stroke, line, dash);
                DrawText(svg, shape);
                svg.Badge(shape.X + 3, shape.Y + 2, shape.State, shape.Kind == ShapeKind.Step ? 8 : 6.5);
                break;
            case ShapeKind.Decision:
                svg.Diamond(shape.MidX, shape.MidY, 13, fill, stroke, line, dash);
                if (shape.Mark is null || shape.State == NodeState.Ahead) svg.Text(shape.MidX, shape.MidY + 4, "?", 11, Svg.Ink2);
                else svg.Badge(shape.MidX, shape.MidY, shape.State, 6);
                DrawBelow(svg, shape);
                break;
            case ShapeKind.End:
                svg.Circle(shape.MidX, shape.MidY, 8.5, Svg.Paper, stroke, 1.6, dash);
                svg.Circle(shape.MidX, shape.MidY, 4.5, stroke, "none", 0);
                DrawBelow(svg, shape);
                break;
            case ShapeKind.Bar:
                svg.Rect(shape.X, shape.Y, shape.Width, shape.Height, 3, shape.State == NodeState.Done ? stroke : fill, stroke, 1.4, dash);
                break;
            case ShapeKind.Start:
                svg.Circle(shape.MidX, shape.MidY, 7, stroke, "none", 0);
                break;
        }

        svg.Close();
    }

    private static (double Line, string? Dash) Border(Shape shape) => shape.State switch
    {
        NodeState.Ahead => (1.2, null),
        NodeState.Done => (1.4, null),
        NodeState.Current or NodeState.Late or NodeState.Flawed => (2.4, null),
        NodeState.Cancelled => (1.3, "6 3"),
        NodeState.Skipped => (1.3, "1.5 3"),
    };

    private static void DrawText(Svg svg, Shape shape)
    {
        var step = shape.Kind == ShapeKind.Step;
        var (size, pitch) = step ? (Svg.Name, StepLine) : (Svg.Small, CaptionLine);
        var captions = shape.Mark?.Captions ?? [];
        var faint = shape.State is NodeState.Skipped or NodeState.Cancelled;
        var active = shape.State is NodeState.Current or NodeState.Late or NodeState.Flawed;
        var y = shape.MidY - (((shape.Name.Count * pitch) + (captions.Count * CaptionLine)) / 2);
        foreach (var text in shape.Name)
        {
            svg.Text(shape.MidX, y + (pitch * 0.76), text, size, faint ? Svg.Ink2 : Svg.Ink, bold: active, struck: shape.State == NodeState.Cancelled);
            y += pitch;
        }

        foreach (var text in captions)
        {
            svg.Text(shape.MidX, y + (CaptionLine * 0.76), text, Svg.Small, active ? Svg.Colours(shape.State).Stroke : Svg.Ink2, bold: shape.State is NodeState.Late or NodeState.Flawed);
            y += CaptionLine;
        }
    }

    private static void DrawBelow(Svg svg, Shape shape)
    {
        var y = shape.MidY + 13 + (CaptionLine * 0.85);
        foreach (var text in shape.Name)
        {
            svg.Text(shape.MidX, y, text, Svg.Small, Svg.Ink2);
            y += CaptionLine;
        }
    }

    public static string Kind(ShapeKind kind) => kind switch
    {
        ShapeKind.Step => "step",
        ShapeKind.Pill => "pill",
        ShapeKind.Decision => "decision",
        ShapeKind.Bar => "bar",
        ShapeKind.Start => "start",
        ShapeKind.End => "end",
    };

    /// <summary>Designers name technical nodes End1 and FlowDecision2; only a name that somebody thought about is worth its room.</summary>
    public static bool HasName(Node node) => node.Name != node.Id && node.Name.Any(c => c >= 0x2E80);

    private static double Widest(IReadOnlyList<string> names, double size, IReadOnlyList<string> captions) => Math.Max(
        names.Count == 0 ? 0 : names.Max(n => Svg.Measure(n, size)),
        captions.Count == 0 ? 0 : captions.Max(c => Svg.Measure(c, Svg.Small)));
}
