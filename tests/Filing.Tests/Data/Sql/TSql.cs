using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Filing.Tests.Data.Sql;

/// <summary>T-SQL of SQL Server 2019, as ScriptDom reads it.</summary>
public static class TSql
{
    /// <summary>Parses a script; the errors say where.</summary>
    public static TSqlScript Parse(string text, out IReadOnlyList<string> errors)
    {
        using var reader = new StringReader(text);
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var found);
        errors = [.. found.Select(error => string.Create(CultureInfo.InvariantCulture, $"line {error.Line}: {error.Message}"))];
        return script;
    }

    /// <summary>Parses a script that must be right.</summary>
    public static TSqlScript Parse(string text)
    {
        var script = Parse(text, out var errors);
        return errors.Count == 0 ? script : throw new FormatException(string.Join('\n', errors));
    }

    /// <summary>A fragment in one spelling, whatever the case, blanks, brackets and N of the original.</summary>
    public static string Canonical(TSqlFragment fragment)
    {
        fragment.Accept(new Plain());
        new Sql150ScriptGenerator().GenerateScript(fragment, out var text);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What no text of this product may use, in either database's scripts or in a common query.</summary>
    public static IReadOnlyList<string> Banned(TSqlFragment fragment)
    {
        var visitor = new BannedVisitor();
        fragment.Accept(visitor);
        return visitor.Found;
    }

    /// <summary>What parses in both databases and means something else in one of them.</summary>
    public static IReadOnlyList<string> Treacherous(TSqlFragment fragment)
    {
        var visitor = new TreacherousVisitor();
        fragment.Accept(visitor);
        return visitor.Found;
    }

    private sealed class Plain : TSqlFragmentVisitor
    {
        public override void Visit(Identifier node) => node.QuoteType = QuoteType.NotQuoted;

        public override void Visit(StringLiteral node) => node.IsNational = false;
    }

    private sealed class BannedVisitor : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(MergeStatement node) => Found.Add("MERGE is not atomic against itself");

        public override void Visit(TableHint node) => Found.Add($"the lock hint {node.HintKind}");

        public override void Visit(FunctionCall node)
        {
            if (node.FunctionName.Value.ToUpperInvariant() is "GETDATE" or "GETUTCDATE" or "SYSDATETIME" or "SYSUTCDATETIME" or "SYSDATETIMEOFFSET" or "NEWID" or "NEWSEQUENTIALID")
                Found.Add($"{node.FunctionName.Value}: time and ids are parameters");
        }
    }

    private sealed class TreacherousVisitor : TSqlFragmentVisitor
    {
        private static readonly HashSet<string> CommonFunctions = new(StringComparer.OrdinalIgnoreCase)
        {
            "COUNT", "SUM", "MIN", "MAX", "AVG", "ABS", "ROUND", "UPPER", "LOWER", "LTRIM", "RTRIM", "REPLACE", "SUBSTRING", "CONCAT",
            "ROW_NUMBER", "RANK", "DENSE_RANK", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "STRING_AGG",
        };

        public List<string> Found { get; } = [];

        public override void Visit(FunctionCall node)
        {
            if (!CommonFunctions.Contains(node.FunctionName.Value)) Found.Add($"{node.FunctionName.Value} is not a function of both databases");
        }

        public override void Visit(BinaryExpression node)
        {
            if (node.BinaryExpressionType == BinaryExpressionType.Add && (node.FirstExpression is StringLiteral || node.SecondExpression is StringLiteral))
                Found.Add("+ joins texts in one database and adds numbers in the other: CONCAT");
            if (node.BinaryExpressionType == BinaryExpressionType.Divide) Found.Add("/ of whole numbers is cut in both, which is rarely meant: divide in C#");
        }

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier is { Identifiers: [{ QuoteType: QuoteType.NotQuoted } only] } && only.Value.ToUpperInvariant() is "TRUE" or "FALSE")
                Found.Add("TRUE and FALSE are columns in T-SQL: 1 and 0");
        }

        public override void Visit(SelectScalarExpression node)
        {
            if (node.ColumnName is { } name && name.StartOffset < node.Expression.StartOffset) Found.Add("a = b in a SELECT list names a column in T-SQL and compares in SQLite");
        }

        public override void Visit(TopRowFilter node) => Found.Add("TOP");

        public override void Visit(SqlDataTypeReference node)
        {
            if (node.SqlDataTypeOption is not (SqlDataTypeOption.Int or SqlDataTypeOption.BigInt)) Found.Add($"the type {node.SqlDataTypeOption}");
        }
    }
}
