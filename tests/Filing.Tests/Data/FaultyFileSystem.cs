using Filing.Data;

namespace Filing.Tests.Data;

/// <summary>The power went: nothing more happens until the restart.</summary>
public sealed class PowerCutException : Exception;

/// <summary>What of the changes that were never synced is found after a power cut. The file system owes nobody any of it.</summary>
public enum Survival
{
    Nothing,
    Everything,
    AtRandom,
}

/// <summary>
/// A file system in memory that keeps apart what is visible and what is durable, and fails at a chosen step: each call is a step,
/// and so is each write. A file's content is durable by SyncFile, a name by SyncFolder of its folder, and in no other way.
/// </summary>
public sealed class FaultyFileSystem : IFileSystem
{
    private readonly HashSet<string> _folders = [];
    private readonly HashSet<string> _durableFolders = [];
    private readonly Dictionary<string, Node> _names = [];
    private readonly Dictionary<string, Node> _durableNames = [];
    private bool _dead;

    public FaultyFileSystem(string root)
    {
        _folders.Add(root);
        _durableFolders.Add(root);
    }

    /// <summary>The step that fails, counted from 1; 0 for none.</summary>
    public int FailAt { get; set; }

    /// <summary>True for a power cut, false for a full disk whose next step works again.</summary>
    public bool PowerCut { get; set; }

    public int Steps { get; private set; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The names of all files that are visible.</summary>
    public IReadOnlyCollection<string> Files => _names.Keys;

    /// <summary>The machine comes back with what was durable, and with what it likes of the rest.</summary>
    public void Restart(Survival survival, Random random)
    {
        bool Keeps() => survival switch
        {
            Survival.Nothing => false,
            Survival.Everything => true,
            Survival.AtRandom => random.Next(2) == 0,
            _ => throw new ArgumentOutOfRangeException(nameof(survival)),
        };

        foreach (var name in _names.Keys.Union(_durableNames.Keys).ToArray())
        {
            var now = _names.GetValueOrDefault(name);
            var durable = _durableNames.GetValueOrDefault(name);
            var survivor = now == durable || Keeps() ? now : durable;
            if (survivor is null) _names.Remove(name);
            else _names[name] = survivor;
        }

        _folders.RemoveWhere(folder => !_durableFolders.Contains(folder) && !Keeps());
        _folders.RemoveWhere(folder => !_durableFolders.Contains(folder) && !_folders.Contains(Path.GetDirectoryName(folder)!));
        foreach (var name in _names.Keys.Where(name => !_folders.Contains(Path.GetDirectoryName(name)!)).ToArray()) _names.Remove(name);
        foreach (var node in _names.Values.Where(node => !node.Synced))
        {
            // A torn file: its beginning, or its length with nothing in it.
            if (!Keeps()) node.Content = random.Next(2) == 0 ? node.Content[..random.Next(node.Content.Length + 1)] : new byte[node.Content.Length];
            node.Synced = true;
        }

        _durableFolders.Clear();
        _durableFolders.UnionWith(_folders);
        _durableNames.Clear();
        foreach (var (name, node) in _names) _durableNames[name] = node;
        (_dead, FailAt, Steps) = (false, 0, 0);
    }

    public void CreateFolder(string path)
    {
        Step();
        Need(Path.GetDirectoryName(path)!);
        _folders.Add(path);
    }

    public void SyncFolder(string path)
    {
        Step();
        Need(path);
        foreach (var folder in _folders.Where(folder => Path.GetDirectoryName(folder) == path)) _durableFolders.Add(folder);
        foreach (var name in _names.Keys.Union(_durableNames.Keys).Where(name => Path.GetDirectoryName(name) == path).ToArray())
        {
            if (_names.TryGetValue(name, out var node)) _durableNames[name] = node;
            else _durableNames.Remove(name);
        }
    }

    public Stream Create(string path)
    {
        Step();
        Need(Path.GetDirectoryName(path)!);
        var node = new Node { WrittenAt = Clock.GetUtcNow() };
        if (!_names.TryAdd(path, node)) throw new IOException($"{path} is there");
        return new Writer(this, node);
    }

    public void SyncFile(Stream file)
    {
        Step();
        ((Writer)file).Node.Synced = true;
    }

    public Stream OpenRead(string path)
    {
        Step();
        return _names.TryGetValue(path, out var node) ? new MemoryStream(node.Content, writable: false) : throw new FileNotFoundException(path);
    }

    public void Move(string from, string to)
    {
        Step();
        Need(Path.GetDirectoryName(to)!);
        _names[to] = _names[from];
        _names.Remove(from);
    }

    public void Delete(string path)
    {
        Step();
        _names.Remove(path);
    }

    public void Touch(string path, DateTimeOffset at)
    {
        Step();
        _names[path].WrittenAt = at;
    }

    public DateTimeOffset? WrittenAt(string path) => _names.GetValueOrDefault(path)?.WrittenAt;

    public IEnumerable<FileEntry> List(string folder) => _names
        .Where(entry => entry.Key.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .Select(entry => new FileEntry(entry.Key, entry.Value.Content.Length, entry.Value.WrittenAt));

    public IDisposable Lock(string path, bool exclusive)
    {
        Step();
        return new MemoryStream();
    }

    public override string ToString() => string.Join('\n', _names.Select(entry => $"{entry.Key} {entry.Value.Content.Length}"));

    private void Need(string folder)
    {
        if (!_folders.Contains(folder)) throw new DirectoryNotFoundException(folder);
    }

    private void Step()
    {
        if (_dead) throw new PowerCutException();
        if (++Steps != FailAt) return;
        _dead = PowerCut;
        throw PowerCut ? new PowerCutException() : new IOException("No space left on device");
    }

    private sealed class Node
    {
        public byte[] Content { get; set; } = [];

        public bool Synced { get; set; }

        public DateTimeOffset WrittenAt { get; set; }
    }

    private sealed class Writer(FaultyFileSystem files, Node node) : MemoryStream
    {
        public Node Node => node;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            node.Synced = false;
            try
            {
                files.Step();
            }
            catch
            {
                // A torn write: half of it arrived.
                node.Content = [.. node.Content, .. buffer.Span[..(buffer.Length / 2)]];
                throw;
            }

            node.Content = [.. node.Content, .. buffer.Span];
            return ValueTask.CompletedTask;
        }
    }
}
