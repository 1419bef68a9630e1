using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>What a line of a page is.</summary>
internal enum RowKind
{
    /// <summary>Nothing, or marks that say nothing.</summary>
    Blank,

    /// <summary>A line drawn with characters.</summary>
    Rule,

    /// <summary>Furniture of a web page.</summary>
    Clutter,

    /// <summary>The word 目录 or an entry below it.</summary>
    Contents,

    /// <summary>Fields with labels.</summary>
    Fields,

    /// <summary>An issue number and nothing else.</summary>
    Number,

    /// <summary>A date and nothing else.</summary>
    Date,

    /// <summary>Who printed it and when.</summary>
    Printed,

    /// <summary>Names of organs and nothing else.</summary>
    Bodies,

    /// <summary>The head of a letter: an organ and 文件.</summary>
    Letterhead,

    /// <summary>Anything else.</summary>
    Text,
}

/// <summary>A line without the marks around it. <see cref="Text"/> is one unbroken stretch of <see cref="Raw"/>, so that places stay true.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Raw">The line as it was read.</param>
/// <param name="Start">Where the text begins in it.</param>
/// <param name="Text">The text.</param>
internal sealed record PageRow(int Line, string Raw, int Start, string Text)
{
    public RowKind Kind { get; set; }

    /// <summary>The organs of a row of that kind, with their places in the text.</summary>
    public IReadOnlyList<(int Start, int Length, BodyName Body)> Bodies { get; init; } = [];

    /// <summary>The issue number of a row of that kind.</summary>
    public (int Start, int Length, IssueNumber Number)? Number { get; init; }

    /// <summary>The date of a row of that kind, or the one a row of organs ends with.</summary>
    public (int Start, int Length, DateOnly Date)? Date { get; init; }

    /// <summary>The fields of a row of that kind.</summary>
    public IReadOnlyList<LabelledField> Fields { get; init; } = [];

    /// <summary>The place of a stretch of the text.</summary>
    public TextPlace At(int start, int length) => new(Line, Start + start, length, Raw.Substring(Start + start, length));

    /// <summary>The place of the whole text.</summary>
    public TextPlace Whole => At(0, Text.Length);
}
