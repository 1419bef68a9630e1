#if FULL_EDITION
using Filing.Features.Drafting;
using Filing.Tests.Support;

namespace Filing.Tests.Elsa;

/// <summary>A case on Elsa's runtime.</summary>
[TestFixture]
internal sealed class ElsaWalkTests
{
    [Test]
    public async Task Debug()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start);
        var journey = await Journey.SubmittedAsync(register);
        await register.As("reviewer").Send(new IdentifyDocument(journey.Document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        foreach (var line in await register.Rows<string>("SELECT DeliveryKey || ' ' || COALESCE(DeliveredAt,'-') || ' ' || Attempts || ' ' || COALESCE(LastError,'') FROM Outbox ORDER BY CreatedAt, Id")) TestContext.Out.WriteLine(line);
        foreach (var line in await register.Rows<string>("SELECT InstanceId || ' ' || Seq || ' ' || NodeId || ' ' || Visit || ' ' || What || ' ' || COALESCE(Outcomes,'') FROM WorkflowStep ORDER BY InstanceId, Seq")) TestContext.Out.WriteLine(line);
    }
}
#endif
