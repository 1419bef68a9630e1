namespace Filing.Features.Drafting.Intake;

/// <summary>How sure a proposal is. A person confirms every one; the sureness decides what they should look at first.</summary>
public enum Sureness
{
    /// <summary>Better than nothing.</summary>
    Guess,

    /// <summary>The usual reading of what stands there.</summary>
    Likely,

    /// <summary>The paper says so in so many words, or two places of it agree.</summary>
    Certain,
}

/// <summary>
/// A stretch of the text that was read. It may run over line breaks: each break counts one unit of <paramref name="Length"/>
/// and is a line feed in <paramref name="Quote"/>.
/// </summary>
/// <param name="Line">The line it begins in, from 1.</param>
/// <param name="Start">The UTF-16 unit of that line it begins at, from 0.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="Quote">The text itself, as it stands there.</param>
public sealed record TextPlace(int Line, int Start, int Length, string Quote);

/// <summary>A value that was read from a text and that a person has to confirm.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value, in its usual writing.</param>
/// <param name="Place">Where it was read.</param>
/// <param name="Sureness">How sure it is.</param>
/// <param name="Remark">One Chinese sentence: how it was read, and what to look at.</param>
public sealed record Proposed<T>(T Value, TextPlace Place, Sureness Sureness, string Remark);

/// <summary>Something that the paper should say and does not.</summary>
/// <param name="Field">The field in camelCase, e.g. <c>publishedOn</c>.</param>
/// <param name="Message">What is missing, and what is asked, in Chinese.</param>
/// <param name="Rule">The rule that asks for it, in Chinese; null where none is known.</param>
public sealed record MissingValue(string Field, string Message, string? Rule);

/// <summary>How much a finding weighs.</summary>
public enum FindingWeight
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>A field is empty or written irregularly.</summary>
    Gap,

    /// <summary>Two places of the text contradict each other.</summary>
    Contradiction,
}

/// <summary>Something about the paper that a person should see: two places that do not agree, or a gap in its catalogue.</summary>
/// <param name="Code">Stable: <c>DATE_ORDER</c>, <c>META_GAP</c>, <c>META_CONFLICT</c>, <c>INDEX_REGION</c>, <c>INDEX_YEAR</c>,
/// <c>NUMBER_YEAR</c>, <c>NUMBER_FORM</c>, <c>REGISTERED_AFTER_SIGNED</c>.</param>
/// <param name="Weight">How much it weighs.</param>
/// <param name="Message">One Chinese sentence with both values.</param>
/// <param name="First">The place that is doubted.</param>
/// <param name="Second">The place it is measured against; null when there is only one.</param>
public sealed record Finding(string Code, FindingWeight Weight, string Message, TextPlace First, TextPlace? Second);
