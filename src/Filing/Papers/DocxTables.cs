using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using static Filing.Papers.DocxText;

namespace Filing.Papers;

/// <summary>The tables of a Word file.</summary>
internal static class DocxTables
{
    /// <summary>A table with a heading row that is repeated on every sheet.</summary>
    public static IEnumerable<OpenXmlElement> Table(PaperTable table, int width)
    {
        var widths = table.Columns.Select(c => width * c.Share / 100).ToArray();
        var drawn = Start(widths);
        drawn.Append(new TableRow(
            [new TableRowProperties(new CantSplit(), new TableHeader()), .. table.Columns.Select((c, i) => Cell(c.Heading, widths[i], table.Points, centred: true, face: DocxStyles.Hei))]));
        foreach (var row in table.Rows)
            drawn.Append(new TableRow([new TableRowProperties(new CantSplit()), .. table.Columns.Select((c, i) => Cell(i < row.Count ? row[i] : null, widths[i], table.Points, c.Centred))]));
        yield return drawn;
        // Two tables that touch become one.
        yield return Line("", DocxStyles.Proof);
    }

    /// <summary>A form: a label and its text over the whole width, or two such pairs.</summary>
    public static IEnumerable<OpenXmlElement> Form(PaperForm form, int width)
    {
        var (label, text) = (width * 18 / 100, width * 32 / 100);
        int[] widths = [label, text, label, text];
        var drawn = Start(widths);
        foreach (var row in form.Rows)
        {
            var line = new TableRow(new TableRowProperties(new CantSplit(), new TableRowHeight { Val = (uint)(row.Fields.Max(f => f.Lines) * 360 + 160), HeightType = HeightRuleValues.AtLeast }));
            foreach (var field in row.Fields)
            {
                line.Append(Cell(field.Label, label, 12, centred: true, face: DocxStyles.Hei));
                line.Append(Cell(field.Text, row.Fields.Count == 1 ? width - label : text, 12, span: row.Fields.Count == 1 ? 3 : 1));
            }

            drawn.Append(line);
        }

        yield return drawn;
        yield return Line("", DocxStyles.Proof);
    }

    /// <summary>版记, between its rules, in 4号仿宋 (GB/T 9704 7.4).</summary>
    public static Table Imprint(PaperImprint imprint, int width)
    {
        int[] widths = [width * 6 / 10, width - width * 6 / 10];
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = width.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
                new TableBorders(Rule<TopBorder>(8), Rule<BottomBorder>(8), Rule<InsideHorizontalBorder>(6)),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(widths.Select(w => new GridColumn { Width = w.ToString(CultureInfo.InvariantCulture) })));
        if (imprint.CopyTo is { } copies) table.Append(new TableRow(Cell($"　抄送：{copies}。", width, 14, span: 2)));
        var date = Cell(imprint.Printed + "　", widths[1], 14);
        date.Descendants<ParagraphProperties>().First().Justification = new Justification { Val = JustificationValues.Right };
        table.Append(new TableRow(Cell("　" + imprint.PrintedBy, widths[0], 14), date));
        return table;
    }

    public static TableBorders Borders() => new(
        Rule<TopBorder>(8), Rule<LeftBorder>(8), Rule<BottomBorder>(8), Rule<RightBorder>(8), Rule<InsideHorizontalBorder>(4), Rule<InsideVerticalBorder>(4));

    private static T Rule<T>(uint size) where T : BorderType, new() => new() { Val = BorderValues.Single, Size = size, Space = 0, Color = "000000" };

    private static Table Start(IReadOnlyList<int> widths) => new(
        new TableProperties(
            new TableStyle { Val = DocxStyles.Grid },
            new TableWidth { Width = widths.Sum().ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
            new TableLayout { Type = TableLayoutValues.Fixed }),
        new TableGrid(widths.Select(w => new GridColumn { Width = w.ToString(CultureInfo.InvariantCulture) })));

    private static TableCell Cell(string? text, int width, double points, bool centred = false, int span = 1, string face = DocxStyles.Fang)
    {
        var properties = new TableCellProperties
        {
            TableCellWidth = new TableCellWidth { Width = width.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
            GridSpan = span == 1 ? null : new GridSpan { Val = span },
            TableCellVerticalAlignment = new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center },
        };
        return new TableCell([properties, .. Lines(text).Select(l =>
        {
            var line = Line(l, DocxStyles.Cell);
            line.ParagraphProperties!.SpacingBetweenLines = DocxStyles.Spacing(pitch: points * 1.5);
            if (centred) line.ParagraphProperties.Justification = new Justification { Val = JustificationValues.Center };
            line.Descendants<Run>().First().RunProperties = DocxStyles.Run(face, points);
            return line;
        })]);
    }
}
