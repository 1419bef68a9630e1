using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.Portal;
using Filing.Tests.Support;

namespace Filing.Tests.Portal;

/// <summary>公开征求意见, as the public takes part in it: from 23 March 2013 for eight days.</summary>
[TestFixture]
internal sealed class PublicConsultationTests
{
    private TestRegister _register = null!;
    private Guid _document;
    private Guid _consultation;

    [SetUp]
    public async Task Consult_the_public()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _document = await _register.IdentifiedAsync();
        await _register.Step(_document, "complete", "Completed", FactKind.DraftCompleted);
        await _register.Step(_document, "consult-units", "Closed");
        _consultation = await _register.As("drafter").Send(new OpenConsultation(_document, ConsultationAudience.Public, new(2013, 3, 25), "门户网站", OpensOn: new(2013, 3, 15)));
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private SendComment Comment(string text = "第二条建议写明多长时间内备案。") => new(_consultation, text, "李四", "139 0000 0000");

    private async Task<bool> Runs() => (await _register.Public.Send(new ReadPublicConsultations())).Any(c => c.ConsultationId == _consultation) && (await _register.Public.Try(new ReadPublicConsultation(_consultation))).Ok;

    [TestCase(15, true)]
    [TestCase(25, true, Description = "the last day counts")]
    [TestCase(26, false)]
    public async Task A_draft_is_shown_while_the_public_is_asked_and_no_longer(int day, bool shown)
    {
        _register.On(2013, 3, day, 23, 59);
        Assert.That(await Runs(), Is.EqualTo(shown));
        Assert.That((await _register.Public.Try(Comment())).Error?.Code, Is.EqualTo(shown ? null : "not-found"));
    }

    [Test]
    public async Task A_draft_that_was_withdrawn_asks_nobody_any_more()
    {
        await _register.As("drafter").Send(new WithdrawDraft(_document, "不再制定"));
        Assert.That(await Runs(), Is.False);
        Assert.That((await _register.Public.Try(Comment())).Error?.Code, Is.EqualTo("not-found"));
    }

    [Test]
    public async Task What_units_are_asked_is_not_for_the_public()
    {
        var other = await _register.IdentifiedAsync("另一份草案");
        await _register.Step(other, "complete", "Completed", FactKind.DraftCompleted);
        var units = await _register.As("drafter").Send(new OpenConsultation(other, ConsultationAudience.Units, new(2013, 3, 25), "公函", ["市财政局"]));
        Assert.That((await _register.Public.Try(new ReadPublicConsultation(units))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _register.Public.Try(Comment() with { ConsultationId = units })).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _register.Public.Send(new ReadPublicConsultations())).Select(c => c.ConsultationId), Is.EqualTo(new[] { _consultation }));
    }

    [Test]
    public async Task A_comment_lies_before_the_drafter_who_alone_is_told_how_to_reach_its_author()
    {
        var receipt = await _register.Public.Send(Comment());
        Assert.That(receipt.Reference, Does.Match("^YJ20130315-[2-9A-HJ-NP-Z]{8}$"));
        Assert.That(receipt.ReceivedOn, Is.EqualTo(_register.Today));
        Assert.That(await _register.Public.Send(new ReadCommentReceipt(_consultation, receipt.Reference)), Is.EqualTo(receipt));

        var drafter = (await _register.As("drafter").Send(new ReadProceedings(_document))).Consultations.Single().Comments.Single();
        Assert.That((drafter.Author, drafter.Contact, drafter.Reference), Is.EqualTo(("李四", "139 0000 0000", receipt.Reference)));
        var sheet = (await _register.As("drafter").Send(new ReadConsultation(_document, ConsultationAudience.Public))).Consultations.Single().Comments.Single();
        Assert.That((sheet.Text, sheet.Contact), Is.EqualTo(("第二条建议写明多长时间内备案。", "139 0000 0000")));
        foreach (var login in new[] { "reviewer", "signer" })
        {
            Assert.That((await _register.As(login).Send(new ReadProceedings(_document))).Consultations.Single().Comments.Single().Contact, Is.Null, login);
            Assert.That((await _register.As(login).Send(new ReadConsultation(_document, ConsultationAudience.Public))).Consultations.Single().Comments.Single().Contact, Is.Null, login);
        }

        Assert.That(await _register.Rows<string>("SELECT p.ActorName FROM Process p JOIN Event e ON e.ProcessId = p.Id WHERE e.Type = 'comment-received'"), Is.EqualTo(["公众"]));
        Assert.That((await _register.EventsAsync("comment-received")).Select(e => e.GetRawText()), Has.None.Contains("李四"), "no name goes into the trail that is never erased");
    }

    [Test]
    public async Task A_comment_may_be_anonymous_and_closing_waits_for_its_answer()
    {
        await _register.Public.Send(new SendComment(_consultation, "同意。", "  ", ""));
        Assert.That(await _register.Rows<string>("SELECT Author FROM ConsultationComment"), Is.EqualTo(["匿名"]));
        _register.On(2013, 3, 26);
        Assert.That((await _register.As("drafter").Try(new ClosePublicConsultation(_document))).Error?.Code, Is.EqualTo("consultation.undecided"));
    }

    [Test]
    public async Task The_same_words_on_one_day_and_the_same_form_twice_are_one_comment()
    {
        var first = await _register.Public.Send(Comment(), "form-1");
        Assert.That(await _register.Public.Send(Comment(), "form-1"), Is.EqualTo(first));
        Assert.That((await _register.Public.Try(Comment(), "form-2")).Error?.Code, Is.EqualTo("comment.same"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM ConsultationComment"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_flood_on_one_draft_ends_for_the_day()
    {
        await _register.Database.WriteAsync(async db =>
        {
            for (var i = 0; i < 2000; i++)
            {
                await db.ExecuteAsync(
                    "INSERT INTO ConsultationComment (Id, ConsultationId, Author, Text, ReceivedOn, Reference, No) VALUES (@Id, @_consultation, '匿名', @Text, @Today, @Text, @i)",
                    new { Id = Pipeline.Work.NewId(), _consultation, Text = $"{i}", _register.Today, i });
            }

            return 0;
        });
        Assert.That((await _register.Public.Try(Comment())).Error?.Code, Is.EqualTo("comment.too-many"));
        _register.On(2013, 3, 16);
        Assert.That((await _register.Public.Try(Comment())).Ok, Is.True);
    }

    [TestCase("", "text")]
    [TestCase(null, "text", 5001)]
    [TestCase("好", "name", 51)]
    [TestCase("好", "contact", 101)]
    public async Task What_is_too_long_or_empty_is_refused_by_field(string? text, string field, int length = 0)
    {
        var command = new SendComment(_consultation, text ?? new string('长', length), field == "name" ? new string('名', length) : null, field == "contact" ? new string('1', length) : null);
        var error = (await _register.Public.Try(command)).Error;
        Assert.That((error?.Kind, error?.Field), Is.EqualTo((ErrorKind.Invalid, field)));
    }

    [Test]
    public async Task A_receipt_is_of_its_own_consultation()
    {
        var receipt = await _register.Public.Send(Comment());
        Assert.That((await _register.Public.Try(new ReadCommentReceipt(Guid.NewGuid(), receipt.Reference))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _register.Public.Try(new ReadCommentReceipt(_consultation, "YJ20130315-AAAAAAAA"))).Error?.Code, Is.EqualTo("not-found"));
    }
}
