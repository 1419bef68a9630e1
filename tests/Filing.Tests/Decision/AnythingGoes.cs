using Filing.Domain;
using Filing.Tests.Support;

namespace Filing.Tests.Decision;

/// <summary>A definition that offers every step of review, decision and signature at any time, again and again.</summary>
internal static class AnythingGoes
{
    private static readonly (string Task, Role Role, Place Place, string Outcomes)[] Steps =
    [
        ("accept-review", Role.Reviewer, Place.LegalOffice, "Accepted,Incomplete"), ("review", Role.Reviewer, Place.LegalOffice, "Concluded"),
        ("answer-findings", Role.Drafter, Place.DraftingBody, "Answered"), ("confirm-findings", Role.Reviewer, Place.LegalOffice, "Followed,NotFollowed,Again"),
        ("explain-not-followed", Role.Drafter, Place.DraftingBody, "Explained"), ("decide", Role.Secretary, Place.GovernmentOffice, "Adopted,AdoptedInPrinciple,Deferred,Rejected"),
        ("decide-by-head", Role.Secretary, Place.GovernmentOffice, "Adopted,Rejected"), ("confirm-changes", Role.Reviewer, Place.LegalOffice, "Confirmed,Returned"),
        ("sign", Role.Signer, Place.IssuingBody, "Signed,Returned"),
    ];

    /// <summary>Puts it in the place of the definition for documents of governments.</summary>
    public static void Instead(LawFolder law, OpinionGate gate)
    {
        law.Add("anything-goes.json", AnyFlow.Of(Steps));
        law.Profile(p =>
        {
            p["definitions"]!["government"] = "anything-goes";
            p["precedence"]!["value"] = new System.Text.Json.Nodes.JsonObject();
            p["review"]!["opinionNotFollowed"]!["value"] = Kebab.Of(gate);
        });
    }
}
