using Filing.Activities;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Tests.Data.Sql;

namespace Filing.Tests.Docs;

/// <summary>docs/permissions.md says what the code and the definitions say. When a row is missing the failure prints the one to write.</summary>
public sealed class PermissionsDocTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.Folder("docs/permissions.md"));

    [Test]
    public void The_table_of_functions_is_the_one_of_the_code() =>
        Assert.That(Rows("职能"), Is.EqualTo(Enum.GetValues<Function>().Select(f => Row(f.Chinese(), $"`{Kebab.Of(f)}`", Roles(f)))));

    [Test]
    public void The_table_of_tasks_is_the_one_of_the_definitions()
    {
        var tasks = Laws.Read(Repository.Folder("workflows")).Definitions.OrderBy(d => d.DefinitionId, StringComparer.Ordinal)
            .SelectMany(d => d.Nodes.Where(n => n.Type == ActivityTypes.HumanTask).Select(n => (Definition: d.DefinitionId, Node: n)))
            .GroupBy(t => (Task: t.Node.Text("task")!, Role: t.Node.Text("role")!, Place: t.Node.Text("place")!))
            .OrderBy(g => g.Key.Task, StringComparer.Ordinal).ThenBy(g => g.Key.Role, StringComparer.Ordinal).ThenBy(g => g.Key.Place, StringComparer.Ordinal)
            .Select(g => Row(
                string.Join("、", g.Select(t => t.Node.Name).Distinct()),
                $"`{g.Key.Task}`",
                $"{Kebab.Parse<Role>(g.Key.Role).Chinese()}@{Kebab.Parse<Place>(g.Key.Place).Chinese()}",
                string.Join(' ', g.Select(t => $"`{t.Definition}`").Distinct())));

        Assert.That(Rows("任务"), Is.EqualTo(tasks));
    }

    [Test]
    public void The_table_of_roles_names_each_one() =>
        Assert.That(Rows("岗位").Select(r => r[..r.IndexOf('|', r.IndexOf('`', StringComparison.Ordinal))]), Is.EqualTo(Enum.GetValues<Role>().Select(r => $"| {r.Chinese()} | `{Kebab.Of(r)}` ")));

    private static string Roles(Function function) => Permissions.RolesOf(function) switch
    {
        [] => "—（系统与命令行）",
        var roles => string.Join("、", roles.Select(r => r.Chinese())),
    };

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells)} |";

    /// <summary>The rows, without the head, of the table whose first column has that head.</summary>
    private static IEnumerable<string> Rows(string head) => Page.SkipWhile(l => !l.StartsWith($"| {head} |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|'));
}
