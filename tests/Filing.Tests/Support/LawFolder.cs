using System.Text.Json.Nodes;

namespace Filing.Tests.Support;

/// <summary>A copy of the folder of definitions and profiles that a test may change: another jurisdiction, another flow.</summary>
internal sealed class LawFolder
{
    private readonly string _folder;

    private LawFolder(string folder) => _folder = folder;

    /// <summary>The law as it ships.</summary>
    public static string Original => Path.Combine(AppContext.BaseDirectory, "workflows");

    /// <summary>Copies the law, changes the copy, and answers where it lies.</summary>
    public static string CopyTo(string folder, Action<LawFolder> change)
    {
        foreach (var file in Directory.EnumerateFiles(Original, "*.json", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        change(new LawFolder(folder));
        return folder;
    }

    /// <summary>Changes the profiles of Chenzhou, each of its versions alike.</summary>
    public void Profile(Action<JsonNode> change)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(_folder, "profiles"), "hunan-chenzhou*.json")) Change(path, change);
    }

    /// <summary>Changes a file, by its path within the folder.</summary>
    public void Change(string file, Action<JsonNode> change)
    {
        var path = Path.Combine(_folder, file);
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        change(json);
        File.WriteAllText(path, json.ToJsonString());
    }

    /// <summary>Adds a file.</summary>
    public void Add(string file, JsonNode json) => File.WriteAllText(Path.Combine(_folder, file), json.ToJsonString());
}
