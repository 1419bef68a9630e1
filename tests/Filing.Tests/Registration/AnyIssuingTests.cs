using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.FilingUp;
using Filing.Features.Publication;
using Filing.Features.Registration;
using Filing.Tests.Support;

namespace Filing.Tests.Registration;

/// <summary>Signed before registered, registered before numbered, numbered before published, published before filed: with a definition that offers all of it at any time.</summary>
[TestFixture]
internal sealed class AnyIssuingTests
{
    private static readonly (string Task, Role Role, Place Place, string Outcomes)[] Steps =
    [
        ("accept-review", Role.Reviewer, Place.LegalOffice, "Accepted,Incomplete"), ("review", Role.Reviewer, Place.LegalOffice, "Concluded"),
        ("decide", Role.Secretary, Place.GovernmentOffice, "Adopted,AdoptedInPrinciple,Deferred,Rejected"), ("sign", Role.Signer, Place.IssuingBody, "Signed,Returned"),
        ("register", Role.Registrar, Place.LegalOffice, "Registered,Returned"), ("number", Role.Registrar, Place.LegalOffice, "Numbered"),
        ("publish", Role.Publisher, Place.GovernmentOffice, "Published"), ("file-up", Role.Filer, Place.GovernmentOffice, "Sent"),
    ];

    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Start()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start, law =>
        {
            law.Add("anything-goes.json", AnyFlow.Of(Steps));
            law.Profile(p =>
            {
                p["definitions"]!["government"] = "anything-goes";
                p["precedence"]!["value"] = new System.Text.Json.Nodes.JsonObject();
            });
        });
        _journey = await Journey.SubmittedAsync(_register);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task<string?> Register() => (await _register.As("registrar").Try(new EnterInRegister(_journey.Document))).Error?.Code;

    private async Task<string?> Number(string number = Issuing.IssueNumber) => (await _register.As("registrar").Try(new AssignNumber(_journey.Document, number))).Error?.Code;

    private async Task<string?> Publish() => (await _register.As("publisher").Try(new Publish(_journey.Document, [Issuing.Site(_register.Today)]))).Error?.Code;

    private async Task<string?> File() => (await _register.As("filer").Try(new FileUp(_journey.Document))).Error?.Code;

    private async Task<string?[]> All() => [await Register(), await Number(), await Publish(), await File()];

    [Test]
    public async Task Each_step_waits_for_the_one_before()
    {
        string[] unsigned = ["register.not-signed", "number.not-signed", "publish.not-signed", "filing.not-published"];
        Assert.That(await All(), Is.EqualTo(unsigned), "submitted");
        await _journey.PassAsync();
        await _journey.DecideAsync();
        Assert.That(await All(), Is.EqualTo(unsigned), "decided");
        await _journey.SignAsync();
        Assert.That(await All(), Is.EqualTo(unsigned), "signed at the first level");
        await _journey.SignAsync();
        Assert.That(await Number(), Is.EqualTo("number.not-registered"));
        Assert.That(await Publish(), Is.EqualTo("publish.not-registered"));
        Assert.That(await Register(), Is.Null);
        Assert.That(await Publish(), Is.EqualTo("publish.no-registration-number"));
        Assert.That(await Number(), Is.Null);
        Assert.That(await File(), Is.EqualTo("filing.not-published"));
        Assert.That(await Publish(), Is.Null);
    }

    [Test]
    public async Task Nothing_is_done_twice()
    {
        await _journey.PassAsync();
        await _journey.DecideAsync();
        await _journey.SignAsync();
        await _journey.SignAsync();
        await Register();
        Assert.That(await Register(), Is.EqualTo("register.already"));
        await Number();
        Assert.That(await Number("郴政发〔2013〕3号"), Is.EqualTo("number.already"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Number"), Is.EqualTo(2));
        await Publish();
        Assert.That(await Publish(), Is.EqualTo("publish.already"));
    }

    [Test]
    public async Task A_signature_that_was_taken_back_registers_nothing()
    {
        await _journey.PassAsync();
        await _journey.DecideAsync();
        await _journey.SignAsync();
        await _journey.SignAsync();
        await _register.As("registrar").Send(new EnterInRegister(_journey.Document, RegisterOutcome.Returned, "附件缺页"));
        Assert.That(await All(), Is.EqualTo(["register.not-signed", "number.not-signed", "publish.not-signed", "filing.not-published"]));
    }

    [Test]
    public async Task A_text_that_changes_after_registration_is_neither_numbered_nor_published()
    {
        await _journey.PassAsync();
        await _journey.DecideAsync();
        await _journey.SignAsync();
        await _journey.SignAsync();
        await Register();
        await _journey.TamperAsync("第一条 另有规定。");
        Assert.That(await Number(), Is.EqualTo("number.text-changed"));
        await _journey.TamperAsync(Journey.Text);
        Assert.That(await Number(), Is.Null);
        await _journey.TamperAsync("第一条 另有规定。");
        Assert.That(await Publish(), Is.EqualTo("publish.text-changed"));
    }

    [Test]
    public async Task A_document_that_was_not_decided_is_not_signed()
    {
        await _journey.PassAsync();
        Assert.That((await _register.As("signer").Try(new SignDocument(_journey.Document, SigningOutcome.Signed))).Error?.Code, Is.EqualTo("sign.not-decided"));
        Assert.That(await Register(), Is.EqualTo("register.not-signed"));
    }

    [Test]
    public async Task A_definition_that_ends_after_the_numbering_leaves_no_number_that_stands()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law =>
        {
            var flow = AnyFlow.Of(Steps);
            var (activities, connections) = (flow["root"]!["activities"]!.AsArray(), flow["root"]!["connections"]!.AsArray());
            var over = activities.Single(a => (string?)a!["id"] == "number")!.DeepClone();
            (over["id"], over["type"]) = ("over", "Filing.Conclude");
            over["outcome"] = over["task"]!.DeepClone();
            foreach (var input in new[] { "task", "role", "place", "outcomes" }) over.AsObject().Remove(input);
            activities.Add(over);
            connections.Single(c => (string?)c!["source"]!["activity"] == "number")!["target"]!["activity"] = "over";
            law.Add("anything-goes.json", flow);
            law.Profile(p =>
            {
                p["definitions"]!["government"] = "anything-goes";
                p["precedence"]!["value"] = new System.Text.Json.Nodes.JsonObject();
            });
        });
        var journey = await Journey.SubmittedAsync(register);
        await journey.PassAsync();
        await journey.DecideAsync();
        await journey.SignAsync();
        await journey.SignAsync();
        await register.RegisterAsync(journey);
        await register.As("registrar").Send(new AssignNumber(journey.Document, Issuing.IssueNumber));
        Assert.That(await register.Scalar<int>("SELECT COUNT(*) FROM CaseFile WHERE ClosedAt IS NOT NULL"), Is.EqualTo(1));
        Assert.That(await register.Rows<string>("SELECT VoidReason FROM Number"), Is.EqualTo(["办理终结，文件未公布", "办理终结，文件未公布"]));
    }
}
