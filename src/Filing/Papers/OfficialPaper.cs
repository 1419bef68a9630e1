using Filing.Domain;

namespace Filing.Papers;

/// <summary>
/// An official paper as 《党政机关公文格式》 (GB/T 9704-2012) lays it out, whatever it is printed by: a red head or the plain heading of a form, title,
/// receivers, body, attachments, signature with the place of the seal, note and imprint. <see cref="DocxWriter"/> and the page <c>_Paper.cshtml</c> draw it.
/// </summary>
public sealed record OfficialPaper
{
    private const int LineOfType = 442;
    private static readonly int[] Sizes = [50, 42, 34, 28];

    /// <summary>The name of its file, in Chinese, without an ending.</summary>
    public required string FileName { get; init; }

    /// <summary>发文机关标志, printed red above a red line; null for a form without a red head.</summary>
    public string? Letterhead { get; init; }

    /// <summary>发文字号; null where the paper has none. An empty one leaves room to write.</summary>
    public string? Number { get; init; }

    /// <summary>上行文: the number stands left and 签发人 right (GB/T 9704 7.2.5, 7.2.6).</summary>
    public bool Upward { get; init; }

    /// <summary>签发人 of an upward paper; null leaves room to sign.</summary>
    public string? Signer { get; init; }

    /// <summary>标题; a line break where it should be broken by its sense.</summary>
    public required string Title { get; init; }

    /// <summary>主送机关, without the colon; null where there is none.</summary>
    public string? Receivers { get; init; }

    /// <summary>正文.</summary>
    public required IReadOnlyList<PaperBlock> Body { get; init; }

    /// <summary>附件说明: the names of what is enclosed, in order.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>发文机关署名、成文日期和印章; null where there is none.</summary>
    public PaperSignature? Signature { get; init; }

    /// <summary>附注, e.g. 联系人 and 电话, without its brackets.</summary>
    public string? Note { get; init; }

    /// <summary>版记; null where there is none.</summary>
    public PaperImprint? Imprint { get; init; }

    /// <summary>A line that proves what was printed, e.g. the digest of the rows of a register's page; null where there is none.</summary>
    public string? Proof { get; init; }

    /// <summary>True for a wide table: the sheet lies on its side.</summary>
    public bool Wide { get; init; }

    /// <summary>The title, broken into lines of about the same length where its author did not break it (GB/T 9704 7.3.1: 词意完整、排列对称、长短适宜).</summary>
    public IReadOnlyList<string> TitleLines => TitleBreaks.Of(Title);

    /// <summary>The size of the letterhead in points: the largest that keeps it on one line.</summary>
    public int LetterheadPoints => Letterhead is { } head && Sizes.FirstOrDefault(s => head.Length * s <= LineOfType) is > 0 and var size ? size : Sizes[^1];
}

/// <summary>发文机关署名、成文日期.</summary>
/// <param name="Bodies">The bodies that sign; the first is the lead.</param>
/// <param name="On">成文日期; null leaves room to write it.</param>
public sealed record PaperSignature(IReadOnlyList<string> Bodies, DateOnly? On)
{
    /// <summary>The date as it is printed, in Arabic digits without leading zeros (GB/T 9704 7.3.5.4).</summary>
    public string Date => On is { } on ? ChineseDate.Format(on) : "　　年　　月　　日";
}

/// <summary>版记.</summary>
/// <param name="CopyTo">抄送机关; null where there are none.</param>
/// <param name="PrintedBy">印发机关.</param>
/// <param name="PrintedOn">印发日期; null leaves room to write it.</param>
public sealed record PaperImprint(string? CopyTo, string PrintedBy, DateOnly? PrintedOn)
{
    /// <summary>印发日期 as it is printed.</summary>
    public string Printed => (PrintedOn is { } on ? ChineseDate.Format(on) : "　　年　　月　　日") + "印发";
}

/// <summary>A piece of the body.</summary>
public abstract record PaperBlock;

/// <summary>A paragraph.</summary>
/// <param name="Text">Its text; a line break within it begins a new line.</param>
/// <param name="Indented">True where the first line is indented by two characters.</param>
/// <param name="Centred">True where it is centred.</param>
public sealed record PaperParagraph(string Text, bool Indented = true, bool Centred = false) : PaperBlock;

/// <summary>A heading of the body, with its number: 一、 in 黑体, （一） in 楷体.</summary>
/// <param name="Text">The heading.</param>
/// <param name="Level">1 or 2.</param>
public sealed record PaperHeading(string Text, int Level = 1) : PaperBlock;

/// <summary>A table with a heading row, which is repeated on every sheet.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows: a text for each column; a line break within it begins a new line.</param>
/// <param name="Points">The size of type; 12 is 小四, 10.5 is 五号.</param>
public sealed record PaperTable(IReadOnlyList<PaperColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, double Points = 12) : PaperBlock;

/// <summary>A column.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Share">Its width, in hundredths of the table.</param>
/// <param name="Centred">True where its texts are centred.</param>
public sealed record PaperColumn(string Heading, int Share, bool Centred = false);

/// <summary>A form to read or fill in: labels and what belongs to them, in ruled rows.</summary>
/// <param name="Rows">Its rows.</param>
public sealed record PaperForm(IReadOnlyList<PaperFormRow> Rows) : PaperBlock;

/// <summary>A row of a form: one field over the whole width, or two side by side.</summary>
/// <param name="Fields">One or two fields.</param>
public sealed record PaperFormRow(params IReadOnlyList<PaperField> Fields);

/// <summary>A field of a form.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Text">What stands there; null or empty leaves it to be written.</param>
/// <param name="Lines">The least height, in lines, so that somebody can write, sign or seal.</param>
public sealed record PaperField(string Label, string? Text, int Lines = 1);
