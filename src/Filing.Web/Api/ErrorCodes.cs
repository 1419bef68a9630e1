using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;

namespace Filing.Web.Api;

/// <summary>
/// The codes with which a command may be refused, found in its compiled handler and validator and in what these call within the features. The
/// API document is made from them, so that it cannot lag behind the code.
/// </summary>
internal static partial class ErrorCodes
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<string>> Known = new();

    /// <summary>The codes of a command, in order; those of the pipeline itself are not among them.</summary>
    public static IReadOnlyList<string> Of(Type command) => Known.GetOrAdd(command, Find);

    private static IReadOnlyList<string> Find(Type command)
    {
        var (found, seen) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<MethodBase>());
        var waiting = new Stack<MethodBase>(command.Assembly.GetTypes().Where(t => Serves(t, command)).SelectMany(Methods));
        while (waiting.TryPop(out var method))
        {
            if (seen.Add(method)) Read(method, found, waiting);
        }

        return [.. found];
    }

    private static bool Serves(Type type, Type command) => type.GetInterfaces().Any(i => i.IsGenericType && i.GenericTypeArguments[0] == command
        && (i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) || i.GetGenericTypeDefinition() == typeof(IValidator<>)));

    private static IEnumerable<MethodBase> Methods(Type type) => type
        .GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OfType<MethodBase>()
        .Concat(type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).SelectMany(Methods));

    /// <summary>A literal that looks like a code is one; a call to a method of the features, or to the state machine behind one, is followed.</summary>
    private static void Read(MethodBase method, SortedSet<string> found, Stack<MethodBase> waiting)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) return;
        for (var at = 0; at < il.Length;)
        {
            var code = Codes[il[at] == 0xfe ? (short)(0xfe00 | il[at + 1]) : il[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineString && method.Module.ResolveString(BitConverter.ToInt32(il, at)) is var text && Code().IsMatch(text)) found.Add(text);
            if (code.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(il, at)) is { DeclaringType: { } owner } called && Follow(owner, method))
            {
                waiting.Push(called);
                if (called.GetCustomAttribute<System.Runtime.CompilerServices.AsyncStateMachineAttribute>() is { } machine)
                    waiting.Push(machine.StateMachineType.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!);
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    // The engine of cases is everybody's: following it would give every command the codes of all.
    private static bool Follow(Type owner, MethodBase from) =>
        owner.Assembly == from.Module.Assembly && owner.Namespace is { } space && space.StartsWith("Filing.Features.", StringComparison.Ordinal) && space != "Filing.Features.Cases";

    private static MethodBase? Resolve(MethodBase from, int token)
    {
        var types = from.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
        var method = from.Module.ResolveMethod(token, types, from is MethodInfo { IsGenericMethod: true } ? from.GetGenericArguments() : null);
        return method;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
