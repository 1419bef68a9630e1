using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Decision;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.Decision;

/// <summary>签发, level by level, and 会签.</summary>
[TestFixture]
internal sealed class SigningTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Adopt_a_draft()
    {
        _register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(_register);
        await _journey.PassAsync();
        await _journey.DecideAsync();
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private SignDocument Sign(DateOnly? on = null, DatedBy dated = DatedBy.Signature) => new(_journey.Document, SigningOutcome.Signed, null, dated, on);

    private Task<IReadOnlyList<string>> Signatures() =>
        _register.Rows<string>("SELECT CONCAT(LevelName, CASE WHEN VoidedAt IS NULL THEN '' ELSE '×' END) FROM Signature ORDER BY Id");

    private void Later(int days) => _register.Clock.Move(_register.Clock.GetUtcNow().AddDays(days), 0);

    [TestCase("secretary", "forbidden")]
    [TestCase("signer-housing", "forbidden")]
    [TestCase("signer-finance", "not-found")]
    public async Task Who_does_not_sit_at_the_desk_is_refused(string login, string code) =>
        Assert.That((await _register.As(login).Try(Sign())).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task It_is_signed_when_the_last_level_has_signed()
    {
        await _journey.SignAsync();
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
        Assert.That(await _journey.FactsAsync(FactKind.Signed), Is.Empty);
        await _journey.SignAsync();
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["register"]));
        Assert.That(await _journey.FactsAsync(FactKind.Signed), Is.EqualTo([$"{_register.Today:yyyy-MM-dd}"]));
        Assert.That(await Signatures(), Is.EqualTo(["分管负责人", "主要负责人"]));
        Assert.That((await _journey.EventsAsync()).TakeLast(2), Is.EqualTo(["document-signed", "document-signed"]));
        Assert.That((await _register.As("signer").Try(Sign())).Error?.Code, Is.EqualTo("task.not-open"));
    }

    [TestCase(DatedBy.Signature, 2)]
    [TestCase(DatedBy.Adoption, 0)]
    public async Task The_document_bears_the_date_of_its_signature_or_of_its_adoption(DatedBy dated, int days)
    {
        var adopted = _register.Today;
        Later(1);
        await _register.As("signer-deputy").Send(Sign());
        Later(1);
        await _register.As("signer").Send(Sign(dated: dated));
        Assert.That(await _journey.FactsAsync(FactKind.Signed), Is.EqualTo([$"{adopted.AddDays(days):yyyy-MM-dd}"]));
        Assert.That(await _register.Scalar<DateOnly>("SELECT LegalDate FROM Fact WHERE Kind = 'signed'"), Is.EqualTo(adopted.AddDays(2)), "signed is signed");
    }

    [Test]
    public async Task Nobody_signs_before_the_decision_nor_before_the_level_below_nor_tomorrow()
    {
        var adopted = _register.Today;
        Later(2);
        Assert.That((await _register.As("signer").Try(Sign(adopted.AddDays(-1)))).Error?.Code, Is.EqualTo("date.order"));
        Assert.That((await _register.As("signer").Try(Sign(adopted.AddDays(3)))).Error?.Code, Is.EqualTo("fact.in-future"));
        await _register.As("signer-deputy").Send(Sign(adopted.AddDays(2)));
        var refused = await _register.As("signer").Try(Sign(adopted.AddDays(1)));
        Assert.That((refused.Error?.Code, refused.Error?.Message), Is.EqualTo(
            ("date.order", $"签发的日期（{ChineseDate.Format(adopted.AddDays(1))}）早于分管负责人签发的日期（{ChineseDate.Format(adopted.AddDays(2))}），请核对。")));
    }

    [Test]
    public async Task A_text_that_is_not_the_approved_one_is_not_signed()
    {
        await _journey.TamperAsync(Journey.Changed);
        Assert.That((await _register.As("signer").Try(Sign())).Error?.Code, Is.EqualTo("sign.text-changed"));
        // the same words with other spaces and line ends are the same text
        await _journey.TamperAsync(Journey.Text.Replace("\n", "\r\n", StringComparison.Ordinal));
        await _journey.SignAsync();
        await _journey.TamperAsync(Journey.Changed);
        Assert.That((await _register.As("signer").Try(Sign())).Error?.Code, Is.EqualTo("sign.text-changed"), "nor at the second level");
    }

    [Test]
    public async Task What_a_signer_sends_back_is_reviewed_decided_and_signed_anew_at_every_level()
    {
        await _journey.SignAsync();
        Assert.That((await _register.As("signer").Try(new SignDocument(_journey.Document, SigningOutcome.Returned))).Error?.Field, Is.EqualTo("reason"));
        await _register.As("signer").Send(new SignDocument(_journey.Document, SigningOutcome.Returned, "收费应当听证"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["accept-review"]));
        Assert.That(await Signatures(), Is.EqualTo(["分管负责人×"]));
        Assert.That((await _journey.EventsAsync()).TakeLast(2), Is.EqualTo(["signing-returned", "signatures-voided"]));
        await _journey.AskToAmendAsync(Journey.Fee);
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted);
        await _journey.ConfirmAsync(true);
        await _journey.DecideAsync();
        await _journey.SignAsync();
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]), "the first level of the new text is not the second of the old");
        await _journey.SignAsync();
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["register"]));
        Assert.That(await Signatures(), Is.EqualTo(["分管负责人×", "分管负责人", "主要负责人"]));
        Assert.That((await _register.As("drafter").Send(new ReadDecision(_journey.Document))).Signatures.Count(s => s.VoidedAt is null), Is.EqualTo(2));
    }

    [Test]
    public async Task Co_issuing_bodies_sign_before_the_lead()
    {
        var joint = await Adopted(World.Housing, World.Finance);
        Assert.That(await joint.TasksAsync(), Is.EqualTo(["countersign", "countersign"]));
        Assert.That((await _register.As("signer").Try(new Countersign(joint.Document, CountersigningOutcome.Agreed))).Error?.Code, Is.EqualTo("forbidden"), "the lead does not countersign");
        await _register.As("signer-finance").Send(new Countersign(joint.Document, CountersigningOutcome.Agreed));
        Assert.That(await joint.TasksAsync(), Is.EqualTo(["countersign"]));
        Assert.That((await _register.As("signer-finance").Try(new Countersign(joint.Document, CountersigningOutcome.Agreed))).Error?.Code, Is.EqualTo("forbidden"), "once is enough");
        await _register.As("signer-housing").Send(new Countersign(joint.Document, CountersigningOutcome.Agreed));
        Assert.That(await joint.TasksAsync(), Is.EqualTo(["sign"]));
        Assert.That(await joint.FactsAsync(FactKind.Countersigned), Is.EqualTo(["郴州市财政局", "郴州市住房和城乡建设局"]));
        await joint.SignAsync();
        Assert.That(await joint.TasksAsync(), Is.EqualTo(["sign"]), "a co-issuing body's signature is no level of the lead");
        await joint.SignAsync();
        Assert.That(await joint.TasksAsync(), Is.EqualTo(["register"]));
    }

    [Test]
    public async Task A_joint_document_is_signed_on_the_day_of_its_last_signature()
    {
        var joint = await Adopted(World.Finance);
        var adopted = _register.Today;
        Later(3);
        await _register.As("signer-finance").Send(new Countersign(joint.Document, CountersigningOutcome.Agreed));
        foreach (var signer in new[] { "signer-deputy", "signer" }) await _register.As(signer).Send(new SignDocument(joint.Document, SigningOutcome.Signed, On: adopted.AddDays(1)));
        Assert.That(await joint.FactsAsync(FactKind.Signed), Is.EqualTo([$"{adopted.AddDays(3):yyyy-MM-dd}"]));
    }

    [Test]
    public async Task One_refusal_calls_the_other_countersignatures_off_and_voids_what_was_signed()
    {
        var joint = await Adopted(World.Housing, World.Finance);
        await _register.As("signer-housing").Send(new Countersign(joint.Document, CountersigningOutcome.Agreed));
        Assert.That((await _register.As("signer-finance").Try(new Countersign(joint.Document, CountersigningOutcome.Refused))).Error?.Field, Is.EqualTo("reason"));
        await _register.As("signer-finance").Send(new Countersign(joint.Document, CountersigningOutcome.Refused, "涉及财政支出未经会商"));
        Assert.That(await joint.TasksAsync(), Is.EqualTo(["accept-review"]));
        Assert.That(await Signatures(), Is.EqualTo(["会签×"]));
        await joint.PassAsync();
        await joint.DecideAsync();
        Assert.That(await joint.TasksAsync(), Is.EqualTo(["countersign", "countersign"]), "both sign anew");
        await _register.As("signer-finance").Send(new Countersign(joint.Document, CountersigningOutcome.Refused, "仍未会商"));
        Assert.That(await joint.TasksAsync(), Is.EqualTo(["accept-review"]), "the other is no longer asked");
    }

    [TestCase("secretary", "forbidden")]
    [TestCase("receiver-province", "not-found")]
    public async Task Only_a_co_issuing_body_countersigns(string login, string code)
    {
        var joint = await Adopted(World.Finance);
        Assert.That((await _register.As(login).Try(new Countersign(joint.Document, CountersigningOutcome.Agreed))).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_co_issuing_body_signs_the_approved_text_after_its_approval()
    {
        var joint = await Adopted(World.Finance);
        Assert.That(
            (await _register.As("signer-finance").Try(new Countersign(joint.Document, CountersigningOutcome.Agreed, On: _register.Today.AddDays(-1)))).Error?.Code, Is.EqualTo("date.order"));
        await joint.TamperAsync(Journey.Changed);
        Assert.That((await _register.As("signer-finance").Try(new Countersign(joint.Document, CountersigningOutcome.Agreed))).Error?.Code, Is.EqualTo("sign.text-changed"));
    }

    [Test]
    public async Task Nobody_signs_two_levels()
    {
        await _register.As("signer").Send(Sign());
        var refused = await _register.As("signer").Try(Sign());
        Assert.That((refused.Error?.Code, refused.Error?.Message), Is.EqualTo(
            ("sign.same-person", $"您已于{ChineseDate.Format(_register.Today)}以“分管负责人”签署该文件，同一人不得签署两级，请由另一位负责人签署。")));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
        await _register.As("signer-deputy").Send(Sign());
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["register"]));
    }

    [Test]
    public async Task Nobody_countersigns_for_one_body_and_signs_for_another()
    {
        var joint = await Adopted(World.Finance);
        await _register.Operator.Send(new GivePost("signer-finance", World.City, Role.Signer, new(2000, 1, 1)));
        await _register.As("signer-finance").Send(new Countersign(joint.Document, CountersigningOutcome.Agreed));
        Assert.That((await _register.As("signer-finance").Try(new SignDocument(joint.Document, SigningOutcome.Signed))).Error?.Code, Is.EqualTo("sign.same-person"));
        await joint.SignAsync();
    }

    [Test]
    public async Task Who_signed_what_was_sent_back_signs_the_new_text_at_either_level()
    {
        await _journey.SignAsync();
        await _register.As("signer").Send(new SignDocument(_journey.Document, SigningOutcome.Returned, "收费应当听证"));
        await _journey.PassAsync();
        await _journey.DecideAsync();
        await _register.As("signer").Send(Sign());
        await _register.As("signer-deputy").Send(Sign());
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["register"]));
    }

    [Test]
    public async Task The_command_line_is_one_person_too()
    {
        await _register.Operator.Send(Sign());
        Assert.That((await _register.Operator.Try(Sign())).Error?.Code, Is.EqualTo("sign.same-person"));
    }

    private async Task<Journey> Adopted(params string[] coIssuers)
    {
        var joint = await Journey.ToReviewAsync(_register, DocumentKind.Government, coIssuers);
        await joint.PassAsync();
        await joint.DecideAsync();
        return joint;
    }
}
