using Filing.Domain;
using Filing.Features.Registration;

namespace Filing.Web.Pages.Registration;

/// <summary>What of the register is shown, as its address says it.</summary>
public sealed class RegisterFilter
{
    /// <summary>Part of a title or number.</summary>
    public string? Q { get; set; }

    /// <summary>Year of registration.</summary>
    public int? Year { get; set; }

    /// <summary>Code of the issuing body.</summary>
    public string? Body { get; set; }

    /// <summary>Whose documents.</summary>
    public DocumentKind? Kind { get; set; }

    /// <summary>Code of a series.</summary>
    public string? Series { get; set; }

    /// <summary>Only what has a void number.</summary>
    public bool Void { get; set; }

    /// <summary>With what lower governments file.</summary>
    public bool Lower { get; set; }

    /// <summary>The page, from 1.</summary>
    public int P { get; set; } = 1;

    /// <summary>True when something is left out.</summary>
    public bool Narrow => Q is not null || Year is not null || Body is not null || Kind is not null || Series is not null || Void || Lower;

    /// <summary>The question.</summary>
    public ReadRegister Query => new(Q, Year, Kind, Body, Page: P, Series: Series, Void: Void, Own: !Lower);
}
