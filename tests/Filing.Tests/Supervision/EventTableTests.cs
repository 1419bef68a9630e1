using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Filing.Audit;
using Filing.Domain;
using Filing.Tests.Data.Sql;

namespace Filing.Tests.Supervision;

/// <summary>
/// docs/events.md lists every type of event: its stable name, when it is written, and its members. It is made from the declarations; run this
/// fixture with FILING_WRITE_DOCS=1 to write it anew after a change that is meant.
/// </summary>
[TestFixture]
internal sealed class EventTableTests
{
    private static readonly Type[] Events = [.. typeof(IEvent).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IEvent)))];

    private static readonly string Path = System.IO.Path.Combine(Repository.Folder("docs"), "events.md");

    [Test]
    public async Task The_table_of_events_is_the_declarations()
    {
        var made = Make();
        if (Environment.GetEnvironmentVariable("FILING_WRITE_DOCS") == "1") await File.WriteAllTextAsync(Path, made);
        Assert.That((await File.ReadAllTextAsync(Path)).ReplaceLineEndings("\n"), Is.EqualTo(made));
    }

    [Test]
    public void An_event_is_named_for_its_class_and_no_two_share_a_name()
    {
        Assert.That(Events.Select(NameOf), Is.EqualTo(Events.Select(t => Kebab.Case(t.Name))));
        Assert.That(Events.Select(NameOf), Is.Unique);
    }

    [Test]
    public void Every_event_says_when_it_is_written() => Assert.That(Events.Where(t => Summaries.Value.GetValueOrDefault($"T:{t.FullName}") is null).Select(t => t.Name), Is.Empty);

    private static string Make()
    {
        var text = new StringBuilder(
            """
            # Events

            Every change is a process (who, on whose behalf, when, which command, why) with typed events, written in the transaction of the change. An event keeps its
            exact bytes: UTF-8 JSON with `type`, `process`, `seq`, `document` (where it is of one), `at` (UTC, milliseconds) and `data`; the digest beside them is
            `sha256:` of these bytes. A type's name and the meaning of its members never change; members are added at the end. This file is made from the declarations,
            and a test fails when it lags behind.

            | In a member | is |
            | --- | --- |
            | id | a UUID |
            | date | a legal date, `yyyy-MM-dd`, in Asia/Shanghai |
            | code | a kebab-case word of a closed list |
            | ? | left out when there is nothing to say |

            """).Replace("\r\n", "\n");
        foreach (var area in Events.GroupBy(t => t.Namespace!.Split('.')[^1]).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append("## ").Append(area.Key).Append("\n\n| Name | When | Members |\n| --- | --- | --- |\n");
            foreach (var type in area.OrderBy(NameOf, StringComparer.Ordinal))
                text.Append("| `").Append(NameOf(type)).Append("` | ").Append(Summaries.Value[$"T:{type.FullName}"]).Append(" | ").Append(Members(type)).Append(" |\n");
        }

        return text.ToString();
    }

    private static string NameOf(Type type) => ((IEvent)RuntimeHelpers.GetUninitializedObject(type)).Type;

    private static string Members(Type type)
    {
        var optional = new NullabilityInfoContext();
        return string.Join(", ", type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters().Select(p =>
        {
            var nullable = Nullable.GetUnderlyingType(p.ParameterType) is not null || optional.Create(p).ReadState == NullabilityState.Nullable;
            return $"`{JsonNamingPolicy.CamelCase.ConvertName(p.Name!)}` {Word(Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType)}{(nullable ? "?" : "")}";
        }));
    }

    private static string Word(Type type) => type switch
    {
        _ when type == typeof(Guid) => "id",
        _ when type == typeof(DateOnly) => "date",
        _ when type == typeof(DateTimeOffset) => "moment",
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "yes or no",
        _ when type == typeof(int) || type == typeof(long) => "number",
        { IsEnum: true } => "code",
        { IsGenericType: true } => $"list of {Word(type.GetGenericArguments()[^1])}",
        _ => $"({string.Join(", ", type.GetProperties().Where(p => p.CanWrite).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)))})",
    };

    private static readonly Lazy<Dictionary<string, string>> Summaries = new(() =>
    {
        var xml = XDocument.Load(System.IO.Path.ChangeExtension(typeof(IEvent).Assembly.Location, ".xml"));
        return xml.Descendants("member").Where(m => m.Element("summary") is not null).ToDictionary(
            m => m.Attribute("name")!.Value,
            m => string.Join(' ', string.Concat(m.Element("summary")!.Nodes().Select(Plain)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal));
    });

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => other.Value,
        _ => "",
    };
}
