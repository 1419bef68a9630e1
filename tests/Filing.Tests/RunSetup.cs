using Filing.Tests.Support;

namespace Filing.Tests;

/// <summary>What holds for a whole run of the tests.</summary>
[SetUpFixture]
internal sealed class RunSetup
{
    [OneTimeSetUp]
    public void Choose() => TestHost.Choose();

    [OneTimeTearDown]
    public void Leave() => TestDatabase.DropAll();
}
