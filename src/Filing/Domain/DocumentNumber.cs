using System.Diagnostics.CodeAnalysis;

namespace Filing.Domain;

/// <summary>Which of the two numbers of a paper a text is.</summary>
public enum DocumentNumberKind
{
    /// <summary>发文字号.</summary>
    Issue,

    /// <summary>统一登记号.</summary>
    Registration,
}

/// <summary>A number of a paper of either kind, in its canonical writing; for search boxes and the command line.</summary>
public sealed record DocumentNumber
{
    private DocumentNumber(DocumentNumberKind kind, string text, int year) => (Kind, Text, Year) = (kind, text, year);

    /// <summary>Which kind it is.</summary>
    public DocumentNumberKind Kind { get; }

    /// <summary>The canonical writing.</summary>
    public string Text { get; }

    /// <summary>The year in the number; it need not be the year of anything else.</summary>
    public int Year { get; }

    /// <summary>Tries the issue number, then the registration number.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="value">The number.</param>
    /// <param name="error">
    /// Why it is neither. When the text has a bracketed year or begins with a Chinese character it is measured as an issue number,
    /// otherwise as a registration number; the codes are those of <see cref="IssueNumber.TryParse"/> and <see cref="RegistrationNumber.TryParse"/>.
    /// </param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DocumentNumber? value, [NotNullWhen(false)] out Error? error)
    {
        if (IssueNumber.TryParse(text, out var issue, out error))
        {
            value = new DocumentNumber(DocumentNumberKind.Issue, issue.ToString(), issue.Year);
            return true;
        }

        if (RegistrationNumber.TryParse(text, out var registration, out var registrationError))
        {
            value = new DocumentNumber(DocumentNumberKind.Registration, registration.ToString(), registration.Year);
            error = null;
            return true;
        }

        value = null;
        if (text is not null && !Glyph.IsBroken(text) && Glyph.Squeeze(text) is [var first, ..] typed
            && !typed.AsSpan().ContainsAny(TypedNumber.Openings) && char.IsAsciiLetter(first))
            error = registrationError;
        return false;
    }

    /// <summary>The canonical writing.</summary>
    public override string ToString() => Text;
}
