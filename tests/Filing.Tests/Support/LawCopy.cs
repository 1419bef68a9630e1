using System.Text.Json.Nodes;

namespace Filing.Tests.Support;

/// <summary>The product's law in a folder of its own, to be changed by a test.</summary>
internal sealed class LawCopy : IDisposable
{
    public LawCopy()
    {
        foreach (var file in Directory.EnumerateFiles(TestRegister.LawFolder, "*.json", SearchOption.AllDirectories))
        {
            var to = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(TestRegister.LawFolder, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("filing-law-").FullName;

    /// <summary>Changes a file.</summary>
    public LawCopy Edit(string file, Action<JsonNode> change)
    {
        var path = System.IO.Path.Combine(Path, file);
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        change(json);
        File.WriteAllText(path, json.ToJsonString());
        return this;
    }

    public void Dispose() => Directory.Delete(Path, true);
}
