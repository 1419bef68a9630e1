using Filing.Features.Desks;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Desks;

[TestFixture]
internal sealed class SavedFormTests
{
    private const string Form = "/documents/1/review";
    private TestRegister _register = null!;

    [OneTimeSetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync();

    [OneTimeTearDown]
    public async Task Close() => await _register.DisposeAsync();

    [Test, Order(1)]
    public async Task What_is_kept_comes_back_to_its_author_alone()
    {
        Assert.That(await _register.As("reviewer").Send(new SaveForm(Form, """{"Reason":["一"]}""")), Is.EqualTo(1));
        Assert.That((await _register.As("reviewer").Send(new ReadSavedForm(Form)))?.Fields, Is.EqualTo("""{"Reason":["一"]}"""));
        Assert.That(await _register.As("drafter").Send(new ReadSavedForm(Form)), Is.Null);
    }

    [Test, Order(2)]
    public async Task The_second_of_two_windows_is_told_and_overwrites_only_when_it_means_to()
    {
        Assert.That(await _register.As("reviewer").Send(new SaveForm(Form, "{}", 1)), Is.EqualTo(2));
        Assert.That((await _register.As("reviewer").Try(new SaveForm(Form, "{}", 1))).Error?.Code, Is.EqualTo("form.other-window"));
        Assert.That(await _register.As("reviewer").Send(new SaveForm(Form, "{}")), Is.EqualTo(3));
    }

    [Test, Order(3)]
    public async Task What_was_sent_is_forgotten_and_no_trace_of_typing_enters_the_record()
    {
        await _register.As("drafter").Send(new DropForm(Form));
        Assert.That(await _register.As("reviewer").Send(new ReadSavedForm(Form)), Is.Not.Null, "another's");
        await _register.As("reviewer").Send(new DropForm(Form));
        Assert.That(await _register.As("reviewer").Send(new ReadSavedForm(Form)), Is.Null);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Process WHERE Command LIKE '%form%'"), Is.Zero);
    }

    [Test, Order(4)]
    public async Task What_nobody_came_back_to_for_half_a_year_is_given_up_with_its_files()
    {
        var purge = _register.Services.GetRequiredService<SavedFormPurge>();
        await _register.As("reviewer").Send(new SaveForm("/old", "{}"));
        await _register.Database.WriteAsync(db => db.ExecuteAsync("INSERT INTO SavedFormFile (AccountId, Form, Sha256) SELECT AccountId, Form, '00' FROM SavedForm WHERE Form = '/old'"));
        _register.Clock.Move(TestRegister.OddMoment + SavedFormPurge.Keep, 0);
        await _register.As("reviewer").Send(new SaveForm("/new", "{}"));
        Assert.That(await purge.RunAsync(), Is.Zero, "not yet older than that");
        _register.Clock.Move(TestRegister.OddMoment + SavedFormPurge.Keep + TimeSpan.FromMinutes(1), 0);
        Assert.That(await purge.RunAsync(), Is.EqualTo(1));
        Assert.That(await _register.Rows<string>("SELECT Form FROM SavedForm"), Is.EqualTo(["/new"]));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM SavedFormFile"), Is.Zero);
    }
}
