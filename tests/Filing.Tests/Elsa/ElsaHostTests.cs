using Filing.Domain;
using Filing.Elsa;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Elsa;

[TestFixture]
internal sealed class ElsaHostTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase("BuiltIn")]
    [TestCase("builtin")]
    public void The_built_in_runner_is_in_every_edition(string? host) => Assert.That(ElsaHost.Check(host), Is.Null);

    [Test]
    public void A_host_that_does_not_exist_is_named_with_its_setting()
    {
        var error = ElsaHost.Check("Temporal");
        Assert.That(error, Is.Not.Null);
        Assert.That((error!.Kind, error.Code, error.Field), Is.EqualTo((ErrorKind.Invalid, "config.value", "Workflows:Host")));
        Assert.That(error.Message, Does.Contain("“Temporal”"));
    }

    [TestCase("Elsa")]
    [TestCase("elsa")]
    public void Elsa_is_chosen_only_where_it_is_included(string host)
    {
        var error = ElsaHost.Check(host);
        if (ElsaHost.Included)
        {
            Assert.That(error, Is.Null);
            return;
        }

        Assert.That((error?.Kind, error?.Code, error?.Field), Is.EqualTo((ErrorKind.Refused, "config.not-in-edition", "Workflows:Host")));
        Assert.That(error!.Message, Does.Contain("Core 版"));
        Assert.That(() => new ServiceCollection().AddElsaHost(ElsaStore.Memory), Throws.InvalidOperationException.With.Message.EqualTo(error.Message));
    }
}
