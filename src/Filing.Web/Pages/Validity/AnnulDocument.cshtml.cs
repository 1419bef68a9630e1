using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Web.Pages.Validity;

/// <summary>撤销.</summary>
public sealed class AnnulModel : EndingPage
{
    /// <inheritdoc/>
    public override string Act => "撤销";

    /// <inheritdoc/>
    public override string Verb => "annul-document";

    /// <inheritdoc/>
    public override string Effect => "备案机关（或制定机关按其决定）撤销文件，自该日起不再有效。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new AnnulDocument(Id, Source ?? "", Reason ?? "", On);
}
