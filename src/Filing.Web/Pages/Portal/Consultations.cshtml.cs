using Filing.Features.Portal;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Portal;

/// <summary>公开征求意见: the drafts on which the public is asked today.</summary>
public sealed class ConsultationsModel(LegalClock clock) : PortalPage
{
    /// <summary>The consultations.</summary>
    public IReadOnlyList<PublicConsultation> Consultations { get; private set; } = [];

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (consultations, refused) = await AskAsync(new ReadPublicConsultations());
        if (refused is not null) return refused;
        Consultations = consultations!;
        return Kept();
    }
}
