namespace Filing.Web.Pages.Steps;

/// <summary>A page that holds the text of a document, for <c>_TextField.cshtml</c>.</summary>
public interface ITextPage
{
    /// <summary>The text.</summary>
    string? Text { get; }

    /// <summary>不涉密, for the file.</summary>
    bool NotSecret { get; }

    /// <summary>What was read from a file just now; null when nothing was.</summary>
    string? TextSaid { get; }
}
