using Filing.Domain;
using Filing.Features.Publication;
using Filing.Features.Validity;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.ValidityFeatures;

/// <summary>有效期清单. A document of the housing bureau, published on 2 April 2013 for five years.</summary>
[TestFixture]
internal sealed class ValidityListTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Publish_a_document()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _journey = await Issuing.NumberedAsync(_register, DocumentKind.Department, "郴建发〔2013〕1号");
        _register.On(2013, 4, 2);
        await _register.As("publisher").Send(new Publish(_journey.Document, [Issuing.Site(_register.Today)], Term: new TermRequest(Until: new(2015, 4, 1))));
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task<IReadOnlyList<ValidityPart>> Parts() =>
        [.. (await _register.As("drafter").Send(new ReadValidity())).Counts.Where(c => c.Count == 1).Select(c => c.Which)];

    private Task<Features.Supervision.SweepPass> Sweep() => _register.Services.GetRequiredService<Features.Supervision.Sweep>().RunAsync();

    [TestCase(2014, 9, 30, ValidityPart.InForce)]
    [TestCase(2014, 10, 1, ValidityPart.Expiring, ValidityPart.InForce)]
    [TestCase(2015, 4, 1, ValidityPart.Expiring, ValidityPart.InForce)]
    [TestCase(2015, 4, 2, ValidityPart.Lapsed)]
    public async Task A_document_passes_from_part_to_part_without_anything_running(int year, int month, int day, params ValidityPart[] parts)
    {
        _register.On(year, month, day);
        Assert.That(await Parts(), Is.EqualTo(parts));
    }

    [Test]
    public async Task An_evaluation_is_listed_for_all_and_offered_to_its_desk_until_it_is_concluded()
    {
        _register.On(2014, 10, 1);
        await Sweep();
        Assert.That(await Parts(), Is.EqualTo([ValidityPart.Expiring, ValidityPart.Evaluating, ValidityPart.InForce]));
        var (drafter, registrar) = ((await _register.As("drafter").Send(new ReadValidity())).Items.Single(), (await _register.As("registrar").Send(new ReadValidity())).Items.Single());
        Assert.That((drafter.Mine, registrar.Mine, drafter.Evaluation == registrar.Evaluation, drafter.LastValidDay), Is.EqualTo((true, false, true, (DateOnly?)new DateOnly(2015, 4, 1))));
        await _register.As("drafter").Send(new RecordEvaluation(_journey.Document, EvaluationConclusion.LetLapse, "不再需要。"));
        var evaluated = (await _register.As("drafter").Send(new ReadValidity())).Items.Single();
        Assert.That((evaluated.Evaluation, evaluated.Evaluated), Is.EqualTo(((Guid?)null, (EvaluationConclusion?)EvaluationConclusion.LetLapse)));
    }

    [Test]
    public async Task Whoever_is_no_party_sees_none() => Assert.That((await _register.As("drafter-finance").Send(new ReadValidity(ValidityPart.InForce))).Total, Is.Zero);
}
