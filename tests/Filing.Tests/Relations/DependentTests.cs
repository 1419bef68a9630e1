using Filing.Domain;
using Filing.Features.Registration;
using Filing.Features.Relations;
using Filing.Features.Validity;
using Filing.Tests.Support;

namespace Filing.Tests.RelationFeatures;

/// <summary>依据变动影响的文件. One rests on a law, two on one, three on two; and a draft that is not published.</summary>
[TestFixture]
internal sealed class DependentTests
{
    private TestRegister _register = null!;
    private readonly Dictionary<int, Guid> _documents = [];

    [SetUp]
    public async Task Enter_documents()
    {
        _register = await TestRegister.OpenAsync();
        foreach (var serial in new[] { 1, 2, 3 })
        {
            var entry = new EnterElsewhere(
                $"旧事之{serial}", DocumentKind.Department, World.Housing, World.Housing, [new(FactKind.Signed, new(2025, 3, 1)), new(FactKind.Published, new(2025, 3, 3))], "公报", IssueNumber: $"郴建发〔2025〕{serial}号");
            _documents[serial] = (await Drafter.Send(entry)).DocumentId;
            await _register.As("registrar").Send(new ConfirmEntry(_documents[serial]));
        }

        await Drafter.Send(new DeclareRelation(_documents[1], RelationKind.IsBasedOn, "《城市房地产管理法》", true));
        await Rests(2, 1);
        await Rests(3, 2);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Drafter => _register.As("drafter");

    private Task<Guid> Rests(int one, int other) => Drafter.Send(new DeclareRelation(_documents[one], RelationKind.IsBasedOn, $"郴建发〔2025〕{other}号"));

    private async Task<IEnumerable<string>> Of(string paper) =>
        (await _register.As("registrar").Send(new ListDependents(paper))).Items.Select(i => $"{i.Depth} {i.IssueNumber} {i.Via} {i.Name}".Replace("  ", " ", StringComparison.Ordinal));

    [TestCase("《城市房地产管理法》", "1 郴建发〔2025〕1号 有效", "2 郴建发〔2025〕2号 旧事之1 有效", "3 郴建发〔2025〕3号 旧事之2 有效")]
    [TestCase("郴建发（2025）1号", "1 郴建发〔2025〕2号 有效", "2 郴建发〔2025〕3号 旧事之2 有效")]
    [TestCase("《旧事之2》", "1 郴建发〔2025〕3号 有效")]
    [TestCase("郴建发〔2025〕3号")]
    [TestCase("《没有的法》")]
    public async Task Each_is_found_once_at_its_depth_with_what_it_rests_on(string paper, params string[] lines) => Assert.That(await Of(paper), Is.EqualTo(lines));

    [Test]
    public async Task One_that_names_the_paper_itself_too_stands_at_the_least_depth()
    {
        await Rests(3, 1);
        Assert.That(await Of("郴建发〔2025〕1号"), Is.EqualTo(["1 郴建发〔2025〕2号 有效", "1 郴建发〔2025〕3号 有效"]));
    }

    [Test]
    public async Task What_is_no_longer_in_force_is_listed_and_not_counted_and_a_dropped_relation_is_none()
    {
        await _register.As("registrar").Send(new RepealDocument(_documents[2], "公报", "已废止"));
        var list = await _register.As("registrar").Send(new ListDependents("郴建发〔2025〕1号"));
        Assert.That((list.DocumentId, list.Items.Count, list.InForce), Is.EqualTo(((Guid?)_documents[1], 2, 1)));
        var relation = (await Drafter.Send(new ReadRelations(_documents[2]))).Declared.Single().Id!.Value;
        await Drafter.Send(new DropRelation(_documents[2], relation, "误录"));
        Assert.That(await Of("郴建发〔2025〕1号"), Is.Empty);
    }

    [Test]
    public async Task A_draft_is_nobody_s_business_and_a_citation_counts_once_it_is_published()
    {
        var register = _register;
        register.On(2026, 3, 2);
        var journey = await Journey.ToReviewAsync(register, DocumentKind.Department);
        Assert.That(await Of("国发〔2008〕17号"), Is.Empty);
        await journey.PassAsync();
        await journey.DecideAsync();
        await journey.SignAsync();
        await journey.SignAsync();
        await register.RegisterAsync(journey);
        await register.As("registrar").Send(new AssignNumber(journey.Document, "郴建发〔2026〕1号"));
        await register.PublishAsync(journey);
        Assert.That(await Of("国发〔2008〕17号"), Is.EqualTo(["1 郴建发〔2026〕1号 有效"]));
        Assert.That((await Of("《国务院关于加强市县政府依法行政的决定》")).Count(), Is.EqualTo(1), "by its title, too");
    }

    [Test]
    public async Task Who_reads_no_documents_asks_in_vain_and_an_empty_question_is_none()
    {
        Assert.That((await _register.As("administrator").Try(new ListDependents("郴建发〔2025〕1号"))).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await Drafter.Try(new ListDependents(""))).Error?.Field, Is.EqualTo("paper"));
    }
}
