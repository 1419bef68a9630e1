using System.Reflection;
using System.Text;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Pipeline;
using Filing.Tests.Support;

namespace Filing.Tests.Administration;

/// <summary>Passwords, accounts that are disabled, and where secrets must not lie.</summary>
[TestFixture]
internal sealed class AccountTests
{
    private const string First = "the-first-password", Second = "the-second-password";

    private TestRegister _register = null!;

    [SetUp]
    public async Task Open()
    {
        _register = await TestRegister.OpenAsync();
        await _register.Operator.Send(new SetPassword(First, Login: "drafter"));
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<string?> Hash(string login) => _register.Scalar<string>("SELECT PasswordHash FROM Account WHERE Login = @login", new { login });

    private Task<string?> Stamp(string login) => _register.Scalar<string>("SELECT SecurityStamp FROM Account WHERE Login = @login", new { login });

    // Another's.
    [TestCase("drafter", "reviewer", null, "forbidden")]
    [TestCase("security", "reviewer", null, "forbidden")]
    [TestCase("administrator", "nobody", null, "account.unknown")]
    // One's own.
    [TestCase("drafter", null, null, "password.current-missing")]
    [TestCase("drafter", null, "not-my-password", "password.wrong")]
    [TestCase("drafter", "drafter", "not-my-password", "password.wrong")]
    [TestCase("drafter", null, Second, "password.unchanged")]
    [TestCase("administrator", "administrator", null, "password.current-missing", Description = "an administrator's own is his own")]
    public async Task Who_may_not_set_a_password(string who, string? login, string? current, string code)
    {
        Assert.That((await _register.As(who).Try(new SetPassword(Second, current, login))).Error?.Code, Is.EqualTo(code));
        Assert.That(Passwords.Fits(await Hash("drafter"), First), Is.True);
    }

    [TestCase("1234567")]
    [TestCase("")]
    public async Task A_short_password_is_refused(string password) =>
        Assert.That((await _register.As("drafter").Try(new SetPassword(password, First))).Error?.Field, Is.EqualTo("password"));

    [Test]
    public async Task One_s_own_password_is_changed_against_the_old_one_and_every_session_ends()
    {
        Assert.That((await _register.As("drafter").Send(new WhoAmI())).PasswordChangeDue, Is.True, "the operator has set it");
        var before = await Stamp("drafter");
        await _register.As("drafter").Send(new SetPassword(Second, First));
        Assert.That((Passwords.Fits(await Hash("drafter"), Second), Passwords.Fits(await Hash("drafter"), First)), Is.EqualTo((true, false)));
        Assert.That(await Stamp("drafter"), Is.Not.EqualTo(before));
        Assert.That((await _register.As("drafter").Send(new WhoAmI())).PasswordChangeDue, Is.False);
        Assert.That(
            (await _register.EventsAsync("password-set")).Select(e => e.GetProperty("data").GetProperty("bySomebodyElse").GetBoolean()), Is.EqualTo([true, false]));
    }

    [Test]
    public async Task Whoever_has_no_post_changes_his_own_password_all_the_same()
    {
        _register.Knows("guest", await _register.Operator.Send(new CreateAccount("guest", "客人", First)));
        await _register.As("guest").Send(new SetPassword(Second, First));
        Assert.That(Passwords.Fits(await Hash("guest"), Second), Is.True);
    }

    [Test]
    public async Task The_public_sets_no_password() => Assert.That((await _register.Public.Try(new SetPassword(Second, First))).Error?.Code, Is.EqualTo("sign-in-required"));

    [Test]
    public async Task An_administrator_sets_a_lost_password_which_its_holder_is_to_change()
    {
        await _register.As("drafter").Send(new SetPassword(Second, First));
        await _register.As("administrator").Send(new SetPassword(First, Login: "drafter"));
        Assert.That(Passwords.Fits(await Hash("drafter"), First), Is.True);
        Assert.That((await _register.As("drafter").Send(new WhoAmI())).PasswordChangeDue, Is.True);
        await _register.As("administrator").Send(new CreateAccount("new-one", "新人", Second));
        Assert.That(await _register.Scalar<bool>("SELECT PasswordChangeDue FROM Account WHERE Login = 'new-one'"), Is.True, "an administrator knows the first one too");
    }

    [Test]
    public async Task The_old_password_cannot_be_guessed_without_end()
    {
        var codes = new List<string?>();
        for (var i = 0; i < 11; i++) codes.Add((await _register.As("drafter").Try(new SetPassword(Second, $"a-guess-{i}"))).Error?.Code);
        Assert.That(codes, Is.EqualTo(Enumerable.Repeat("password.wrong", 10).Append("sign-in.too-many")));
    }

    [TestCase("drafter", "reviewer", "forbidden")]
    [TestCase("auditor", "reviewer", "forbidden")]
    [TestCase("administrator", "nobody", "account.unknown")]
    [TestCase("administrator", "administrator", "account.own")]
    [TestCase("security", "security", "account.own")]
    public async Task Who_may_not_disable_an_account(string who, string login, string code) =>
        Assert.That((await _register.As(who).Try(new DisableAccount(login, "调离"))).Error?.Code, Is.EqualTo(code));

    [TestCase("administrator")]
    [TestCase("security")]
    public async Task A_disabled_account_does_nothing_until_it_stands_again(string officer)
    {
        var before = await Stamp("drafter");
        Assert.That((await _register.As(officer).Try(new DisableAccount("drafter", ""))).Error?.Field, Is.EqualTo("reason"));
        await _register.As(officer).Send(new DisableAccount("drafter", "调离"));
        Assert.That(await Stamp("drafter"), Is.Not.EqualTo(before), "its sessions end");
        Assert.That((await _register.As("drafter").Try(new Filing.Features.Supervision.ReadInbox())).Error?.Code, Is.EqualTo("forbidden"), "no desk is its own");
        Assert.That((await _register.As("drafter").Try(new SetPassword(Second, First))).Error?.Code, Is.EqualTo("account.disabled"));
        Assert.That((await _register.As(officer).Try(new SetPassword(Second, Login: "drafter"))).Error?.Code, Is.EqualTo(officer == "administrator" ? "account.disabled" : "forbidden"));
        Assert.That((await _register.As(officer).Try(new DisableAccount("drafter", "再停"))).Error?.Code, Is.EqualTo("account.disabled"));

        await _register.As(officer).Send(new EnableAccount("drafter", "调回"));
        await _register.As("drafter").Send(new Filing.Features.Supervision.ReadInbox());
        Assert.That((await _register.As(officer).Try(new EnableAccount("drafter", "再启"))).Error?.Code, Is.EqualTo("account.enabled"));
        Assert.That(
            await _register.Rows<string>("SELECT CONCAT(e.Type, ':', p.ActorName, ':', p.Reason) FROM Event e JOIN Process p ON p.Id = e.ProcessId WHERE e.Type LIKE 'account-%abled' ORDER BY e.Id"),
            Is.EqualTo([$"account-disabled:{officer}:调离", $"account-enabled:{officer}:调回"]));
    }

    [Test]
    public async Task A_post_in_a_body_that_is_no_longer_in_being_is_none()
    {
        await _register.Operator.Send(new EstablishBody("CZ-SFJ", "郴州市司法局", BodyKind.LegalOffice, new(2026, 2, 15), World.City));
        await _register.Operator.Send(new DissolveBody(World.CityLegal, new(2026, 2, 14), "CZ-SFJ"));
        await _register.Operator.Send(new GivePost("drafter-office", "CZ-SFJ", Role.Reviewer, new(2026, 2, 1)));
        var draft = await Journey.SubmittedAsync(_register);
        var identify = new Filing.Features.Drafting.IdentifyDocument(draft.Document, Filing.Features.Drafting.IdentificationOutcome.NotNormative, "内部事务", "会议纪要");
        Assert.That((await _register.As("drafter-office").Try(identify)).Error?.Code, Is.EqualTo("forbidden"), "the new body is not in being before tomorrow");
        _register.On(2026, 2, 15);
        Assert.That((await _register.As("reviewer").Try(identify)).Error?.Code, Is.EqualTo("not-found"));
        await _register.As("drafter-office").Send(identify);
    }

    [Test]
    public async Task A_password_lies_nowhere_and_is_not_part_of_what_tells_requests_apart()
    {
        const string secret = "a-secret-that-lies-nowhere";
        var made = await _register.As("administrator").Send(new CreateAccount("keyed", "甲", secret), "k-1");
        await _register.As("administrator").Send(new SetPassword(secret, Login: "keyed"), "k-2");
        Assert.That(await _register.As("administrator").Send(new CreateAccount("keyed", "甲", "another-password"), "k-1"), Is.EqualTo(made), "the same request, but for its secret");
        Assert.That((await _register.As("administrator").Try(new CreateAccount("other", "甲", secret), "k-1")).Error?.Code, Is.EqualTo("idempotency.other-body"));
        var bytes = Directory.EnumerateFiles(_register.Folder, "*", SearchOption.AllDirectories).SelectMany(Read).ToArray();
        Assert.That(bytes.AsSpan().IndexOf("another-password"u8), Is.Negative);
        Assert.That(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)), Is.Negative);
        Assert.That($"{new CreateAccount("keyed", "甲", secret)} {new SetPassword(secret, secret)}", Does.Not.Contain(secret), "nor in what a request says of itself");

        static byte[] Read(string file)
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var all = new MemoryStream();
            open.CopyTo(all);
            return all.ToArray();
        }
    }

    [Test]
    public void Every_member_that_is_called_like_a_secret_is_marked_as_one()
    {
        var members = CommandCatalogue.All.SelectMany(c => c.Type.GetProperties())
            .Where(p => p.PropertyType == typeof(string) && new[] { "Password", "Secret", "Current", "Token" }.Any(w => p.Name.Contains(w, StringComparison.Ordinal))).ToList();
        Assert.That(members, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(members.Where(p => p.GetCustomAttribute<SecretAttribute>() is null).Select(p => $"{p.DeclaringType!.Name}.{p.Name}"), Is.Empty);
    }
}
