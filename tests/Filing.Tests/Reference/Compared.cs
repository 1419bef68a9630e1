using System.Reflection;

namespace Filing.Tests.Reference;

/// <summary>A declared type beside the real one: what the declaration has and the real one lacks. What a caller is compiled against counts; bodies, nullability and attributes do not.</summary>
internal static class Compared
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Each difference as a line.</summary>
    public static IEnumerable<string> Differences(Type declared, Type real) => OfType(declared, real).Concat(declared.IsEnum ? OfEnum(declared, real) : OfMembers(declared, real)).Select(d => $"{declared.Name}: {d}");

    private static IEnumerable<string> OfType(Type declared, Type real)
    {
        if (Kind(declared) != Kind(real)) yield return $"is a {Kind(real)}";
        // Nobody may derive from what is sealed, or make what is abstract; the other way round a declaration is only the stricter.
        if (real.IsSealed && !declared.IsSealed) yield return "is sealed";
        if (real.IsAbstract && !declared.IsAbstract) yield return "is abstract";
        if (declared.IsAbstract && declared.IsSealed && !real.IsAbstract) yield return "is not static";
        if (Generics(declared.GetGenericArguments()) is var mine && Generics(real.GetGenericArguments()) is var theirs && mine != theirs) yield return $"is generic in {theirs}";
        if (declared.BaseType is { } b && b != typeof(object) && Name(b) is var name && Bases(real).All(r => Name(r) != name)) yield return $"has no base {name}";
        var faces = real.GetInterfaces().Select(Name).ToHashSet();
        foreach (var face in declared.GetInterfaces().Select(Name).Where(f => !faces.Contains(f))) yield return $"is no {face}";
    }

    private static IEnumerable<string> OfEnum(Type declared, Type real)
    {
        if (Enum.GetUnderlyingType(declared) != Enum.GetUnderlyingType(real)) yield return $"is of {Enum.GetUnderlyingType(real)}";
        static IEnumerable<string> Values(Type type) => Enum.GetNames(type).Select(n => $"{n} = {Convert.ChangeType(Enum.Parse(type, n), Enum.GetUnderlyingType(type), null)}");
        foreach (var value in Values(declared).Except(Values(real))) yield return $"no {value}";
    }

    private static IEnumerable<string> OfMembers(Type declared, Type real)
    {
        var there = Bases(real).Concat(real.GetInterfaces()).SelectMany(t => Signatures(t, t != real)).ToHashSet();
        return Signatures(declared, false).Where(s => !there.Contains(s)).Select(s => $"no {s}");
    }

    private static IEnumerable<string> Signatures(Type type, bool inherited)
    {
        foreach (var member in type.GetMembers(Own))
        {
            switch (member)
            {
                case ConstructorInfo { IsStatic: false } constructor when Seen(constructor) && !inherited:
                    yield return $"constructor ({Parameters(constructor)})";
                    break;
                case MethodInfo { IsSpecialName: false } method when Seen(method):
                    var generics = method.IsGenericMethod ? Generics(method.GetGenericArguments()) : "";
                    yield return $"{Static(method)}{Name(method.ReturnType)} {method.Name}{generics}({Parameters(method)})";
                    break;
                case MethodInfo { IsSpecialName: true } method when Seen(method) && method.Name.StartsWith("op_", StringComparison.Ordinal):
                    yield return $"static {Name(method.ReturnType)} {method.Name}({Parameters(method)})";
                    break;
                case PropertyInfo property when Accessors(property) is { Length: > 0 } accessors:
                    // Each accessor by itself: a declaration may leave out the setter.
                    foreach (var accessor in accessors) yield return $"{Static(property.GetAccessors(true)[0])}{Name(property.PropertyType)} {property.Name}{Index(property)} {{ {accessor} }}";
                    break;
                case EventInfo { AddMethod: { } add } happening when Seen(add):
                    yield return $"{Static(add)}event {Name(happening.EventHandlerType!)} {happening.Name}";
                    break;
                case FieldInfo { IsPublic: true } or FieldInfo { IsFamily: true } or FieldInfo { IsFamilyOrAssembly: true }:
                    var field = (FieldInfo)member;
                    yield return $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}field {Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}";
                    break;
            }
        }
    }

    private static string Kind(Type type) => type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsSubclassOf(typeof(Delegate)) ? "delegate" : "class";

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType) yield return t;
    }

    private static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string[] Accessors(PropertyInfo property) => [.. new[]
    {
        property.GetMethod is { } get && Seen(get) ? "get;" : "",
        property.SetMethod is { } set && Seen(set) ? set.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit") ? "init;" : "set;" : "",
    }.Where(a => a.Length > 0)];

    private static string Index(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(Parameter))}]" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    // The default is compiled into the caller, and its name may be written there.
    private static string Parameter(ParameterInfo parameter) =>
        $"{(parameter.IsOut ? "out " : parameter.IsIn ? "in " : "")}{Name(parameter.ParameterType)}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "null"}" : "")}";

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Generic))}>";

    private static string Generic(Type argument)
    {
        if (!argument.IsGenericParameter) return Name(argument);
        var limits = argument.GetGenericParameterConstraints().Select(Name).Order().Prepend((argument.GenericParameterAttributes & ~GenericParameterAttributes.AllowByRefLike).ToString()).Where(l => l != "None");
        return string.Join(" & ", limits.Prepend(Name(argument)));
    }

    /// <summary>The name of a type, whichever assembly it is in.</summary>
    private static string Name(Type type)
    {
        if (type.IsGenericMethodParameter) return $"!!{type.GenericParameterPosition}";
        if (type.IsGenericParameter) return $"!{type.GenericParameterPosition}";
        if (type.IsByRef) return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsGenericType) return type.FullName ?? type.Name;
        return $"{type.GetGenericTypeDefinition().FullName}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
