using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Pipeline;

namespace Filing.Features.Registration;

/// <summary>What stands approved of a document: decided on, signed at every level and by every body, unchanged since.</summary>
/// <param name="Text">The approved text; null when nothing stands.</param>
/// <param name="SignedOn">The day of the last signature that stands.</param>
/// <param name="Why">What is lacking; null when nothing is.</param>
internal sealed record Approval(TextVersion? Text, DateOnly? SignedOn, Error? Why)
{
    /// <summary>The text was approved, and then changed.</summary>
    public bool Changed => Why?.Code == "sign.text-changed";

    /// <summary>Reads the approval of a document.</summary>
    public static async Task<Approval> LoadAsync(Work work, Case file)
    {
        // A document that went back keeps the fact of its signature; only the signatures tell whether it stands.
        if (!file.Has(FactKind.Signed)) return new(null, null, Error.Refused("sign.missing", "尚未签发完毕。"));
        if (!(await DecisionGates.SignedAsync(work, file)).TryGet(out var signed, out var error)) return new(null, null, error);
        var text = await work.Db.QuerySingleOrDefaultAsync<TextVersion>(
            """
            -- Registration/Approval: the approved text
            SELECT Id, No, Purpose, Body, Digest FROM DocumentText WHERE Id = @TextId
            """,
            new { signed.TextId });
        return new(text, signed.SignedOn, null);
    }
}
