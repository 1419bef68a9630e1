using System.Globalization;
using System.Xml.Linq;
using Filing.Workflows;

namespace Filing.Tests.Workflows;

public sealed class DrawingTests
{
    private static readonly XNamespace Ns = "http://www.w3.org/2000/svg";

    private static async Task<(WorkflowDefinition Definition, Drawing Drawing)> Late()
    {
        var definition = Sketch.Load(Samples.Document);
        var advance = await Play.Through(definition, new(), "draft.Done", "consult.Done", "identify.Normative", "review.Amend", "amend.Done", "review.Lawful",
            "decide.Passed", "sign.Done", "register.Done", "number.Done", "publish.Done");
        var drawing = Drawing.Of(definition, advance.State);
        return (definition, drawing with
        {
            Outcome = (_, outcome) => Samples.Words.GetValueOrDefault(outcome, outcome),
            Marks = new Dictionary<string, NodeMark>(drawing.Marks)
            {
                ["file"] = new(NodeState.Late) { Captions = ["逾期 2 天"], Tooltip = "应于 2013年4月17日 前报送" },
                ["review"] = drawing.Marks["review"] with { Captions = ["9 个工作日"] },
            },
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_running_case_says_in_words_where_it_stands(bool narrow)
    {
        var (definition, drawing) = await Late();
        var svg = XElement.Parse(FlowDrawing.Svg(definition, drawing with { Narrow = narrow, IdPrefix = "p1" }));

        Assert.That((string?)svg.Attribute("role"), Is.EqualTo("img"));
        Assert.That((string?)svg.Attribute("aria-labelledby"), Is.EqualTo("p1-title p1-desc"));
        Assert.That(svg.Element(Ns + "title")!.Value, Is.EqualTo("草图"));
        Assert.That(svg.Element(Ns + "desc")!.Value, Does.StartWith("已逾期：报送备案（逾期 2 天）。已完成：起草、").And.EndWith("尚未开始：省政府备案审查、按要求纠正。"));
        Assert.That(svg.Element(Ns + "desc")!.Value, Is.EqualTo(FlowDrawing.Words(definition, drawing)));
        var late = svg.Elements(Ns + "g").Single(g => (string?)g.Attribute("class") == "step late");
        Assert.That(late.Element(Ns + "title")!.Value, Is.EqualTo("应于 2013年4月17日 前报送"));
        Assert.That(late.Elements(Ns + "text").Select(t => t.Value), Is.EqualTo(["报送备案", "逾期 2 天"]));
        Assert.That(svg.Elements(Ns + "g").Count(g => (string?)g.Attribute("class") == "step done"), Is.EqualTo(10));
        Assert.That(svg.Elements(Ns + "text").Select(t => t.Value), Does.Contain("已逾期"), "the legend");
    }

    [Test]
    public async Task Done_and_ahead_can_be_told_without_colour()
    {
        var (definition, drawing) = await Late();
        var svg = XElement.Parse(FlowDrawing.Svg(definition, drawing));
        string Look(string state)
        {
            var step = svg.Elements(Ns + "g").First(g => (string?)g.Attribute("class") == $"step {state}");
            var border = step.Elements(Ns + "rect").Last();
            return $"{(string?)border.Attribute("stroke-width")} {(string?)border.Attribute("stroke-dasharray")} {step.Elements(Ns + "rect").Count()} {string.Concat(step.Elements(Ns + "path").Select(p => ((string?)p.Attribute("d"))!.Count(char.IsAsciiLetter)))}";
        }

        Assert.That(new[] { Look("done"), Look("ahead"), Look("late") }, Is.Unique);
    }

    [Test]
    public async Task The_short_drawing_leaves_out_forks_joins_and_watches_and_the_full_one_does_not()
    {
        var (definition, drawing) = await Late();
        var work = FlowDrawing.Svg(definition, drawing);
        var full = FlowDrawing.Svg(definition, drawing with { Detail = DrawingDetail.Full });
        Assert.That(work, Does.Not.Contain("临期提醒").And.Not.Contain("class=\"bar"));
        Assert.That(full, Does.Contain("临期提醒").And.Contain("class=\"bar"));
        Assert.That(full, Does.Not.Contain("已办结"), "a tie is not drawn");
    }

    [Test]
    public async Task A_way_back_makes_what_lies_behind_it_ahead_again()
    {
        var definition = Sketch.Load(Samples.Document);
        var again = await Play.Through(definition, new(), "draft.Done", "consult.Done", "identify.Normative", "review.Lawful", "decide.Again");
        Assert.That(again.State.FateOf(definition["consult"]), Is.EqualTo(NodeFate.Waiting));
        Assert.That(again.State.FateOf(definition["draft"]), Is.EqualTo(NodeFate.Done));
        Assert.That(new[] { "review", "sign", "end" }.Select(id => again.State.FateOf(definition[id])), Is.All.EqualTo(NodeFate.Ahead));
    }

    [Test]
    public void Names_are_text_not_markup()
    {
        var json = Sketch.Json("start : start\na : task\nend : end\nstart > a\na > end");
        json["root"]!["activities"]![1]!["name"] = "<script>&\"x\"'";
        var definition = WorkflowDefinition.Load(json.ToJsonString(), "sketch.json", Sketch.Catalogue);
        foreach (var narrow in new[] { false, true })
        {
            var svg = FlowDrawing.Svg(definition, new() { Narrow = narrow, Title = "<b>" });
            Assert.That(svg, Does.Not.Contain("<script").And.Not.Contain("<b>"));
            Assert.That(string.Concat(XElement.Parse(svg).Descendants(Ns + "text").Select(t => t.Value)), Does.Contain("<script>&\"x\"'"));
        }
    }

    [Test]
    public void The_samples_are_sound()
    {
        foreach (var text in new[] { Samples.Document, Samples.Ladder })
        {
            var seen = new FlowAnalysis(Sketch.Load(text)).Explore(asElsa: true);
            Assert.That(seen.Flaws, Is.Empty);
            Assert.That(seen.Unreached, Is.Empty);
            Assert.That(seen.Complete, Is.True);
        }
    }

    [Test]
    public async Task Any_flow_is_drawn_without_script_or_style_and_no_box_covers_another()
    {
        for (var seed = 1; seed <= 120; seed++)
        {
            var definition = Sketch.Load(new Grower(new Random(seed)).Grow());
            var started = await Play.Start(definition);
            foreach (var options in new Drawing[] { new(), new() { Detail = DrawingDetail.Full, Width = 700 }, Drawing.Of(definition, started.State) with { Detail = DrawingDetail.Full }, new() { Narrow = true } })
            {
                var text = FlowDrawing.Svg(definition, options);
                var svg = XElement.Parse(text);
                Assert.That(text, Does.Not.Contain("style").And.Not.Contain("NaN").And.Not.Contain("Infinity"), $"seed {seed}");
                var (width, height) = (Number(svg, "width"), Number(svg, "height"));
                Assert.That(width, Is.LessThanOrEqualTo(options.Narrow ? 360 : options.Width), $"seed {seed}");
                Assert.That(svg.Elements(Ns + "g").Count(g => ((string)g.Attribute("class")!).StartsWith("step", StringComparison.Ordinal)),
                    Is.EqualTo(definition.Nodes.Count(n => n.Type == "T.Task")), $"seed {seed}");
                if (options.Narrow) continue;

                var boxes = svg.Elements(Ns + "g").SelectMany(g => g.Elements(Ns + "rect").Take(1))
                    .Select(r => (X: Number(r, "x"), Y: Number(r, "y"), W: Number(r, "width"), H: Number(r, "height"))).ToList();
                for (var i = 0; i < boxes.Count; i++)
                {
                    var a = boxes[i];
                    Assert.That(a.Y + a.H, Is.LessThan(height * 2), $"seed {seed}");
                    foreach (var b in boxes.Skip(i + 1))
                        Assert.That(a.X + a.W < b.X || b.X + b.W < a.X || a.Y + a.H < b.Y || b.Y + b.H < a.Y, $"seed {seed}: {a} {b}");
                }
            }
        }
    }

    private static double Number(XElement element, string attribute) => double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);
}
