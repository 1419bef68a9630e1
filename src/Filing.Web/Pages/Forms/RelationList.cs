using Filing.Features.Relations;

namespace Filing.Web.Pages.Forms;

/// <summary>Relations to show.</summary>
/// <param name="Lines">The relations.</param>
/// <param name="Public">True where the other documents are linked to their public pages.</param>
public sealed record RelationList(IReadOnlyList<RelationLine> Lines, bool Public);
