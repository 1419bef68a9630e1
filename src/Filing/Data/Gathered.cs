using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using Dapper;

namespace Filing.Data;

/// <summary>Arguments that are gathered piece by piece, for texts that are put together so.</summary>
public static class Gathered
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Shapes = new();

    /// <summary>The properties of an object, each an argument of its name.</summary>
    public static DynamicParameters Of(object values) => new DynamicParameters().With(values);

    /// <summary>Adds the properties of an object; answers the same arguments.</summary>
    public static DynamicParameters With(this DynamicParameters arguments, object values)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(values);
        foreach (var property in PropertiesOf(values.GetType())) arguments.Add(property.Name, property.GetValue(values) ?? NullOf(property.PropertyType));
        return arguments;
    }

    internal static PropertyInfo[] PropertiesOf(Type type) =>
        Shapes.GetOrAdd(type, static t => [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)]);

    /// <summary>A NULL that knows of which type it is; null where no handler of ours has the type.</summary>
    internal static object? NullOf(Type type) => Nullable.GetUnderlyingType(type) is { } plain && DapperTypes.HandlerOf(plain) is { } handler ? new TypedNull(handler) : null;

    private sealed class TypedNull(SqlMapper.ITypeHandler handler) : SqlMapper.ICustomQueryParameter
    {
        public void AddParameter(IDbCommand command, string name)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            handler.SetValue(parameter, DBNull.Value);
            command.Parameters.Add(parameter);
        }
    }
}
