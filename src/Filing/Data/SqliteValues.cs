using System.Collections.Concurrent;
using System.Reflection;

namespace Filing.Data;

/// <summary>How values of one type go into a parameter and come out of a column; both are null for a type that the driver must see to.</summary>
internal static class SqliteValue<T>
{
    public static readonly Action<SqliteStatement, int, T>? Bind = SqliteValues.Binders.GetValueOrDefault(typeof(T)) as Action<SqliteStatement, int, T>;
    public static readonly Func<SqliteStatement, int, T>? Read = SqliteValues.Readers.GetValueOrDefault(typeof(T)) as Func<SqliteStatement, int, T>;
}

/// <summary>The kinds of values that the tables hold.</summary>
internal static class SqliteValues
{
    public static readonly Dictionary<Type, Delegate> Binders = [];
    public static readonly Dictionary<Type, Delegate> Readers = [];

    static SqliteValues()
    {
        Reference<string>((s, i, v) => s.Bind(i, v), (s, i) => s.Text(i));
        Reference<byte[]>((s, i, v) => s.Bind(i, v), (s, i) => s.Bytes(i));
        Value<Guid>((s, i, v) => s.Bind(i, v), (s, i) => s.Id(i));
        Value<DateOnly>((s, i, v) => s.Bind(i, v), (s, i) => s.Day(i));
        Value<DateTimeOffset>((s, i, v) => s.Bind(i, v), (s, i) => s.Moment(i));
        Value<long>((s, i, v) => s.Bind(i, v), (s, i) => s.Int64(i));
        Value<int>((s, i, v) => s.Bind(i, (long)v), (s, i) => checked((int)s.Int64(i)));
        Value<bool>((s, i, v) => s.Bind(i, v ? 1L : 0L), (s, i) => s.Int64(i) != 0);
        Value<double>((s, i, v) => s.Bind(i, v), (s, i) => s.Double(i));
    }

    private static void Reference<T>(Action<SqliteStatement, int, T> bind, Func<SqliteStatement, int, T> read)
        where T : class
    {
        Binders[typeof(T)] = (Action<SqliteStatement, int, T?>)((s, i, v) =>
        {
            if (v is null) s.BindNull(i);
            else bind(s, i, v);
        });
        Readers[typeof(T)] = read;
    }

    private static void Value<T>(Action<SqliteStatement, int, T> bind, Func<SqliteStatement, int, T> read)
        where T : struct
    {
        Binders[typeof(T)] = bind;
        Readers[typeof(T)] = read;
        Binders[typeof(T?)] = (Action<SqliteStatement, int, T?>)((s, i, v) =>
        {
            if (v is { } value) bind(s, i, value);
            else s.BindNull(i);
        });
        Readers[typeof(T?)] = (Func<SqliteStatement, int, T?>)((s, i) => read(s, i));
    }
}

/// <summary>Puts one property of the arguments into a parameter.</summary>
internal interface IArgument
{
    void Bind(object arguments, SqliteStatement statement, int at);
}

/// <summary>The properties of a type of arguments, by name.</summary>
internal sealed class Arguments
{
    private static readonly ConcurrentDictionary<Type, Arguments?> Known = new();
    private readonly Dictionary<string, IArgument> _properties = new(StringComparer.Ordinal);

    private Arguments(Type type) => Type = type;

    public Type Type { get; }

    public IArgument? Find(string parameter) => _properties.GetValueOrDefault(parameter);

    /// <summary>What is known of a type; null when one of its properties is of a kind that the driver must see to, such as a list.</summary>
    public static Arguments? Of(Type type) => Known.GetOrAdd(type, static type =>
    {
        if (type.IsValueType || type.IsAssignableTo(typeof(System.Collections.IEnumerable)) || type.IsAssignableTo(typeof(Dapper.SqlMapper.IDynamicParameters))) return null;
        var all = new Arguments(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is null || property.GetIndexParameters().Length > 0) continue;
            if (!SqliteValues.Binders.ContainsKey(property.PropertyType)) return null;
            all._properties[property.Name] = (IArgument)Activator.CreateInstance(typeof(Argument<,>).MakeGenericType(type, property.PropertyType), property.GetMethod)!;
        }

        return all;
    });

    private sealed class Argument<TArguments, TValue>(MethodInfo get) : IArgument
        where TArguments : class
    {
        private readonly Func<TArguments, TValue> _get = get.CreateDelegate<Func<TArguments, TValue>>();

        public void Bind(object arguments, SqliteStatement statement, int at) => SqliteValue<TValue>.Bind!(statement, at, _get((TArguments)arguments));
    }
}

/// <summary>Reads rows into values of one type.</summary>
internal abstract class RowReader<T>
{
    /// <summary>The reader of the type; null when the driver must see to it.</summary>
    public static readonly RowReader<T>? It = Make();

    /// <summary>What a row of these columns needs; it is given back for each row.</summary>
    public abstract object[] Prepare(string[] columns);

    /// <summary>The row at which the statement stands.</summary>
    public abstract T Row(SqliteStatement statement, object[] setters);

    private static RowReader<T>? Make()
    {
        if (SqliteValue<T>.Read is not null) return new First();
        if (typeof(T).IsValueType || typeof(T).IsAbstract || typeof(T) == typeof(object)
            || typeof(T).GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, []) is not { } make) return null;
        var setters = new Dictionary<string, Setter>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not { } set || property.GetIndexParameters().Length > 0) continue;
            if (!SqliteValues.Readers.ContainsKey(property.PropertyType)) return null;
            setters[property.Name] = (Setter)Activator.CreateInstance(typeof(Setter<>).MakeGenericType(typeof(T), property.PropertyType), set)!;
        }

        return new Members(make, setters);
    }

    private sealed class First : RowReader<T>
    {
        public override object[] Prepare(string[] columns) => [];

        public override T Row(SqliteStatement statement, object[] setters) => statement.IsNull(0) ? default! : SqliteValue<T>.Read!(statement, 0);
    }

    private sealed class Members(ConstructorInfo make, Dictionary<string, Setter> properties) : RowReader<T>
    {
        private readonly ConstructorInvoker _make = ConstructorInvoker.Create(make);

        public override object[] Prepare(string[] columns) => Array.ConvertAll(columns, c => (object)properties.GetValueOrDefault(c, None.It));

        public override T Row(SqliteStatement statement, object[] setters)
        {
            var row = (T)_make.Invoke();
            for (var i = 0; i < setters.Length; i++)
            {
                // As Dapper does: a NULL leaves what the type itself begins with.
                if (!statement.IsNull(i)) ((Setter)setters[i]).Set(row, statement, i);
            }

            return row;
        }
    }

    private abstract class Setter
    {
        public abstract void Set(T row, SqliteStatement statement, int column);
    }

    private sealed class None : Setter
    {
        public static readonly None It = new();

        public override void Set(T row, SqliteStatement statement, int column)
        {
        }
    }

    private sealed class Setter<TValue>(MethodInfo set) : Setter
    {
        private readonly Action<T, TValue> _set = set.CreateDelegate<Action<T, TValue>>();

        public override void Set(T row, SqliteStatement statement, int column) => _set(row, SqliteValue<TValue>.Read!(statement, column));
    }
}
