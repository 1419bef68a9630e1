using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Tests.Support;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Cases;

[TestFixture]
internal sealed class TrialTests
{
    [Test]
    public async Task A_trial_says_which_number_would_be_given_and_gives_none()
    {
        await using var register = await TestRegister.OpenAsync();
        var journey = await Issuing.RegisteredAsync(register);
        var before = await Everything(register);
        var (trial, result) = await Try(register, "registrar", new AssignNumber(journey.Document, "郴政发〔2026〕3号"));
        Assert.That(result.Error, Is.Null);
        Assert.That(trial.Effects.Select(e => $"{e.What}：{e.Text}"), Is.EqualTo(["统一登记号：CZCR-2026-00001", "发文字号：郴政发〔2026〕3号", "下一步：统一公布（郴州市人民政府办公室 · 公布员）"]));
        Assert.That(await Everything(register), Is.EqualTo(before), "nothing of it remained");
        var done = await register.As("registrar").Send(new AssignNumber(journey.Document, "郴政发〔2026〕3号"), "key");
        Assert.That(done.RegistrationNumber, Is.EqualTo("CZCR-2026-00001"));
    }

    [Test]
    public async Task A_refusal_is_the_answer_of_a_trial()
    {
        await using var register = await TestRegister.OpenAsync();
        var journey = await Journey.SubmittedAsync(register);
        var (trial, result) = await Try(register, "registrar", new AssignNumber(journey.Document));
        Assert.That((result.Error?.Code, trial.Effects.Count), Is.EqualTo(("task.not-open", 0)));
    }

    [Test]
    public async Task A_trial_of_a_submission_knows_the_document_that_it_would_make()
    {
        await using var register = await TestRegister.OpenAsync();
        var (trial, result) = await Try(register, "drafter", new SubmitDraft("郴州市城镇房屋租赁管理办法", DocumentKind.Government, World.Housing, World.City, Journey.Text, true));
        Assert.That(result.Error, Is.Null);
        Assert.That(trial.Effects.Single().Text, Is.EqualTo("认定（郴州市人民政府法制办公室 · 审查员）"));
        Assert.That(await register.Scalar<int>("SELECT COUNT(*) FROM Document"), Is.Zero);
    }

    private static async Task<(Trial, Result<T>)> Try<T>(TestRegister register, string login, ICommand<T> command)
    {
        await using var scope = register.Services.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        var trial = new Trial();
        (caller.Actor, caller.Trial, caller.IdempotencyKey) = (new Actor(ActorKind.Person, await register.Scalar<Guid>("SELECT Id FROM Account WHERE Login = @login", new { login }), login), trial, "key");
        return (trial, await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command));
    }

    private static async Task<string> Everything(TestRegister register)
    {
        var counts = new List<string>();
        foreach (var table in TestDatabase.Tables)
            counts.Add($"{table} {await register.Scalar<int>($"SELECT COUNT(*) FROM {table}")}");
        return string.Join('\n', counts);
    }
}
