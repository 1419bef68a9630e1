using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Filing.Activities;
using Filing.Data;
using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>
/// The law as data, read at the start from the folder <c>workflows</c>: definitions, profiles, the calendar. What was read is stored in the
/// database with its hash; the same version with another hash refuses the start. Older versions that running cases hold come from there.
/// </summary>
public sealed class Laws
{
    private readonly Dictionary<(string Id, int Version), WorkflowDefinition> _definitions = [];
    private readonly Dictionary<string, WorkflowDefinition> _latest = [];
    private readonly Dictionary<(string Id, int Version), Profile> _profiles = [];
    private readonly List<Text> _texts = [];
    private readonly ProfileTexts _profileTexts = new();
    private readonly Lock _gate = new();
    private FrozenDictionary<string, IReadOnlyList<LimitSpec>> _limits = FrozenDictionary<string, IReadOnlyList<LimitSpec>>.Empty;

    private Laws(WorkCalendar calendar) => Calendars = new Calendars(calendar);

    /// <summary>Rest days and make-up working days as they are announced for all.</summary>
    public WorkCalendar Calendar => Calendars.Current.Common;

    /// <summary>The same with the days on which a government closes on its own.</summary>
    public WorkCalendar CalendarOf(Guid governmentId) => Calendars.Current.Of(governmentId);

    /// <summary>The calendar that ships, and what was changed of it in the database.</summary>
    public Calendars Calendars { get; }

    /// <summary>The newest version of each definition.</summary>
    public IEnumerable<WorkflowDefinition> Definitions => _latest.Values;

    /// <summary>All versions of all definitions, older ones that cases hold included; those of one definition by version.</summary>
    public IReadOnlyList<WorkflowDefinition> AllDefinitions
    {
        get
        {
            lock (_gate) return [.. _definitions.Values.OrderBy(d => d.DefinitionId, StringComparer.Ordinal).ThenBy(d => d.Version)];
        }
    }

    /// <summary>All profiles.</summary>
    public IEnumerable<Profile> Profiles => _profiles.Values;

    /// <summary>Reads the folder.</summary>
    /// <exception cref="LawDataException">A profile or the calendar cannot be read, or a definition does not keep to the order of a profile.</exception>
    /// <exception cref="DefinitionException">A definition cannot be read, or has a way on which a case would be lost.</exception>
    public static Laws Read(string folder)
    {
        var laws = Load(folder);
        return laws.Flaws().FirstOrDefault() is { } flaw ? throw flaw.AsException() : laws;
    }

    /// <summary>Reads the folder and does not ask what its files say of each other.</summary>
    internal static Laws Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new LawDataException(folder, "$", "找不到流程与规则文件夹");
        var calendarFile = Path.Combine(folder, "calendars", "cn-days.json");
        if (!File.Exists(calendarFile)) throw new LawDataException(calendarFile, "$", "找不到节假日数据");
        var laws = new Laws(WorkCalendar.FromJson(File.ReadAllText(calendarFile), Path.GetFileName(calendarFile)));
        foreach (var file in Files(folder)) laws.AddDefinition(File.ReadAllText(file), Path.GetFileName(file));
        foreach (var file in Files(Path.Combine(folder, "profiles"))) laws.AddProfile(File.ReadAllText(file), Path.GetFileName(file));
        laws.ReadProfiles();
        return laws;
    }

    /// <summary>What is wrong with what the files say of each other, file by file.</summary>
    internal IEnumerable<LawFlaw> Flaws() =>
        _texts.Where(t => t.Kind == "definition").SelectMany(t => LawCheck.Definition(_definitions[(t.Name, t.Version)], t.File, _latest))
            .Concat(Governing.SelectMany(t => LawCheck.Profile(_profiles[(t.Name, t.Version)], t.File, _latest)));

    /// <summary>The newest version of each definition by its id, and the profiles as they were read with their files.</summary>
    internal (IReadOnlyDictionary<string, WorkflowDefinition> Latest, IReadOnlyList<(Profile Profile, string File)> Profiles) Newest =>
        (_latest, [.. Governing.Select(t => (_profiles[(t.Name, t.Version)], t.File))]);

    /// <summary>Reads a profile as if it were among the files, and changes nothing.</summary>
    /// <param name="json">Its text; what it inherits is taken from the profiles that there are.</param>
    /// <param name="file">What messages call it.</param>
    /// <returns>The profile; null for one that only lends its values.</returns>
    /// <exception cref="LawDataException">It cannot be read.</exception>
    public Profile? Draft(string json, string file)
    {
        var (texts, head) = _profileTexts.With(json, file);
        if (head.IsAbstract) return null;
        var profile = texts.Read(head.Id, head.Version);
        return _profiles.Values.FirstOrDefault(p => p.Jurisdiction == profile.Jurisdiction && p.From == profile.From && (p.Id, p.Version) != (profile.Id, profile.Version)) is { } other
            ? throw SameDay(file, profile, other)
            : profile;
    }

    private static LawDataException SameDay(string file, Profile profile, Profile other) =>
        new(file, "$.from", $"自 {profile.From:yyyy-MM-dd} 起，这一区域已有规则包“{other.Id}”第 {other.Version} 版，两者不能同日开始");

    /// <summary>A definition in a version that a case holds.</summary>
    public WorkflowDefinition Definition(string id, int version)
    {
        lock (_gate) return _definitions[(id, version)];
    }

    /// <summary>The newest version of a definition.</summary>
    public WorkflowDefinition Latest(string id) => _latest[id];

    /// <summary>A profile in a version that a case holds.</summary>
    public Profile Profile(string id, int version)
    {
        lock (_gate) return _profiles[(id, version)];
    }

    /// <summary>
    /// The profile for a case that starts on a day for a division: the longest jurisdiction that matches, its newest version; null where none governs.
    /// </summary>
    public Profile? ProfileFor(string divisionCode, DateOnly startedOn) => _profiles.Values
        .Where(p => p.Governs(divisionCode, startedOn))
        .OrderByDescending(p => p.Jurisdiction.Length).ThenByDescending(p => p.From).ThenByDescending(p => p.Version)
        .FirstOrDefault();

    /// <summary>True when some definition is known in several versions: then cases differ in what they have begun.</summary>
    internal bool HasVersions
    {
        get
        {
            lock (_gate) return _definitions.Count > _latest.Count;
        }
    }

    /// <summary>The limits that the definition of a case and those it runs name, in the versions that the case holds, with the rungs of their alerts.</summary>
    internal IReadOnlyList<LimitSpec> LimitsOf(Case @case)
    {
        var key = $"{@case.DefinitionId} {@case.DefinitionVersion} {string.Join(' ', @case.Begun.OrderBy(b => b.Key, StringComparer.Ordinal))}";
        if (_limits.TryGetValue(key, out var limits)) return limits;
        lock (_gate)
        {
            limits = LimitSpec.Of(Definition(@case.DefinitionId, @case.DefinitionVersion), id => @case.Begun.TryGetValue(id, out var version) ? Definition(id, version) : Latest(id));
            var all = _limits.ToDictionary();
            all[key] = limits;
            _limits = all.ToFrozenDictionary();
            return limits;
        }
    }

    /// <summary>The lengths that any version of any definition gives a limit.</summary>
    internal IEnumerable<Limit> EverGiven(string limit) =>
        AllDefinitions.SelectMany(d => LimitSpec.Of(d, Latest)).Where(s => s.Name == limit).Select(s => s.Limit).OfType<Limit>().Distinct();

    /// <summary>Stores what was read, or finds it stored; takes in older versions.</summary>
    /// <exception cref="LawDataException">A version is stored with another content: give the changed one a new version number.</exception>
    public async Task StoreAsync(Database database, DateTimeOffset now)
    {
        await database.WriteAsync(async db =>
        {
            foreach (var text in _texts)
            {
                await db.InsertIfAbsentAsync("Law", ["Kind", "Name", "Version"], ["Hash", "Json", "StoredAt"],
                    new { text.Kind, text.Name, text.Version, text.Hash, text.Json, StoredAt = now });
            }

            return true;
        });
        await database.ReadAsync(async db =>
        {
            await Calendars.FreshenAsync(db, false);
            return true;
        });
        var stored = await database.ReadAsync(db => db.QueryAsync<Stored>(
            """
            -- Cases/Laws: what is stored
            SELECT Kind, Name, Version, Hash, Json FROM Law ORDER BY Kind, Name, Version
            """));
        foreach (var law in stored)
        {
            var read = _texts.Find(t => t.Kind == law.Kind && t.Name == law.Name && t.Version == law.Version);
            if (read is not null && read.Hash != law.Hash && !SameRules(law, stored))
                throw new LawDataException(read.File, "$.version", $"“{law.Name}”第 {law.Version} 版的内容与已投入使用的同一版本不同。请恢复原文件，或把改动作为新版本发布");
            if (read is not null) continue;
            if (law.Kind == "profile") _profileTexts.Add(law.Json, law.File);
            else if (law.Kind == "definition")
                lock (_gate) _definitions[(law.Name, law.Version)] = WorkflowDefinition.Load(law.Json, law.File, ActivityTypes.Catalogue);
        }

        foreach (var law in stored.Where(l => l.Kind == "profile" && !_texts.Exists(t => t.Kind == "profile" && t.Name == l.Name && t.Version == l.Version)))
        {
            if (_profileTexts.IsAbstract(law.Name, law.Version)) continue;
            lock (_gate) _profiles[(law.Name, law.Version)] = _profileTexts.Read(law.Name, law.Version);
        }
    }

    /// <summary>Whether a profile says the same as it did when it was stored, though in other words: what it now inherits it may have said itself.</summary>
    private bool SameRules(Stored law, IReadOnlyList<Stored> stored)
    {
        if (law.Kind != "profile") return false;
        var before = new ProfileTexts();
        foreach (var text in stored.Where(s => s.Kind == "profile")) before.Add(text.Json, text.File);
        return _profileTexts.SaysTheSameAs(before, law.Name, law.Version);
    }

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal) : [];

    private void AddDefinition(string json, string file)
    {
        var definition = WorkflowDefinition.Load(json, file, ActivityTypes.Catalogue);
        if (!_definitions.TryAdd((definition.DefinitionId, definition.Version), definition))
            throw new DefinitionException(file, null, $"流程“{definition.DefinitionId}”第 {definition.Version} 版重复");
        if (!_latest.TryGetValue(definition.DefinitionId, out var known) || known.Version < definition.Version) _latest[definition.DefinitionId] = definition;
        _texts.Add(new("definition", definition.DefinitionId, definition.Version, definition.Hash, definition.Json, file));
    }

    private void AddProfile(string json, string file)
    {
        var (head, known) = _profileTexts.Add(json, file);
        if (known) throw new LawDataException(file, "$.version", $"规则包“{head.Id}”第 {head.Version} 版重复");
        _texts.Add(new("profile", head.Id, head.Version, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.ReplaceLineEndings("\n")))), json, file) { LendsOnly = head.IsAbstract });
    }

    /// <summary>Reads the rules when all texts are there, since one may inherit from another.</summary>
    private void ReadProfiles()
    {
        foreach (var text in Governing)
        {
            var profile = _profileTexts.Read(text.Name, text.Version);
            if (_profiles.Values.FirstOrDefault(p => p.Jurisdiction == profile.Jurisdiction && p.From == profile.From) is { } other)
                throw SameDay(text.File, profile, other);
            _profiles.Add((text.Name, text.Version), profile);
        }
    }

    private IEnumerable<Text> Governing => _texts.Where(t => t is { Kind: "profile", LendsOnly: false });

    private sealed record Text(string Kind, string Name, int Version, string Hash, string Json, string File)
    {
        /// <summary>True for a profile that others inherit from and that governs nothing itself.</summary>
        public bool LendsOnly { get; init; }
    }

    private sealed record Stored
    {
        public required string Kind { get; init; }
        public required string Name { get; init; }
        public required int Version { get; init; }
        public required string Hash { get; init; }
        public required string Json { get; init; }
        public string File => $"{Name} v{Version}";
    }
}
