using System.Globalization;
using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.Decision;

/// <summary>
/// Hundreds of steps in any order, some of them by ways that are none of the register's, beside a model that fits on a page: a draft is decided on
/// exactly when it passed its review unchanged, and signed exactly when it was approved in this round, followed the opinion, and is unchanged.
/// </summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GateProperties
{
    private enum Opinion
    {
        None,
        Open,
        Passed,
        Amend,
        Returned,
    }

    private TestRegister _register = null!;
    private Journey _journey = null!;
    private OpinionGate _gate;

    // The model: texts are numbers, and null is none.
    private Opinion _opinion;
    private bool _finding;
    private AnswerKind? _answer;
    private Following? _following;
    private bool _explained;
    private int _text, _reviewed, _amended, _signatures;
    private int? _inPrinciple, _approved;

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    [TestCase(OpinionGate.Explain, 14)]
    [TestCase(OpinionGate.Block, 15)]
    public async Task The_gates_hold_in_any_order_of_steps(OpinionGate gate, int seed)
    {
        (_gate, var random) = (gate, new Random(seed));
        _register = await TestRegister.OpenAsync(law: law => AnythingGoes.Instead(law, gate));
        _journey = await Journey.SubmittedAsync(_register);
        var (decided, signed, refused) = (0, 0, 0);
        for (var i = 0; i < 800; i++)
        {
            var (what, expected, got) = await StepAsync(random);
            Assert.That(got, Is.EqualTo(expected), $"step {i}: {what}");
            (decided, signed, refused) = (decided + (what == "decide" && got ? 1 : 0), signed + (what == "sign" && got ? 1 : 0), refused + (got ? 0 : 1));
        }

        Assert.That((decided > 10, signed > 10, refused > 200), Is.EqualTo((true, true, true)), $"decided {decided}, signed {signed}, refused {refused}: the walk came everywhere");
    }

    private int Current => _opinion == Opinion.Amend && _answer is not null ? _amended : _reviewed;

    private bool Followed => _opinion == Opinion.Passed
        || (_opinion == Opinion.Amend && (_following == Following.Followed || (_following == Following.NotFollowed && _explained && _gate == OpinionGate.Explain)));

    // Every third step is the one that leads on, so that the walk comes far enough to go astray.
    private Task<(string What, bool Expected, bool Got)> StepAsync(Random random) => random.Next(3) == 0 ? OnwardAsync(random) : AnyAsync(random);

    private Task<(string What, bool Expected, bool Got)> OnwardAsync(Random random) => _opinion switch
    {
        Opinion.Open when _text == _reviewed => ConcludeAsync(_finding || random.Next(2) == 0 ? ReviewConclusion.Amend : ReviewConclusion.Passed),
        Opinion.Amend when !Followed && (_answer is null || _following is not null) => AnswerAsync(AnswerKind.Adopted),
        Opinion.Amend when !Followed => ConfirmAsync(true),
        Opinion.Passed or Opinion.Amend when _approved == _text && _signatures < 2 => SignAsync(),
        Opinion.Passed or Opinion.Amend when _inPrinciple is { } meant => _text == meant ? ChangeAsync() : ConfirmChangesAsync(),
        Opinion.Passed or Opinion.Amend when _approved is null && _text == Current => DecideAsync(DecisionOutcome.Adopted),
        _ => AcceptAsync(),
    };

    private Task<(string What, bool Expected, bool Got)> AnyAsync(Random random) => random.Next(40) switch
    {
        0 => AcceptAsync(),
        < 5 => ConcludeAsync(ReviewConclusion.Passed),
        < 9 => ConcludeAsync(ReviewConclusion.Amend),
        9 => ConcludeAsync(ReviewConclusion.Returned),
        < 14 => AnswerAsync(AnswerKind.Adopted),
        < 16 => AnswerAsync(AnswerKind.NotAdopted),
        < 22 => ConfirmAsync(random.Next(4) > 0),
        < 24 => ExplainAsync(),
        < 30 => DecideAsync(random.Next(4) switch { 0 => DecisionOutcome.AdoptedInPrinciple, 1 => DecisionOutcome.Deferred, _ => DecisionOutcome.Adopted }),
        30 => ChangeAsync(),
        < 33 => ConfirmChangesAsync(),
        < 39 => SignAsync(),
        _ => TamperAsync(),
    };

    private async Task<bool> SendAsync<T>(string login, MediatR.IRequest<Result<T>> command) => (await _register.As(login).Try(command)).Ok;

    private static string Body(int text) => string.Create(CultureInfo.InvariantCulture, $"第一条 第 {text} 稿。");

    private async Task<(string, bool, bool)> AcceptAsync()
    {
        await _journey.AcceptAsync();
        (_opinion, _finding, _answer, _following, _explained, _reviewed, _signatures, _inPrinciple, _approved) = (Opinion.Open, false, null, null, false, _text, 0, null, null);
        return ("accept", true, true);
    }

    private async Task<(string, bool, bool)> ConcludeAsync(ReviewConclusion conclusion)
    {
        if (conclusion == ReviewConclusion.Amend && _opinion == Opinion.Open && !_finding)
        {
            await _journey.FindAsync(Journey.Fee);
            _finding = true;
        }

        var expected = _opinion == Opinion.Open && (conclusion == ReviewConclusion.Returned || (_text == _reviewed && (conclusion == ReviewConclusion.Amend || !_finding)));
        var got = await SendAsync("reviewer", new ConcludeReview(_journey.Document, conclusion, await _journey.AspectsAsync(), Journey.Forbidden, "总体意见"));
        if (got) _opinion = conclusion switch { ReviewConclusion.Passed => Opinion.Passed, ReviewConclusion.Amend => Opinion.Amend, _ => Opinion.Returned };
        return ($"conclude {conclusion}", expected, got);
    }

    private async Task<(string, bool, bool)> AnswerAsync(AnswerKind answer)
    {
        var next = _text + 1;
        var got = await SendAsync("drafter", new AnswerFindings(_journey.Document, [new(1, answer, "理由")], answer == AnswerKind.Adopted ? Body(next) : null));
        var expected = _opinion == Opinion.Amend;
        if (!got) return ($"answer {answer}", expected, got);
        if (answer == AnswerKind.Adopted) _text = next;
        (_answer, _amended, _following, _explained) = (answer, _text, null, false);
        return ($"answer {answer}", expected, got);
    }

    private async Task<(string, bool, bool)> ConfirmAsync(bool good)
    {
        var adopted = _answer == AnswerKind.Adopted;
        var outcome = !adopted ? Following.NotFollowed : good ? Following.Followed : Following.Again;
        var expected = _opinion == Opinion.Amend && _answer is not null && (outcome == Following.Again || _text == _amended);
        var got = await SendAsync("reviewer", new ConfirmFindings(_journey.Document, adopted ? [new(1, good, "说明")] : []));
        if (got) _following = outcome;
        return ($"confirm {good}", expected, got);
    }

    private async Task<(string, bool, bool)> ExplainAsync()
    {
        var got = await SendAsync("drafter", new ExplainNotFollowed(_journey.Document, "理由"));
        var expected = _following == Following.NotFollowed && _gate == OpinionGate.Explain;
        _explained |= got;
        return ("explain", expected, got);
    }

    private async Task<(string, bool, bool)> DecideAsync(DecisionOutcome outcome)
    {
        var expected = Followed && _text == Current;
        var got = await SendAsync("secretary", _journey.Meeting(outcome));
        if (got)
        {
            _approved = outcome == DecisionOutcome.Adopted ? _text : null;
            (_inPrinciple, _signatures) = (outcome == DecisionOutcome.AdoptedInPrinciple ? _text : null, 0);
        }

        return ("decide", expected, got);
    }

    private async Task<(string, bool, bool)> ChangeAsync()
    {
        var got = await SendAsync("drafter", new SubmitChanges(_journey.Document, Body(_text + 1), "修改"));
        _text++;
        return ("change", true, got);
    }

    private async Task<(string, bool, bool)> ConfirmChangesAsync()
    {
        var expected = _inPrinciple is { } meant && _text != meant;
        var got = await SendAsync("reviewer", new ConfirmChanges(_journey.Document, ChangesOutcome.Confirmed));
        if (got) (_inPrinciple, _approved) = (null, _text);
        return ("confirm changes", expected, got);
    }

    private async Task<(string, bool, bool)> SignAsync()
    {
        var expected = Followed && _approved == _text && _signatures < 2;
        var got = await SendAsync(_signatures == 0 ? "signer-deputy" : "signer", new SignDocument(_journey.Document, SigningOutcome.Signed));
        if (got) _signatures++;
        return ("sign", expected, got);
    }

    private async Task<(string, bool, bool)> TamperAsync()
    {
        await _journey.TamperAsync(Body(++_text));
        return ("tamper", true, true);
    }
}
