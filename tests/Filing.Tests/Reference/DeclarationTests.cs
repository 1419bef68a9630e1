#if FULL_EDITION
using System.Reflection;
using System.Runtime.Loader;
using Filing.Tests.Data.Sql;

namespace Filing.Tests.Reference;

/// <summary>
/// What eng/reference declares of other people's assemblies exists in the real ones, with the same signature. Only an edition with the packages can say so.
/// </summary>
[TestFixture]
internal sealed class DeclarationTests
{
    // Declaration below eng/reference, the assemblies that it stands for: names or patterns of names, with commas.
    [TestCase("Elsa", "Elsa*,Microsoft.EntityFrameworkCore.Sqlite")]
    [TestCase("Hangfire/Hangfire.AspNetCore", "Hangfire.AspNetCore")]
    [TestCase("Hangfire/Hangfire.Core", "Hangfire.Core")]
    [TestCase("Hangfire/Hangfire.InMemory", "Hangfire.InMemory")]
    [TestCase("Hangfire/Hangfire.NetCore", "Hangfire.NetCore")]
    [TestCase("Hangfire/Hangfire.SqlServer", "Hangfire.SqlServer")]
    public void Whatever_is_declared_exists_with_the_same_signature(string declaration, string real)
    {
        var declared = Load(declaration);
        var assemblies = Real(real);
        if (assemblies is [var only] && only.GetName().Name == declared.GetName().Name) Assert.That(declared.GetName().Version, Is.EqualTo(only.GetName().Version), "the identity under which the adapter looks for it");
        var types = assemblies.SelectMany(a => a.GetExportedTypes()).ToLookup(t => t.FullName!);
        // Several assemblies may have a type of one name, such as that of extension methods: what one of them has is there.
        var wrong = declared.GetExportedTypes().SelectMany(t => types[t.FullName!].Select(real => Compared.Differences(t, real)).DefaultIfEmpty([$"{t.FullName}: there is no such type"]).Aggregate((a, b) => a.Intersect(b)));
        Assert.That(declared.GetExportedTypes(), Is.Not.Empty);
        Assert.That(wrong, Is.Empty);
    }

    private static Assembly Load(string declaration)
    {
        var folder = Repository.Folder($"eng/reference/{declaration}");
        var name = Path.GetFileNameWithoutExtension(Directory.GetFiles(folder, "*.csproj").Single());
        var built = Directory.GetFiles(folder, $"{name}.dll", SearchOption.AllDirectories).Where(f => f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .MaxBy(File.GetLastWriteTimeUtc);
        if (built is null) Assert.Ignore($"{name} is not built: build Filing.sln.");
        if (Directory.GetFiles(folder, "*.cs").Any(source => File.GetLastWriteTimeUtc(source) > File.GetLastWriteTimeUtc(built))) Assert.Ignore($"{name} was built from older declarations: build Filing.sln.");
        return new Beside(Path.GetDirectoryName(built)!).LoadFromAssemblyPath(built);
    }

    private static Assembly[] Real(string names)
    {
        string[] files = [.. names.Split(',').SelectMany(name => Directory.GetFiles(AppContext.BaseDirectory, name + ".dll"))];
        Assert.That(files, Is.Not.Empty, $"{names} lie beside the tests");
        return [.. files.Select(Path.GetFileNameWithoutExtension).Select(n => Assembly.Load(new AssemblyName(n!)))];
    }

    /// <summary>Declarations refer to each other, and not to the real assemblies of the same name.</summary>
    private sealed class Beside(string folder) : AssemblyLoadContext("declarations")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Path.Combine(folder, assemblyName.Name + ".dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
#endif
