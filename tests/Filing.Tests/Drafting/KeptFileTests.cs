using Filing.Data;
using Filing.Features.Desks;
using Filing.Features.Supervision;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Drafting;

/// <summary>A file that somebody uploaded into a form and has not sent yet.</summary>
[TestFixture]
internal sealed class KeptFileTests
{
    [Test]
    public async Task The_orphan_collector_leaves_it_until_the_form_is_sent_or_given_up()
    {
        await using var register = await TestRegister.OpenAsync();
        var stored = await register.StoreAsync([1, 2, 3]);
        var drafter = register.As("drafter");
        await drafter.Send(new SaveForm("/drafts/new?form=1", "{}", null, [stored.Sha256]));
        await drafter.Send(new SaveForm("/drafts/new?form=1", "{}", 1, [stored.Sha256]));
        register.Clock.Move(register.Clock.GetUtcNow().AddDays(400), 0);
        var collector = new OrphanCollector(register.Database, register.Services.GetRequiredService<MaterialStore>());
        Assert.That(await collector.RunAsync(), Is.Zero);
        Assert.That((await drafter.Send(new ListSavedForms("/drafts/new"))).Select(f => (f.Form, f.Revision)), Is.EqualTo([("/drafts/new?form=1", 2)]));
        Assert.That(await register.As("drafter-finance").Send(new ListSavedForms("/drafts/new")), Is.Empty);
        await drafter.Send(new DropForm("/drafts/new?form=1"));
        Assert.That(await collector.RunAsync(), Is.EqualTo(1));
    }
}
