using System.Collections.Frozen;
using System.Text;

namespace Filing.Domain;

/// <summary>
/// The body of an official text as approval binds it: what remains when layout and the named slots are taken away, so that the signed DOCX, the PDF and
/// the page on the web site of one text have one <see cref="Digest"/>. Taken away are: invisible characters; the kinds of line ends; white space
/// beside a Chinese character or Chinese punctuation (any other run of it is one space), line and page breaks included, because a PDF breaks
/// lines where a DOCX does not; and the slots of <see cref="TextSlot"/>. Letters are composed (NFC) and nothing else about them is
/// changed: a full-width comma is not a comma.
/// </summary>
/// <remarks>Canonical text is its own canonical text. Half characters become U+FFFD.</remarks>
public sealed class CanonicalText
{
    private readonly int[] _starts;
    private readonly string[] _paragraphs;

    private CanonicalText(string body, FrozenDictionary<string, string> slots, string[] paragraphs, int[] starts)
    {
        (Body, Slots, _paragraphs, _starts) = (body, slots, paragraphs, starts);
        Digest = ContentDigest.OfExactly(body).ToString();
    }

    /// <summary>The canonical body, one line.</summary>
    public string Body { get; }

    /// <summary>What the slots hold, by the names of <see cref="TextSlot"/>; several finds of one slot are separated by line feeds.</summary>
    public IReadOnlyDictionary<string, string> Slots { get; }

    /// <summary>The paragraphs (lines with content) of the body as the text had them, without the slots.</summary>
    public IReadOnlyList<string> Paragraphs => _paragraphs;

    /// <summary>SHA-256 of the body in UTF-8, as <see cref="ContentDigest"/> writes it: <c>sha256:</c> and hex.</summary>
    public string Digest { get; }

    /// <summary>Reads a text.</summary>
    public static CanonicalText From(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slots = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var paragraphs = TextSlot.Take(Lines(text), slots);
        var (body, starts) = Join(paragraphs);

        // Two lines that are joined may look like a slot; the second reading must find what the first one left.
        for (var again = Again(body, slots); again != body; again = Again(body, slots))
            (body, paragraphs, starts) = (again, [again], [0]);

        return new CanonicalText(body, slots.ToFrozenDictionary(slot => slot.Key, slot => string.Join('\n', slot.Value)), [.. paragraphs], starts);
    }

    /// <summary>
    /// Compares a published text with the approved one: the same body, whatever the slots of either hold.
    /// </summary>
    public static BodyComparison Matches(string approved, string published) => Matches(From(approved), From(published));

    /// <inheritdoc cref="Matches(string, string)"/>
    public static BodyComparison Matches(CanonicalText approved, CanonicalText published)
    {
        ArgumentNullException.ThrowIfNull(approved);
        ArgumentNullException.ThrowIfNull(published);
        return new BodyComparison(published.Slots, Difference(approved, published));
    }

    private static BodyDifference? Difference(CanonicalText approved, CanonicalText published)
    {
        var (a, b) = (approved.Body, published.Body);
        var at = a.AsSpan().CommonPrefixLength(b);
        if (at == a.Length && at == b.Length)
            return null;
        if (at > 0 && char.IsHighSurrogate(a[at - 1]))
            at--;
        return new BodyDifference(
            approved.ParagraphAt(at), published.ParagraphAt(at), Around(a, at), Around(b, at));
    }

    private int ParagraphAt(int offset)
    {
        var index = Array.BinarySearch(_starts, offset);
        return Math.Max(1, index >= 0 ? index + 1 : ~index);
    }

    private static string Around(string body, int at)
    {
        var (from, to) = (Math.Max(0, at - 10), Math.Min(body.Length, at + 20));
        from += from > 0 && char.IsLowSurrogate(body[from]) ? 1 : 0;
        to -= to < body.Length && char.IsLowSurrogate(body[to]) ? 1 : 0;
        return $"{(from > 0 ? "…" : "")}{body[from..to]}{(to < body.Length ? "…" : "")}";
    }

    private static string Again(string body, SortedDictionary<string, List<string>> slots) => Join(TextSlot.Take(Lines(body), slots)).Body;

    private static (string Body, int[] Starts) Join(List<string> paragraphs)
    {
        var body = new StringBuilder();
        var starts = new int[paragraphs.Count];
        for (var index = 0; index < paragraphs.Count; index++)
        {
            if (body.Length > 0 && !IsChinese(body[^1]) && !IsChinese(paragraphs[index][0]))
                body.Append(' ');
            starts[index] = body.Length;
            body.Append(paragraphs[index]);
        }

        return (body.ToString().Normalize(NormalizationForm.FormC), starts);
    }

    /// <summary>The lines with content, each canonical by itself.</summary>
    internal static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029)
                Close();
            else if (!(rune.IsBmp && Glyph.IsInvisible((char)rune.Value)) && !Glyph.IsVariation(rune) && (Rune.IsWhiteSpace(rune) || !Rune.IsControl(rune)))
                line.Append(Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        Close();
        return lines;

        void Close()
        {
            var canonical = Tighten(line.ToString().Normalize(NormalizationForm.FormC));
            if (canonical.Length > 0)
                lines.Add(canonical);
            line.Clear();
        }
    }

    /// <summary>Drops spaces beside Chinese, and makes any other run of them one.</summary>
    private static string Tighten(string line)
    {
        var tight = new StringBuilder(line.Length);
        var space = false;
        foreach (var c in line)
        {
            if (c == ' ')
            {
                space = tight.Length > 0;
                continue;
            }

            if (space && !IsChinese(c) && !IsChinese(tight[^1]))
                tight.Append(' ');
            space = false;
            tight.Append(c);
        }

        return tight.ToString();
    }

    /// <summary>Characters of Chinese typesetting, beside which a space is layout. Surrogates are rare Chinese characters in these texts.</summary>
    private static bool IsChinese(char c) => c is (>= '\u2E80' and <= '\uA4CF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE4F')
        or (>= '\uFF00' and <= '\uFFEF') or (>= '\u2014' and <= '\u201F') or '\u2026' or '\u00B7' or '\u2500' or (>= '\uD840' and <= '\uD8FF') || char.IsLowSurrogate(c);
}

/// <summary>Whether a published text, its slots aside, is the approved one.</summary>
/// <param name="Slots">What the published text's slots hold.</param>
/// <param name="First">The first place where the bodies part, or null when they are the same.</param>
public sealed record BodyComparison(IReadOnlyDictionary<string, string> Slots, BodyDifference? First)
{
    /// <summary>True when the published body is the approved body.</summary>
    public bool Same => First is null;

    /// <summary>The outcome as an error for commands that need the texts to be the same (<c>text.differs</c>), or null.</summary>
    public Error? Error => First is null ? null : Error.Refused("text.differs", First.Message);
}

/// <summary>The first place where two bodies part.</summary>
/// <param name="ApprovedParagraph">The paragraph of the approved text, from 1, slots not counted.</param>
/// <param name="PublishedParagraph">The paragraph of the published text, from 1, slots not counted.</param>
/// <param name="Approved">What the approved text has there, with a little before it.</param>
/// <param name="Published">What the published text has there.</param>
public sealed record BodyDifference(int ApprovedParagraph, int PublishedParagraph, string Approved, string Published)
{
    /// <summary>One Chinese sentence for people.</summary>
    public string Message =>
        $"与审签文本不一致：审签文本第 {ApprovedParagraph} 段为“{Approved}”，公布文本第 {PublishedParagraph} 段为“{Published}”。";
}
