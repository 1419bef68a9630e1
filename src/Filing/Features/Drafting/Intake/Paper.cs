using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>The rows of one paper of a page.</summary>
/// <param name="Rows">All rows of the page.</param>
/// <param name="First">The index of the paper's first row.</param>
/// <param name="Last">The index of its last row, included.</param>
/// <param name="Title">Its title; null when none was found.</param>
/// <param name="Headline">The same title in the head of a web page.</param>
/// <param name="Number">The issue number of its head.</param>
/// <param name="HeadBodies">The organs above the title, in the order of the page.</param>
internal sealed record Paper(
    IReadOnlyList<PageRow> Rows, int First, int Last, Title? Title, Title? Headline, (TextPlace Place, IssueNumber Number)? Number,
    IReadOnlyList<Proposed<BodyName>> HeadBodies)
{
    /// <summary>The first row after title and number.</summary>
    public int BodyFirst { get; init; } = First;

    /// <summary>Furniture and fields of the page before the first of several papers.</summary>
    public IReadOnlyList<PageRow> PageHead { get; init; } = [];

    /// <summary>The site's code at the foot of a web page; null when there is none.</summary>
    public TextPlace? SiteCode { get; init; }

    /// <summary>The rows from the first after the title to the last.</summary>
    public IEnumerable<PageRow> Body => Rows.Skip(BodyFirst).Take(Last - BodyFirst + 1);

    /// <summary>All rows of the paper.</summary>
    public IEnumerable<PageRow> All => Rows.Skip(First).Take(Last - First + 1);
}
