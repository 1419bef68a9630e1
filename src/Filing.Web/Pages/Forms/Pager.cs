namespace Filing.Web.Pages.Forms;

/// <summary>Where a pager stands.</summary>
/// <param name="Number">The page, from 1.</param>
/// <param name="Size">Rows of a page.</param>
/// <param name="Total">Rows on all pages.</param>
/// <param name="Unit">What is counted: 件, 条.</param>
public sealed record Pager(int Number, int Size, int Total, string Unit = "件")
{
    /// <summary>How many pages there are; one at least.</summary>
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
}
