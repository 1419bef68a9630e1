using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Filing.Tests.Data.Sql;

/// <summary>A schema as far as the twins must agree on it. Both are read by the same parser, so that they compare by meaning.</summary>
public sealed class Schema
{
    public sealed record Column(string Name, string Type, bool Nullable, string? Collation);

    public sealed record Table(string Name, List<Column> Columns);

    public List<Table> Tables { get; } = [];

    /// <summary>Keys, references, checks and indexes, a sentence each, by name.</summary>
    public SortedDictionary<string, string> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>The columns of each key and index, by its name.</summary>
    public SortedDictionary<string, (string Table, string[] Columns, bool Unique, bool Filtered)> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The columns that refer to others.</summary>
    public List<(string Table, string Column, string OtherTable, string OtherColumn)> References { get; } = [];

    /// <summary>The triggers and their tables.</summary>
    public SortedDictionary<string, string> Triggers { get; } = new(StringComparer.Ordinal);

    /// <summary>What stands without a name, or cannot be read.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>A column; null when there is none.</summary>
    public Column? this[string table, string column] => Tables.Find(t => t.Name == table)?.Columns.Find(c => c.Name == column);

    /// <summary>Reads the statements of a script on top of what is there.</summary>
    public void Read(TSqlScript script)
    {
        foreach (var statement in script.Batches.SelectMany(batch => batch.Statements)) Read(statement);
    }

    private void Read(TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement create:
                var table = new Table(Name(create.SchemaObjectName), []);
                Tables.Add(table);
                Read(table, create.Definition);
                break;
            case AlterTableAddTableElementStatement add:
                Read(Tables.Single(t => t.Name == Name(add.SchemaObjectName)), add.Definition);
                break;
            case DropTableStatement drop:
                foreach (var gone in drop.Objects.Select(Name)) Tables.RemoveAll(t => t.Name == gone);
                break;
            case CreateIndexStatement index:
                Index(index);
                break;
            case CreateTriggerStatement trigger:
                Triggers.Add(Name(trigger.Name), Name(trigger.TriggerObject.Name));
                break;
            case InsertStatement or UpdateStatement or DeleteStatement:
                break;
            default:
                Faults.Add($"a {statement.GetType().Name}, which this test cannot compare; teach it");
                break;
        }
    }

    private void Read(Table table, TableDefinition definition)
    {
        foreach (var column in definition.ColumnDefinitions)
        {
            var name = column.ColumnIdentifier.Value;
            var notNull = column.Constraints.OfType<NullableConstraintDefinition>().FirstOrDefault() is { Nullable: false };
            table.Columns.Add(new(name, TSql.Canonical(column.DataType).ToUpperInvariant(), !notNull, column.Collation?.Value));
            if (column.DefaultConstraint is not null) Faults.Add($"{table.Name}.{name} has a default; values are parameters");
            foreach (var constraint in column.Constraints.Where(c => c is not NullableConstraintDefinition)) Constraint(table.Name, constraint, name);
        }

        foreach (var constraint in definition.TableConstraints) Constraint(table.Name, constraint, null);
    }

    private void Constraint(string table, ConstraintDefinition constraint, string? column)
    {
        var name = constraint.ConstraintIdentifier?.Value;
        if (name is null) Faults.Add($"{table} has a {constraint.GetType().Name} without a name");
        name ??= "?" + Rules.Count;
        switch (constraint)
        {
            case UniqueConstraintDefinition unique:
                var columns = column is not null ? [column] : Names(unique.Columns);
                Rules.Add(name, $"{(unique.IsPrimaryKey ? "primary key" : "unique")} {table} ({string.Join(", ", columns)})");
                Keys.Add(name, (table, columns, true, false));
                break;
            case ForeignKeyConstraintDefinition reference:
                var own = column is not null ? [column] : reference.Columns.Select(c => c.Value).ToArray();
                var other = reference.ReferencedTableColumns.Select(c => c.Value).ToArray();
                Rules.Add(name, $"reference {table} ({string.Join(", ", own)}) to {Name(reference.ReferenceTableName)} ({string.Join(", ", other)}) {reference.DeleteAction} {reference.UpdateAction}");
                References.AddRange(own.Zip(other, (from, to) => (table, from, Name(reference.ReferenceTableName), to)));
                break;
            case CheckConstraintDefinition check:
                Rules.Add(name, $"check {table} {TSql.Canonical(check.CheckCondition)}");
                break;
            default:
                Faults.Add($"{table} has a {constraint.GetType().Name}, which this test cannot compare; teach it");
                break;
        }
    }

    private void Index(CreateIndexStatement index)
    {
        var (name, table, columns) = (index.Name.Value, Name(index.OnName), Names(index.Columns));
        var filter = index.FilterPredicate is { } predicate ? " where " + TSql.Canonical(predicate) : "";
        Rules.Add(name, $"{(index.Unique ? "unique " : "")}index {table} ({string.Join(", ", columns)}){filter}");
        Keys.Add(name, (table, columns, index.Unique, filter.Length > 0));
    }

    private static string Name(SchemaObjectName name) => name.BaseIdentifier.Value;

    private static string[] Names(IEnumerable<ColumnWithSortOrder> columns) =>
        [.. columns.Select(c => c.Column.MultiPartIdentifier.Identifiers[^1].Value + (c.SortOrder == SortOrder.Descending ? " DESC" : ""))];
}
