using Filing.Pipeline;
using MediatR;

namespace Filing.Web.CommandLine.Demo;

/// <summary>Sends the demonstration's commands; each must come through, since the story is of our own making.</summary>
internal sealed class DemoSender(IServiceProvider services)
{
    private readonly Dictionary<string, Actor> _people = [];

    /// <summary>As the command line.</summary>
    public Task<T> AsOperatorAsync<T>(ICommand<T> command) => SendAsync(Actor.Operator("demo"), command);

    /// <summary>As an account.</summary>
    public async Task<T> AsAsync<T>(string login, ICommand<T> command)
    {
        if (!_people.TryGetValue(login, out var actor))
        {
            var account = await services.GetRequiredService<Security.Accounts>().ByLoginAsync(login) ?? throw new InvalidOperationException($"no account {login}");
            _people[login] = actor = new Actor(ActorKind.Person, account.Id, account.Name);
        }

        return await SendAsync(actor, command);
    }

    /// <summary>The name of whoever has a login.</summary>
    public async Task<string> NameAsync(string login) => (await services.GetRequiredService<Security.Accounts>().ByLoginAsync(login))?.Name ?? throw new InvalidOperationException($"no account {login}");

    private async Task<T> SendAsync<T>(Actor actor, ICommand<T> command)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Actor = actor;
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
        return result.TryGet(out var value, out var error) ? value : throw new InvalidOperationException($"{command.GetType().Name} by {actor.Name}: {error}");
    }
}
