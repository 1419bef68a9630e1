using Filing.Domain;
using Filing.Features.Registration;
using Filing.Tests.Support;

namespace Filing.Tests.Registration;

[TestFixture]
internal sealed class NumberingTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync(Issuing.Start);

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Registrar => _register.As("registrar");

    [TestCase("reviewer", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Only_the_registrar_numbers(string login, string code)
    {
        var journey = await Issuing.RegisteredAsync(_register);
        Assert.That((await _register.As(login).Try(new AssignNumber(journey.Document, Issuing.IssueNumber))).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task The_register_gives_the_registration_number_and_records_the_issue_number()
    {
        var journey = await Issuing.RegisteredAsync(_register);
        var numbers = await Registrar.Send(new AssignNumber(journey.Document, "郴政发[2013]第002号"));
        Assert.That(numbers, Is.EqualTo(new NumbersAssigned("CZCR-2013-00001", "郴政发〔2013〕2号")));
        Assert.That(await journey.TasksAsync(), Is.EqualTo(["publish"]));
        Assert.That(await journey.FactsAsync(FactKind.Numbered), Is.EqualTo(["CZCR-2013-00001、郴政发〔2013〕2号"]));
        Assert.That((await journey.EventsAsync()).Count(e => e == "number-assigned"), Is.EqualTo(2));
        var book = await Registrar.Send(new ReadSeries());
        Assert.That(book.Years.Select(y => (y.Pattern, y.Pool, y.Year, y.Opening, y.Next, y.Issued)), Is.EquivalentTo(new (string, string, int, int?, int?, int)[]
        {
            ("郴政发〔{year}〕{serial}号", "external", 2013, null, null, 1), ("CZCR-{year}-00{serial:000}", "owned", 2013, 1, 2, 1),
        }));
        Assert.That((await _register.As("receiver-province").Send(new ReadSeries())).Years, Is.Empty, "another government's series");
    }

    [Test]
    public async Task Each_body_counts_for_itself()
    {
        var (city, housing) = (await Issuing.RegisteredAsync(_register), await Issuing.RegisteredAsync(_register, DocumentKind.Department));
        Assert.That((await Registrar.Send(new AssignNumber(housing.Document, "郴建发〔2013〕1号"))).RegistrationNumber, Is.EqualTo("CZCR-2013-12001"));
        Assert.That((await Registrar.Send(new AssignNumber(city.Document, "郴政发〔2013〕1号"))).RegistrationNumber, Is.EqualTo("CZCR-2013-00001"));
    }

    [Test]
    public async Task A_joint_document_counts_with_its_lead()
    {
        var journey = await Issuing.SignedAsync(_register, DocumentKind.Department, "signer-finance", World.Finance);
        await _register.RegisterAsync(journey);
        Assert.That((await Registrar.Send(new AssignNumber(journey.Document, "郴建发〔2013〕1号"))).RegistrationNumber, Is.EqualTo("CZCR-2013-12001"));
    }

    [Test]
    public async Task A_body_without_digits_is_named()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(p => p["numbering"]!["bodyDigits"]!["value"]!.AsObject().Remove(World.Housing)));
        var journey = await Issuing.RegisteredAsync(register, DocumentKind.Department);
        var refused = await register.As("registrar").Try(new AssignNumber(journey.Document, "郴建发〔2013〕1号"));
        Assert.That(refused.Error?.Code, Is.EqualTo("number.no-body-digits"));
        Assert.That(refused.Error!.Message, Does.Contain("郴州市住房和城乡建设局").And.Contain(World.Housing));
    }

    [Test]
    public async Task Two_bodies_with_the_same_digits_are_told_apart_by_a_refusal()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(p => p["numbering"]!["bodyDigits"]!["value"]![World.Housing] = "00"));
        var (city, housing) = (await Issuing.RegisteredAsync(register), await Issuing.RegisteredAsync(register, DocumentKind.Department));
        await register.As("registrar").Send(new AssignNumber(city.Document, "郴政发〔2013〕1号"));
        Assert.That((await register.As("registrar").Try(new AssignNumber(housing.Document, "郴建发〔2013〕1号"))).Error?.Code, Is.EqualTo("number.body-digits-taken"));
    }

    // missing, none, no year, no serial
    [TestCase(null, "number.required")]
    [TestCase("郴政发", "number.no-year")]
    [TestCase("郴政发〔2013〕号", "number.no-serial")]
    public async Task An_issue_number_that_is_none_is_refused_with_its_field(string? typed, string code)
    {
        var journey = await Issuing.RegisteredAsync(_register);
        var refused = await Registrar.Try(new AssignNumber(journey.Document, typed));
        Assert.That((refused.Error?.Code, refused.Error?.Field), Is.EqualTo((code, "issueNumber")));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Number"), Is.Zero, "the registration number was given back with the transaction");
        Assert.That((await Registrar.Send(new AssignNumber(journey.Document, Issuing.IssueNumber))).RegistrationNumber, Is.EqualTo("CZCR-2013-00001"));
    }

    [Test]
    public async Task An_issue_number_is_used_once_however_it_is_typed()
    {
        var (one, other) = (await Issuing.NumberedAsync(_register), await Issuing.RegisteredAsync(_register));
        var refused = await Registrar.Try(new AssignNumber(other.Document, "郴政发(二〇一三)2号"));
        Assert.That(refused.Error?.Code, Is.EqualTo("number.taken"));
        Assert.That(one.Document, Is.Not.EqualTo(other.Document));
    }

    [Test]
    public async Task A_registration_number_cannot_be_typed_where_it_is_counted_here()
    {
        var journey = await Issuing.RegisteredAsync(_register);
        Assert.That((await Registrar.Try(new AssignNumber(journey.Document, Issuing.IssueNumber, "CZCR-2013-00007"))).Error?.Code, Is.EqualTo("number.owned"));
    }

    [Test]
    public async Task Where_others_give_it_the_registration_number_is_typed()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(p => p["numbering"]!["registrationPool"]!["value"] = "external"));
        var (one, other) = (await Issuing.RegisteredAsync(register), await Issuing.RegisteredAsync(register));
        var registrar = register.As("registrar");
        Assert.That((await registrar.Try(new AssignNumber(one.Document, "郴政发〔2013〕1号"))).Error?.Field, Is.EqualTo("registrationNumber"));
        Assert.That((await registrar.Send(new AssignNumber(one.Document, "郴政发〔2013〕1号", "czcr—2013—00002"))).RegistrationNumber, Is.EqualTo("CZCR-2013-00002"));
        Assert.That((await registrar.Try(new AssignNumber(other.Document, "郴政发〔2013〕2号", "CZCR-2013-2"))).Error?.Code, Is.EqualTo("number.taken"), "the same serial, not padded");
    }

    [Test]
    public async Task Issue_numbers_are_counted_here_where_the_profile_says_how()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(p =>
        {
            p["numbering"]!["issuePool"]!["value"] = "owned";
            p["numbering"]!["issuePatterns"] = System.Text.Json.Nodes.JsonNode.Parse("""{"value":{"CZ":"郴政规〔{year}〕{serial}号"},"source":"试","confidence":"M"}""");
        }));
        var (city, housing) = (await Issuing.RegisteredAsync(register), await Issuing.RegisteredAsync(register, DocumentKind.Department));
        Assert.That((await register.As("registrar").Try(new AssignNumber(city.Document, "郴政规〔2013〕9号"))).Error?.Code, Is.EqualTo("number.owned"));
        Assert.That((await register.As("registrar").Send(new AssignNumber(city.Document))).IssueNumber, Is.EqualTo("郴政规〔2013〕1号"));
        Assert.That((await register.As("registrar").Try(new AssignNumber(housing.Document))).Error?.Code, Is.EqualTo("number.no-pattern"));
    }

    [Test]
    public async Task The_year_of_the_number_is_the_year_of_registration()
    {
        // signed on 30 December, registered on 31 December and on 4 January, numbered on 4 January
        _register.On(2013, 12, 22);
        var (late, next) = (await Issuing.SignedAsync(_register), await Journey.ToReviewAsync(_register));
        Assert.That(_register.Today, Is.EqualTo(new DateOnly(2014, 1, 7)), "two consultations of eight days");
        await next.PassAsync();
        await next.DecideAsync();
        await next.SignAsync();
        await next.SignAsync();
        await _register.RegisterAsync(late, new(2013, 12, 31));
        await _register.RegisterAsync(next);
        Assert.That((await Registrar.Send(new AssignNumber(next.Document, "郴政发〔2014〕1号"))).RegistrationNumber, Is.EqualTo("CZCR-2014-00001"));
        Assert.That((await Registrar.Send(new AssignNumber(late.Document, "郴政发〔2013〕99号"))).RegistrationNumber, Is.EqualTo("CZCR-2013-00001"));
    }

    [Test]
    public async Task A_number_is_not_given_before_the_registration()
    {
        var journey = await Issuing.SignedAsync(_register);
        _register.On(2013, 4, 2);
        await _register.RegisterAsync(journey);
        var refused = await Registrar.Try(new AssignNumber(journey.Document, Issuing.IssueNumber, On: new(2013, 4, 1)));
        Assert.That(refused.Error?.Code, Is.EqualTo("date.order"));
    }

    [BuiltInHost("64 at once wait longer for Elsa's steps than a command does, and find the next task not laid yet")]
    [Test]
    public async Task Sixty_four_registrars_at_once_leave_no_gap_and_no_duplicate()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(p => p["consultation"]!["publicRequired"]!["value"] = false));
        var journeys = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Issuing.RegisteredAsync(register)));
        var numbers = await Task.WhenAll(journeys.Select((j, i) => register.As("registrar").Send(new AssignNumber(j.Document, $"郴政发〔2013〕{i + 1}号"))));
        Assert.That(
            numbers.Select(n => n.RegistrationNumber).Order(StringComparer.Ordinal),
            Is.EqualTo(Enumerable.Range(1, 64).Select(n => $"CZCR-2013-00{n:000}")));
        Assert.That(await register.Scalar<int>("SELECT Next FROM SeriesYear"), Is.EqualTo(65));
    }
}
