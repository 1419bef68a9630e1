using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Filing.Domain;

/// <summary>What became of a piece of text.</summary>
public enum TextChange
{
    /// <summary>It is in both texts.</summary>
    Same,

    /// <summary>It is in the old text only.</summary>
    Removed,

    /// <summary>It is in the new text only.</summary>
    Added,
}

/// <summary>A piece of a paragraph.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Text">The characters; never empty.</param>
public sealed record TextRun(TextChange Change, string Text);

/// <summary>A paragraph of one text or of both.</summary>
/// <param name="Change">Where it is: <see cref="TextChange.Same"/> means in both, with or without changes inside.</param>
/// <param name="Runs">Its characters, old and new, in the order of reading.</param>
public sealed record ParagraphDiff(TextChange Change, ImmutableArray<TextRun> Runs)
{
    /// <summary>True when nothing in it was changed.</summary>
    public bool Untouched => Change == TextChange.Same && Runs.All(r => r.Change == TextChange.Same);
}

/// <summary>
/// The differences between two versions of a text, for people who answer for them: first by paragraphs, then by characters inside the paragraphs
/// that correspond. A paragraph is a line with content, without the blanks at its ends. Layout is no difference: paragraphs whose canonical form
/// (<see cref="CanonicalText"/>) is the same are untouched and shown as the new text has them; empty lines do not count.
/// </summary>
public sealed class TextDiff
{
    /// <summary>How much two paragraphs must have in common to be one that was changed, in hundredths of their pairs of characters.</summary>
    private const int Kinship = 40;

    /// <summary>The most comparisons between paragraphs that were taken out and put in at one place; beyond it they are not paired.</summary>
    private const int MostComparisons = 40_000;

    private TextDiff(IReadOnlyList<ParagraphDiff> paragraphs) => Paragraphs = paragraphs;

    /// <summary>All paragraphs of both texts, in the order of reading.</summary>
    public IReadOnlyList<ParagraphDiff> Paragraphs { get; }

    /// <summary>True when the texts say the same.</summary>
    public bool Same => Paragraphs.All(p => p.Untouched);

    /// <summary>The paragraphs that came in.</summary>
    public int Added => Paragraphs.Count(p => p.Change == TextChange.Added);

    /// <summary>The paragraphs that were taken out.</summary>
    public int Removed => Paragraphs.Count(p => p.Change == TextChange.Removed);

    /// <summary>The paragraphs in both that were changed inside.</summary>
    public int Changed => Paragraphs.Count(p => p.Change == TextChange.Same && !p.Untouched);

    /// <summary>How much changed, in one Chinese phrase.</summary>
    public string Said => Same ? "没有改动" : $"改动 {Changed} 段，新增 {Added} 段，删去 {Removed} 段";

    /// <summary>The paragraphs of the new text: what it would be to apply the differences to the old one.</summary>
    public IEnumerable<string> Apply() => Paragraphs.Where(p => p.Change != TextChange.Removed).Select(p => Read(p, TextChange.Added));

    /// <summary>The paragraphs of the old text; those that differ only in layout read as the new text has them.</summary>
    public IEnumerable<string> Undo() => Paragraphs.Where(p => p.Change != TextChange.Added).Select(p => Read(p, TextChange.Removed));

    /// <summary>The paragraphs of a text, as they are compared.</summary>
    public static IReadOnlyList<string> ParagraphsOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var paragraphs = new List<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var paragraph = line.Trim().ToString();
            if (Canonical(paragraph).Length > 0) paragraphs.Add(paragraph);
        }

        return paragraphs;
    }

    /// <summary>Compares two texts.</summary>
    public static TextDiff Between(string before, string after)
    {
        var (old, now) = (ParagraphsOf(before), ParagraphsOf(after));
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        var script = Myers.Script(Keys(old), Keys(now));
        var (paragraphs, removed, added) = (new List<ParagraphDiff>(script.Count), new List<string>(), new List<string>());
        var (x, y) = (0, 0);
        foreach (var edit in script)
        {
            switch (edit)
            {
                case Edit.Remove:
                    removed.Add(old[x++]);
                    break;
                case Edit.Add:
                    added.Add(now[y++]);
                    break;
                case Edit.Keep:
                    Pair(removed, added, paragraphs);
                    paragraphs.Add(Whole(TextChange.Same, now[y++]));
                    x++;
                    break;
            }
        }

        Pair(removed, added, paragraphs);
        return new(paragraphs);

        int[] Keys(IReadOnlyList<string> lines) => [.. lines.Select(l =>
        {
            ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(keys, Canonical(l), out var known);
            if (!known) key = keys.Count;
            return key;
        })];
    }

    private static string Canonical(string line) => string.Concat(CanonicalText.Lines(line));

    private static string Read(ParagraphDiff paragraph, TextChange side) => string.Concat(paragraph.Runs.Where(r => r.Change == TextChange.Same || r.Change == side).Select(r => r.Text));

    private static ParagraphDiff Whole(TextChange change, string text) => new(change, [new(change, text)]);

    /// <summary>What was taken out and put in at one place: those most alike are one paragraph that was changed, in the order of both texts.</summary>
    private static void Pair(List<string> removed, List<string> added, List<ParagraphDiff> into)
    {
        var (x, y) = (0, 0);
        foreach (var (old, now) in Kin(removed, added))
        {
            while (x < old) into.Add(Whole(TextChange.Removed, removed[x++]));
            while (y < now) into.Add(Whole(TextChange.Added, added[y++]));
            into.Add(new(TextChange.Same, Inside(removed[x++], added[y++])));
        }

        into.AddRange(removed.Skip(x).Select(l => Whole(TextChange.Removed, l)));
        into.AddRange(added.Skip(y).Select(l => Whole(TextChange.Added, l)));
        removed.Clear();
        added.Clear();
    }

    /// <summary>The pairs, ascending in both, that have most in common together.</summary>
    private static List<(int Old, int Now)> Kin(List<string> removed, List<string> added)
    {
        if (removed.Count == 0 || added.Count == 0 || (long)removed.Count * added.Count > MostComparisons) return [];
        var (left, right) = (removed.ConvertAll(PairsOf), added.ConvertAll(PairsOf));
        var best = new int[removed.Count + 1, added.Count + 1];
        var alike = new int[removed.Count, added.Count];
        for (var i = removed.Count - 1; i >= 0; i--)
        {
            for (var j = added.Count - 1; j >= 0; j--)
            {
                alike[i, j] = Alike(left[i], right[j]);
                best[i, j] = Math.Max(best[i + 1, j], best[i, j + 1]);
                if (alike[i, j] >= Kinship) best[i, j] = Math.Max(best[i, j], best[i + 1, j + 1] + alike[i, j]);
            }
        }

        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < removed.Count && j < added.Count;)
        {
            if (alike[i, j] >= Kinship && best[i, j] == best[i + 1, j + 1] + alike[i, j]) pairs.Add((i++, j++));
            else if (best[i, j] == best[i + 1, j]) i++;
            else j++;
        }

        return pairs;
    }

    private static Dictionary<int, int> PairsOf(string text)
    {
        var pairs = new Dictionary<int, int>();
        for (var i = 1; i < text.Length; i++) CollectionsMarshal.GetValueRefOrAddDefault(pairs, (text[i - 1] << 16) | text[i], out _)++;
        return pairs;
    }

    /// <summary>Pairs of characters in common, in hundredths (Dice).</summary>
    private static int Alike(Dictionary<int, int> left, Dictionary<int, int> right)
    {
        var total = left.Values.Sum() + right.Values.Sum();
        return total == 0 ? 0 : 200 * left.Sum(p => Math.Min(p.Value, right.GetValueOrDefault(p.Key))) / total;
    }

    /// <summary>The differences inside a paragraph, by characters; half of a character outside the basic plane is never cut off.</summary>
    private static ImmutableArray<TextRun> Inside(string before, string after)
    {
        var (old, now) = (Units(before), Units(after));
        var script = Myers.Script([.. old.Select(Key)], [.. now.Select(Key)]);
        var clusters = new List<(TextChange Change, StringBuilder Old, StringBuilder Now)>();
        var (x, y) = (0, 0);
        foreach (var edit in script)
        {
            var kept = edit == Edit.Keep;
            if (clusters.Count == 0 || clusters[^1].Change == TextChange.Same != kept) clusters.Add((kept ? TextChange.Same : TextChange.Added, new(), new()));
            if (edit != Edit.Add) clusters[^1].Old.Append(old[x++]);
            if (edit != Edit.Remove) clusters[^1].Now.Append(now[y++]);
        }

        // A single character between two changes reads as noise, not as text that stayed.
        for (var i = clusters.Count - 2; i > 0; i--)
        {
            if (clusters[i].Change != TextChange.Same || clusters[i].Now.Length > 1) continue;
            clusters[i - 1].Old.Append(clusters[i].Old).Append(clusters[i + 1].Old);
            clusters[i - 1].Now.Append(clusters[i].Now).Append(clusters[i + 1].Now);
            clusters.RemoveRange(i, 2);
        }

        var runs = ImmutableArray.CreateBuilder<TextRun>();
        foreach (var (change, gone, come) in clusters)
        {
            if (change != TextChange.Same && gone.Length > 0) runs.Add(new(TextChange.Removed, gone.ToString()));
            if (come.Length > 0) runs.Add(new(change, come.ToString()));
        }

        return runs.ToImmutable();
    }

    private static List<string> Units(string text)
    {
        var units = new List<string>(text.Length);
        for (var i = 0; i < text.Length; i += units[^1].Length) units.Add(text.Substring(i, i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1));
        return units;
    }

    private static int Key(string unit) => unit.Length == 1 ? unit[0] : char.ConvertToUtf32(unit[0], unit[1]);
}
