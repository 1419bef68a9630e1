using Filing.Features.Cases;

namespace Filing.Features.FilingUp;

/// <summary>Whose documents have to be filed with the next-higher government (郴政发〔2013〕2号 第十四项).</summary>
internal static class FilingDuty
{
    /// <summary>There is a next-higher government, and the profile names the kind of document.</summary>
    public static bool Applies(Case file) => file.SuperiorId is not null && file.Profile.FilingAppliesTo.Value.Contains(file.Kind);
}
