using Filing.Tests.Support;

namespace Filing.Tests.Pages;

/// <summary>待办: taking a task and giving it back are buttons of the list itself.</summary>
[TestFixture]
internal sealed class InboxPageTests
{
    [Test]
    public async Task A_task_is_taken_given_back_and_reminded_of_from_the_list()
    {
        var register = await TestRegister.OpenAsync();
        var document = await register.UnderReviewAsync();
        await using var desk = await Desk.OpenAsync(register);
        var reviewer = await desk.As("reviewer");
        var taken = await reviewer.SubmitAsync(await reviewer.GetAsync("/?which=free"), "form[action$='/take']");
        Assert.That((taken.Path.Split('?')[0], taken.Of(".notice")), Is.EqualTo(($"/documents/{document}/review", "已领办。")));
        Assert.That(await register.Scalar<string>("SELECT a.Login FROM Task t JOIN Account a ON a.Id = t.HolderId WHERE t.State = 'open'"), Is.EqualTo("reviewer"));
        Assert.That((await reviewer.SubmitAsync(await reviewer.GetAsync("/"), "form[action$='/return']")).Of(".notice"), Does.StartWith("已退回"));
        var drafter = await desk.As("drafter");
        Assert.That((await drafter.SubmitAsync(await drafter.GetAsync("/?which=waiting"), "form[action$='/remind']")).Of(".notice"), Does.StartWith("已催办"));
    }
}
