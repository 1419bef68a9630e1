using System.Xml.Linq;
using Filing.Features.Cases;
using Filing.Tests.Data.Sql;
using Filing.Workflows;

namespace Filing.Tests.Docs;

/// <summary>
/// The picture on the first page is the product's own drawing of the definition of today. With <c>FILING_RENEW_DOCS=1</c> in the environment the test
/// draws it anew.
/// </summary>
public sealed class ProcessPictureTests
{
    private static readonly string File = Repository.Folder("docs/process.svg");

    [Test]
    public void The_picture_of_the_process_is_drawn_from_the_definition()
    {
        var drawn = Draw();
        if (Environment.GetEnvironmentVariable("FILING_RENEW_DOCS") == "1") System.IO.File.WriteAllText(File, drawn);

        Assert.That(System.IO.File.ReadAllText(File), Is.EqualTo(drawn));
    }

    /// <summary>A file of its own has no page behind it: it brings its paper.</summary>
    private static string Draw()
    {
        var definition = Laws.Read(Repository.Folder("workflows")).Latest("government-document");
        var svg = XElement.Parse(FlowDrawing.Svg(definition, new Drawing { Outcome = (_, outcome) => OutcomeWords.Of(outcome), Title = "政府规范性文件的办理流程", Legend = false }));
        svg.Elements().First(e => e.Name.LocalName is not ("title" or "desc")).AddBeforeSelf(
            new XElement(svg.Name.Namespace + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("rx", "8"), new XAttribute("fill", "#fff")));
        return svg.ToString(SaveOptions.DisableFormatting) + "\n";
    }
}
