using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>What kind of organ a name belongs to, by its words alone.</summary>
public enum IssuerKind
{
    /// <summary>A people's government of a county or above.</summary>
    Government,

    /// <summary>Its office (办公厅、办公室).</summary>
    GovernmentOffice,

    /// <summary>A department, commission or other organ of a government.</summary>
    Department,

    /// <summary>A township's government or a subdistrict office.</summary>
    Township,

    /// <summary>An organ of the Party.</summary>
    PartyOrgan,

    /// <summary>A leading group, headquarters, joint conference or its office (议事协调机构).</summary>
    LeadingGroupOffice,

    /// <summary>A court, procuratorate, congress, or something else that is no administrative organ.</summary>
    Other,
}

/// <summary>An organ as the paper names it.</summary>
/// <param name="Name">The name without blanks.</param>
/// <param name="Kind">What kind it is.</param>
public sealed record BodyName(string Name, IssuerKind Kind);

/// <summary>Which date of a paper it is.</summary>
public enum PaperDateKind
{
    /// <summary>成文、签署.</summary>
    Signing,

    /// <summary>会议通过.</summary>
    Adopted,

    /// <summary>统一登记.</summary>
    Registered,

    /// <summary>发文, of a catalogue: it does not say whether printed or published.</summary>
    Issued,

    /// <summary>印发.</summary>
    Printed,

    /// <summary>公布.</summary>
    Published,

    /// <summary>施行.</summary>
    InForce,

    /// <summary>有效期届满.</summary>
    ValidUntil,

    /// <summary>The date of a web page or a newspaper: no date of the paper.</summary>
    Page,

    /// <summary>未明.</summary>
    Unclear,
}

/// <summary>A date and which one it is.</summary>
/// <param name="Kind">Which date it is.</param>
/// <param name="Date">The day.</param>
public sealed record PaperDate(PaperDateKind Kind, DateOnly Date);

/// <summary>Which other number of a paper it is.</summary>
public enum OtherNumberKind
{
    /// <summary>统一登记号.</summary>
    Registration,

    /// <summary>索引号.</summary>
    Index,

    /// <summary>令第N号.</summary>
    Order,
}

/// <summary>A number other than the issue number.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Text">A registration number in its canonical writing, others as they stand.</param>
public sealed record OtherNumber(OtherNumberKind Kind, string Text);

/// <summary>A document that the paper names. Title or number, or both.</summary>
/// <param name="Title">The title without the outer brackets; null when only the number is given.</param>
/// <param name="Number">The issue number; null when none is given.</param>
/// <param name="Order">The number of an order (国务院令第492号); null when none is given.</param>
/// <param name="IsBasis">True when it stands in the opening sentence after 根据、按照、依据 or 贯彻.</param>
public sealed record CitedDocument(string? Title, IssueNumber? Number, string? Order, bool IsBasis);

/// <summary>Who makes the paper, in the sense of the register.</summary>
public enum PaperKind
{
    /// <summary>A government or its office.</summary>
    Government,

    /// <summary>A department.</summary>
    Department,

    /// <summary>A township or subdistrict.</summary>
    Township,

    /// <summary>A body that a law or regulation authorises; words alone seldom tell.</summary>
    AuthorisedBody,

    /// <summary>The Party and a government together.</summary>
    PartyGovernmentJoint,

    /// <summary>The Party alone.</summary>
    Party,

    /// <summary>None of these, or not to be told.</summary>
    Unclear,
}

/// <summary>Issued by one organ or by several.</summary>
public enum PaperIssuance
{
    /// <summary>One organ.</summary>
    Sole,

    /// <summary>Several organs; the first named leads.</summary>
    Joint,
}

/// <summary>What a clause about force or validity says.</summary>
public enum TermClauseKind
{
    /// <summary>In force from the day of printing, issue or publication.</summary>
    FromIssue,

    /// <summary>In force a number of days after printing, issue or publication.</summary>
    DaysAfterIssue,

    /// <summary>In force from a date.</summary>
    FromDate,

    /// <summary>Valid for a number of years.</summary>
    Years,

    /// <summary>Valid until a date, that day included.</summary>
    UntilDate,

    /// <summary>暂行 or 试行 in the title.</summary>
    Trial,

    /// <summary>长期有效.</summary>
    LongTerm,
}

/// <summary>A clause about force or validity.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Number">Days or years; null where the kind has none.</param>
/// <param name="Date">The date; null where the kind has none.</param>
public sealed record TermClause(TermClauseKind Kind, int? Number, DateOnly? Date);

/// <summary>Whether the paper belongs into this register, to be confirmed in the step of identification (认定).</summary>
public enum PaperScope
{
    /// <summary>Possibly a normative document: to be identified.</summary>
    Candidate,

    /// <summary>Of a sort that the rules except.</summary>
    Excluded,

    /// <summary>Goes through another channel, such as the Party's.</summary>
    OutsideRegister,
}

/// <summary>A field of a catalogue or of the paper's last page, label and value as they stand there.</summary>
/// <param name="Label">The label without the colon.</param>
/// <param name="Value">The value; empty when the field is.</param>
/// <param name="Place">The value's place, or the label's when there is no value.</param>
public sealed record LabelledField(string Label, string Value, TextPlace Place);

/// <summary>
/// What one paper says about itself, read from its text. Nothing here is a fact until a person has confirmed it. A value
/// that is null or a list that is empty was not found; <see cref="Missing"/> says which of those the rules ask for.
/// </summary>
public sealed record DocumentProposal
{
    /// <summary>The first line of the paper, from 1.</summary>
    public required int FirstLine { get; init; }

    /// <summary>The last line of the paper, included.</summary>
    public required int LastLine { get; init; }

    /// <summary>The title from 关于 on, without the organs before it; blanks and line breaks taken out.</summary>
    public Proposed<string>? Title { get; init; }

    /// <summary>The title with the organs that stand before it in the paper; equal to the title where none do.</summary>
    public string? FullTitle { get; init; }

    /// <summary>The paper that this one prints or passes on (印发、转发), by its title.</summary>
    public Proposed<string>? Enclosed { get; init; }

    /// <summary>The issuing organs, the leading one first.</summary>
    public IReadOnlyList<Proposed<BodyName>> Bodies { get; init; } = [];

    /// <summary>发文字号.</summary>
    public Proposed<IssueNumber>? Number { get; init; }

    /// <summary>统一登记号, 索引号 and the like.</summary>
    public IReadOnlyList<Proposed<OtherNumber>> OtherNumbers { get; init; } = [];

    /// <summary>All dates in the order of the text, with which one each is.</summary>
    public IReadOnlyList<Proposed<PaperDate>> Dates { get; init; } = [];

    /// <summary>主送机关, one entry for each part between commas.</summary>
    public IReadOnlyList<Proposed<string>> Receivers { get; init; } = [];

    /// <summary>抄送机关, one entry for each part between commas.</summary>
    public IReadOnlyList<Proposed<string>> Copies { get; init; } = [];

    /// <summary>Documents that the paper names, each once, in the order of the text.</summary>
    public IReadOnlyList<Proposed<CitedDocument>> Cited { get; init; } = [];

    /// <summary>文种 of the paper itself, e.g. 意见 or 通知.</summary>
    public Proposed<string>? Genre { get; init; }

    /// <summary>Who makes it.</summary>
    public Proposed<PaperKind>? Kind { get; init; }

    /// <summary>Sole or joint.</summary>
    public Proposed<PaperIssuance>? Issuance { get; init; }

    /// <summary>What it says about its force and validity.</summary>
    public IReadOnlyList<Proposed<TermClause>> Terms { get; init; } = [];

    /// <summary>印发机关.</summary>
    public Proposed<string>? PrintingBody { get; init; }

    /// <summary>发文机关署名, as it stands above the date.</summary>
    public IReadOnlyList<Proposed<BodyName>> Signature { get; init; } = [];

    /// <summary>公开方式.</summary>
    public Proposed<string>? Disclosure { get; init; }

    /// <summary>Titles of attachments, as the note of attachments lists them.</summary>
    public IReadOnlyList<Proposed<string>> Attachments { get; init; } = [];

    /// <summary>All fields with a label, of a catalogue and of the last page, in the order of the text.</summary>
    public IReadOnlyList<LabelledField> Fields { get; init; } = [];

    /// <summary>Whether it belongs into this register, with the reason.</summary>
    public required Proposed<PaperScope> Scope { get; init; }

    /// <summary>What the rules ask for and the paper does not say.</summary>
    public IReadOnlyList<MissingValue> Missing { get; init; } = [];

    /// <summary>Contradictions, gaps and notes, in the order of the text.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The first date of a kind; null when there is none.</summary>
    public Proposed<PaperDate>? DateOf(PaperDateKind kind) => Dates.FirstOrDefault(date => date.Value.Kind == kind);
}
