using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Filing.Pipeline;

namespace Filing.Papers;

/// <summary>The query makes an official paper of a document. It has a <c>DocumentId</c>; further members come from the address, after the question mark.</summary>
/// <param name="name">Its name in the address, in kebab case: <c>/documents/{id}/papers/{name}</c>, and with <c>.docx</c> the file.</param>
/// <param name="title">What it is called, in Chinese.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PaperAttribute(string name, string title) : Attribute
{
    /// <summary>Its name in the address.</summary>
    public string Name { get; } = name;

    /// <summary>What it is called, in Chinese.</summary>
    public string Title { get; } = title;
}

/// <summary>A kind of paper.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Title">What it is called, in Chinese.</param>
/// <param name="Query">The type of the query that makes it.</param>
public sealed record PaperInfo(string Name, string Title, Type Query);

/// <summary>All papers of documents. A new one is one class: a query for an <see cref="OfficialPaper"/> with a <see cref="PaperAttribute"/>.</summary>
public static class PaperCatalogue
{
    private static readonly JsonSerializerOptions Reading = new(Json.Options) { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    private static readonly FrozenDictionary<string, PaperInfo> ByName = Find().ToFrozenDictionary(p => p.Name);

    /// <summary>All of them, by name.</summary>
    public static IEnumerable<PaperInfo> All => ByName.Values.OrderBy(p => p.Name, StringComparer.Ordinal);

    /// <summary>The paper of that name; null when there is none.</summary>
    public static PaperInfo? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The query for a paper.</summary>
    /// <param name="paper">Which.</param>
    /// <param name="documentId">Of which document.</param>
    /// <param name="more">Further members, as texts.</param>
    /// <returns>Null where one of them is unknown, repeated or unreadable.</returns>
    public static IQuery<OfficialPaper>? Ask(PaperInfo paper, Guid documentId, IEnumerable<KeyValuePair<string, string?>> more)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(more);
        var members = new JsonObject { ["documentId"] = documentId.ToString() };
        foreach (var (name, value) in more) members[name] = value;
        try
        {
            return (IQuery<OfficialPaper>?)members.Deserialize(paper.Query, Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<PaperInfo> Find() =>
        from type in typeof(PaperCatalogue).Assembly.GetTypes()
        let paper = type.GetCustomAttribute<PaperAttribute>()
        where paper is not null
        select new PaperInfo(paper.Name, paper.Title, type);
}
