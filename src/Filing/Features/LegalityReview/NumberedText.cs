using Filing.Features.Drafting.Intake;

namespace Filing.Features.LegalityReview;

/// <summary>A place in a text to which a finding can be given.</summary>
/// <param name="Anchor">Its name as a target on a page, e.g. <c>a12</c>; unique in the text.</param>
/// <param name="Name">As a finding names it: 第三条, 第三条（一）, 三、（七）.</param>
/// <param name="Label">The number with which its line begins: 第三条, （七）.</param>
/// <param name="Heading">Its first words where they are short; empty otherwise.</param>
public sealed record TextPlace(string Anchor, string Name, string Label, string Heading);

/// <summary>A line of a text.</summary>
/// <param name="Text">The line, blanks at its ends left out.</param>
/// <param name="Place">The place that begins with it; null where none does.</param>
public sealed record NumberedLine(string Text, TextPlace? Place)
{
    /// <summary>The line without the number with which it begins.</summary>
    public string Rest
    {
        get
        {
            if (Place is not { Label: var label }) return Text;
            // The number may be spaced in the line, and set off by marks of layout.
            var (at, found) = (0, 0);
            for (; at < Text.Length && found < label.Length; at++)
                if (Text[at] == label[found]) found++;
            return found == label.Length ? Text[at..].TrimStart() : Text;
        }
    }
}

/// <summary>A text by lines, with the places that the numbers of its outline make.</summary>
public static class NumberedText
{
    /// <summary>The lines with content, in order.</summary>
    public static IReadOnlyList<NumberedLine> Of(string? body)
    {
        if (string.IsNullOrWhiteSpace(body)) return [];
        // Vertical tabs part lines for the outline too.
        body = body.Replace('\v', '\n');
        var places = Outline.Of(body).GroupBy(p => p.Line).ToDictionary(g => g.Key, g => g.First());
        var lines = new List<NumberedLine>();
        var number = 0;
        foreach (var line in body.AsSpan().EnumerateLines())
        {
            number++;
            var text = line.Trim().ToString();
            if (text.Length > 0) lines.Add(new(text, places.TryGetValue(number, out var part) ? new($"a{number}", Name(part.Address), part.Label, part.Heading) : null));
        }

        return lines;
    }

    /// <summary>An article is known by its number in the whole text; other parts by the way to them, chapters left out.</summary>
    private static string Name(string address)
    {
        var (path, again) = address.Split('#') is [var first, var nth] ? (first, $"（第{nth}处）") : (address, "");
        var labels = path.Split('/');
        var article = Array.FindLastIndex(labels, l => l[0] == '第' && l[^1] == '条');
        var inner = Array.FindIndex(labels, l => l[0] != '第');
        return string.Concat(labels[(article >= 0 ? article : Math.Max(0, inner))..]).TrimEnd('.', '．') + again;
    }
}
