using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using static Filing.Papers.DocxText;

namespace Filing.Papers;

/// <summary>The styles of a Word file, and the faces behind them with a stand-in each for machines that lack them.</summary>
internal static class DocxStyles
{
    public const string Body = "FilingBody";
    public const string Flush = "FilingFlush";
    public const string Centred = "FilingCentred";
    public const string Title = "FilingTitle";
    public const string Letterhead = "FilingLetterhead";
    public const string Number = "FilingNumber";
    public const string Heading1 = "FilingHeading1";
    public const string Heading2 = "FilingHeading2";
    public const string Proof = "FilingProof";
    public const string Cell = "FilingCell";
    public const string Grid = "FilingGrid";

    public const string Red = "E60012";
    public const string Fang = "仿宋_GB2312";
    public const string Kai = "楷体_GB2312";
    public const string Hei = "黑体";
    public const string Biao = "方正小标宋简体";
    private const string Song = "宋体";
    private const string Latin = "Times New Roman";

    /// <summary>The distance between lines, in points: 22 of them fill a sheet.</summary>
    public const double Pitch = 28.95;

    /// <summary>A face for Chinese; Latin letters and digits keep theirs.</summary>
    public static RunFonts Face(string face, string latin = Latin) => new() { Ascii = latin, HighAnsi = latin, EastAsia = face, ComplexScript = latin, Hint = FontTypeHintValues.EastAsia };

    /// <summary>Lines on the pitch.</summary>
    public static SpacingBetweenLines Spacing(double before = 0, double after = 0, double pitch = Pitch) =>
        new() { Before = Twips(before), After = Twips(after), Line = Twips(pitch), LineRule = LineSpacingRuleValues.Exact };

    public static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle
            {
                RunFonts = Face(Fang),
                // A quarter of a point less between characters, so that 28 of them fill a line of 156 mm.
                Spacing = new Spacing { Val = -5 },
                FontSize = new FontSize { Val = Half(16) },
                FontSizeComplexScript = new FontSizeComplexScript { Val = Half(16) },
                Languages = new Languages { Val = "en-US", EastAsia = "zh-CN" },
            }),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle { AutoSpaceDE = new AutoSpaceDE { Val = false }, AutoSpaceDN = new AutoSpaceDN { Val = false }, SpacingBetweenLines = Spacing() })),
        Style(Flush, "公文顶格", null),
        Style(Body, "公文正文", null, p => p.Indentation = new Indentation { FirstLine = Twips(31.5), FirstLineChars = 200 }),
        Style(Centred, "公文居中", null, p => p.Justification = Centre()),
        Style(Title, "公文标题", Run(Biao, 22), p => (p.KeepNext, p.Justification) = (new KeepNext(), Centre())),
        Style(Letterhead, "发文机关标志", Run(Biao, 50, Red), p => (p.SpacingBetweenLines, p.Justification) =
            (new SpacingBetweenLines { Before = Twips(90), After = Twips(Pitch * 2 - 10), Line = "240", LineRule = LineSpacingRuleValues.Auto }, Centre())),
        Style(Number, "发文字号", null),
        Style(Heading1, "公文一级标题", Run(Hei, 16), p => (p.KeepNext, p.Indentation) = (new KeepNext(), new Indentation { FirstLine = Twips(31.5), FirstLineChars = 200 })),
        Style(Heading2, "公文二级标题", Run(Kai, 16), p => (p.KeepNext, p.Indentation) = (new KeepNext(), new Indentation { FirstLine = Twips(31.5), FirstLineChars = 200 })),
        Style(Proof, "公文证明行", Run(Fang, 10.5), p => p.SpacingBetweenLines = Spacing(before: 6, pitch: 16)),
        Style(Cell, "公文表格", null, p => p.SpacingBetweenLines = Spacing(pitch: 18)),
        new Style(new StyleName { Val = "公文表线" }, new StyleTableProperties(DocxTables.Borders(), new TableCellMarginDefault(
            new TopMargin { Width = "40", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa },
            new BottomMargin { Width = "40", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 80, Type = TableWidthValues.Dxa })))
        {
            Type = StyleValues.Table,
            StyleId = Grid,
        });

    public static Fonts FontTable() => new(
        Stand(Fang, "仿宋"), Stand(Kai, "楷体"), Stand(Hei, "SimHei"), Stand(Biao, "宋体"), Stand(Song, "SimSun"), new Font { Name = Latin });

    public static Settings Settings() => new(
        new EvenAndOddHeaders(),
        new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
        new Compatibility(
            new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }));

    /// <summary>— 1 —, in 4号 Song type, outside: right on odd sheets, left on even ones (GB/T 9704 7.5).</summary>
    public static Footer PageNumber(bool odd)
    {
        Run Part(params OpenXmlElement[] content) => new([Run(Song, 14, latin: Song), .. content]);
        return new Footer(new Paragraph(
            new ParagraphProperties
            {
                Justification = new Justification { Val = odd ? JustificationValues.Right : JustificationValues.Left },
                Indentation = odd ? new Indentation { Right = Twips(14) } : new Indentation { Left = Twips(14) },
            },
            Part(new Text("— ") { Space = SpaceProcessingModeValues.Preserve }),
            Part(new FieldChar { FieldCharType = FieldCharValues.Begin }),
            Part(new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
            Part(new FieldChar { FieldCharType = FieldCharValues.Separate }),
            Part(new Text("1")),
            Part(new FieldChar { FieldCharType = FieldCharValues.End }),
            Part(new Text(" —") { Space = SpaceProcessingModeValues.Preserve })));
    }

    /// <summary>The look of a run.</summary>
    public static RunProperties Run(string face, double points, string? colour = null, string latin = Latin) => new()
    {
        RunFonts = Face(face, latin),
        Color = colour is null ? null : new Color { Val = colour },
        FontSize = new FontSize { Val = Half(points) },
        FontSizeComplexScript = new FontSizeComplexScript { Val = Half(points) },
    };

    private static Justification Centre() => new() { Val = JustificationValues.Center };

    private static Font Stand(string face, string standIn) => new(new AltName { Val = standIn }) { Name = face };

    private static Style Style(string id, string name, RunProperties? run, Action<StyleParagraphProperties>? paragraph = null)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, CustomStyle = true, StyleName = new StyleName { Val = name }, PrimaryStyle = new PrimaryStyle() };
        if (paragraph is not null)
        {
            style.StyleParagraphProperties = new StyleParagraphProperties();
            paragraph(style.StyleParagraphProperties);
        }

        if (run is not null) style.StyleRunProperties = new StyleRunProperties(run.ChildElements.Select(c => c.CloneNode(true)));
        if (id == Flush) style.Default = true;
        return style;
    }
}
