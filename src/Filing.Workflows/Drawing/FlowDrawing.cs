namespace Filing.Workflows;

/// <summary>
/// Draws definitions and running cases as SVG: no script, no style sheet and no style attribute, so that the strictest content security policy lets it pass.
/// Colours are CSS custom properties with fallbacks (<c>--flow-ink</c>, <c>--flow-ink-2</c>, <c>--flow-line</c>, <c>--flow-gone</c>, <c>--flow-paper</c>,
/// <c>--flow-done</c>, <c>--flow-done-soft</c>, <c>--flow-current</c>, <c>--flow-current-soft</c>, <c>--flow-late</c>, <c>--flow-late-soft</c>,
/// <c>--flow-off</c>, <c>--flow-off-soft</c>, <c>--flow-font</c>).
/// </summary>
public static class FlowDrawing
{
    /// <summary>The drawing as one <c>svg</c> element, to be put into a page as it is. Its class is <c>flow-drawing</c>.</summary>
    public static string Svg(WorkflowDefinition definition, Drawing options)
    {
        var graph = new DrawnGraph(definition, options);
        return options.Narrow ? new NarrowDrawing(graph).Draw() : new WideDrawing(graph).Draw();
    }

    /// <summary>Where a case stands, in one or two Chinese sentences; the same words as the drawing's description.</summary>
    public static string Words(WorkflowDefinition definition, Drawing options) => new DrawnGraph(definition, options).Words();
}
