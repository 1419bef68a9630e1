using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;

namespace Filing.Data;

/// <summary>
/// Lists of ids, days and moments as parameters on SQL Server. Dapper writes a list out into single parameters by itself, but asks no type handler about
/// them, so that an id would go over as another type than its column. Here each becomes a parameter like any other.
/// </summary>
internal static partial class ServerLists
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]?> Shapes = new();

    /// <summary>The text and its arguments with those lists written out; unchanged where there are none.</summary>
    public static (string Sql, object? Args) Expand(string sql, object? args)
    {
        if (args is DynamicParameters given)
        {
            var names = given.ParameterNames.ToList();
            return names.Exists(n => IsOurs(given.Get<object?>(n)?.GetType())) ? Expand(sql, names.Select(n => (n, given.Get<object?>(n)))) : (sql, args);
        }

        // A list of arguments runs the text once each; those hold plain values.
        return args is null or IEnumerable || Shapes.GetOrAdd(args.GetType(), ShapeOf) is not { } properties
            ? (sql, args)
            : Expand(sql, properties.Select(p => (p.Name, p.GetValue(args) ?? Gathered.NullOf(p.PropertyType))));
    }

    private static (string Sql, object Args) Expand(string sql, IEnumerable<(string Name, object? Value)> values)
    {
        var arguments = new DynamicParameters();
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (!IsOurs(value?.GetType()))
            {
                arguments.Add(name, value);
                continue;
            }

            var items = ((IEnumerable)value!).Cast<object>().ToList();
            // Few lengths are few texts, each with a plan of its own at the server: the last item stands for those that lack.
            var length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(items.Count, 1));
            var names = Enumerable.Range(0, length).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}_{i}")).ToList();
            for (var i = 0; i < length; i++) arguments.Add(names[i], items.Count > 0 ? items[Math.Min(i, items.Count - 1)] : Gathered.NullOf(typeof(Nullable<>).MakeGenericType(ItemOf(value!))));
            written[name] = items.Count > 0 ? $"({string.Join(", ", names.Select(n => "@" + n))})" : $"(SELECT @{names[0]} WHERE 1 = 0)";
        }

        return (Parameter().Replace(sql, m => written.GetValueOrDefault(m.Value[1..], m.Value)), arguments);
    }

    private static Type ItemOf(object list) => list is IEnumerable<Guid> ? typeof(Guid) : list is IEnumerable<DateOnly> ? typeof(DateOnly) : typeof(DateTimeOffset);

    private static PropertyInfo[]? ShapeOf(Type type)
    {
        var properties = Gathered.PropertiesOf(type);
        return Array.Exists(properties, p => IsOurs(p.PropertyType)) ? properties : null;
    }

    private static bool IsOurs(Type? type) =>
        typeof(IEnumerable<Guid>).IsAssignableFrom(type) || typeof(IEnumerable<DateOnly>).IsAssignableFrom(type) || typeof(IEnumerable<DateTimeOffset>).IsAssignableFrom(type);

    [GeneratedRegex("@[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
