using System.Reflection;
using Filing.Domain;

namespace Filing.Pipeline;

/// <summary>What a request's type says about itself, read once.</summary>
internal static class RequestRule<TRequest>
{
    public static readonly VerbAttribute? Verb = typeof(TRequest).GetCustomAttribute<VerbAttribute>();
    public static readonly FinishesAttribute? Finishes = typeof(TRequest).GetCustomAttribute<FinishesAttribute>();
    public static readonly DuringTaskAttribute? DuringTask = typeof(TRequest).GetCustomAttribute<DuringTaskAttribute>();
    public static readonly NeedsAttribute? Needs = typeof(TRequest).GetCustomAttribute<NeedsAttribute>();
    public static readonly bool AsksForDesk = Finishes is not null || DuringTask is not null || Needs is not null;
    public static readonly bool OpenToAll = typeof(TRequest).GetCustomAttribute<OpenToAllAttribute>() is not null;
    public static readonly bool SignedIn = typeof(TRequest).GetCustomAttribute<SignedInAttribute>() is not null;
    public static readonly string Name = Verb?.Name ?? Kebab.Case(typeof(TRequest).Name);

    public static readonly bool Changes = Array.Exists(
        typeof(TRequest).GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>));
}
