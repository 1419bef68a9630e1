using System.Globalization;
using System.Text.Json;

namespace Filing.Domain;

/// <summary>
/// A place in a file of the law: reads values and, when one is wrong, says where. All places of a file share the list of what was asked for, so that
/// a name that nobody asked for, such as a misspelt one, can be refused at the end.
/// </summary>
internal readonly struct LawNode(JsonElement element, string file, string path, HashSet<string> asked, IReadOnlyDictionary<string, string>? from = null)
{
    private readonly JsonElement _element = element;

    /// <summary>The whole of a file.</summary>
    /// <param name="root">Its content.</param>
    /// <param name="file">Its name.</param>
    /// <param name="from">Which other file a part of it comes from, by path.</param>
    public LawNode(JsonElement root, string file, IReadOnlyDictionary<string, string>? from = null) : this(root, file, "$", new HashSet<string>(StringComparer.Ordinal), from)
    {
    }

    /// <summary>The member of that name, which must be there.</summary>
    public LawNode this[string name] => Optional(name) ?? throw Wrong($"缺少“{name}”");

    /// <summary>The member of that name, or null where it is absent or null.</summary>
    public LawNode? Optional(string name)
    {
        if (_element.ValueKind != JsonValueKind.Object) throw Wrong("应为对象");
        asked.Add($"{path}.{name}");
        return _element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? new LawNode(member, file, $"{path}.{name}", asked, from)
            : null;
    }

    /// <summary>Refuses the first member, at any depth, that nobody asked for.</summary>
    public void RefuseUnasked()
    {
        if (_element.ValueKind != JsonValueKind.Object) return;
        foreach (var member in _element.EnumerateObject())
        {
            var node = new LawNode(member.Value, file, $"{path}.{member.Name}", asked, from);
            if (!asked.Contains($"{path}.{member.Name}")) throw node.Wrong("不认识的项目");
            node.RefuseUnasked();
        }
    }

    /// <summary>The error that this place is wrong.</summary>
    public LawDataException Wrong(string why) => new(Origin(), path, why);

    private string Origin()
    {
        if (from is null) return file;
        for (var at = path; at.Length > 0; at = at.LastIndexOfAny(['.', '[']) is >= 0 and var cut ? at[..cut] : "")
        {
            if (from.TryGetValue(at, out var origin)) return origin;
        }

        return file;
    }

    /// <summary>All members of an object.</summary>
    public IEnumerable<(string Name, LawNode Node)> Members()
    {
        if (_element.ValueKind != JsonValueKind.Object) throw Wrong("应为对象");
        var node = this;
        // A member that is null takes back what would be inherited.
        return _element.EnumerateObject().Select(m => (m.Name, Node: node.Optional(m.Name))).Where(m => m.Node is not null).Select(m => (m.Name, m.Node!.Value));
    }

    /// <summary>A text that is not blank.</summary>
    public string Text() =>
        _element.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(_element.GetString()) ? _element.GetString()! : throw Wrong("应为非空文本");

    /// <summary>The leading digits of division codes; empty for every division.</summary>
    public string DivisionPrefix() =>
        _element.ValueKind == JsonValueKind.String && _element.GetString() is { Length: 0 or (>= 2 and <= 6) } t && t.All(char.IsAsciiDigit) ? t : throw Wrong("应为 2 至 6 位行政区划代码，或为空（适用于各地）");

    /// <summary>True or false.</summary>
    public bool Flag() => _element.ValueKind is JsonValueKind.True or JsonValueKind.False ? _element.GetBoolean() : throw Wrong("应为 true 或 false");

    /// <summary>A whole number, both bounds included.</summary>
    public int Number(int least, int most) =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out var n) && n >= least && n <= most ? n : throw Wrong($"应为 {least} 至 {most} 的整数");

    /// <summary>An ISO date.</summary>
    public DateOnly Date() =>
        DateOnly.TryParseExact(Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d) ? d : throw Wrong("应为 yyyy-MM-dd 形式的日期");

    /// <summary>A code of an enumeration.</summary>
    public T Code<T>() where T : struct, Enum =>
        Kebab.TryParse(Text(), out T value) ? value : throw Wrong($"“{Text()}”不是已知的值；可用：{string.Join("、", Enum.GetValues<T>().Select(Kebab.Of))}");

    /// <summary>A list of codes.</summary>
    public IReadOnlyList<T> Codes<T>() where T : struct, Enum => [.. Items().Select(i => i.Code<T>())];

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts() => [.. Items().Select(i => i.Text())];

    /// <summary>A pattern of numbers.</summary>
    public string Pattern() => NumberPattern.TryParse(Text(), out var pattern, out var error) ? pattern.Text : throw Wrong(error.Message);

    /// <summary>The digits of a body in numbers.</summary>
    public string Digits() => Text() is { Length: <= 6 } t && t.All(char.IsAsciiDigit) ? t : throw Wrong("应为 1 至 6 位数字");

    /// <summary>A table from names to values.</summary>
    public IReadOnlyDictionary<TKey, TValue> Table<TKey, TValue>(Func<string, TKey> key, Func<LawNode, TValue> value) where TKey : notnull =>
        Members().ToDictionary(m => key(m.Name), m => value(m.Node));

    /// <summary>Outcomes of tasks, at least one: <c>sign:Signed</c>.</summary>
    public IReadOnlyList<string> Outcomes() => Items().Select(i => i.Outcome()).ToList() is { Count: > 0 } all ? all : throw Wrong("至少要有一项");

    private string Outcome() =>
        Text().Split(':') is [{ Length: > 0 } task, { Length: > 0 } outcome] && char.IsAsciiLetterLower(task[0]) && task.All(c => char.IsAsciiLetterLower(c) || c == '-')
        && char.IsAsciiLetterUpper(outcome[0]) && outcome.All(char.IsAsciiLetter) ? Text() : throw Wrong("应写成 任务:结果，如 sign:Signed");

    /// <summary>A limit with length, unit and kind (calendar when absent).</summary>
    public Limit Limit()
    {
        var kind = Optional("kind")?.Code<DayKind>() ?? DayKind.Calendar;
        return Domain.Limit.TryCreate(this["length"].Number(1, 36_500), this["unit"].Code<LimitUnit>(), kind, out var limit, out var error) ? limit : throw Wrong(error.Message);
    }

    /// <summary>A limit of a profile; a null length says that the sources name none, and must be said.</summary>
    public ProfileLimit ProfileLimit(string name)
    {
        var length = Optional("length");
        if (!_element.TryGetProperty("length", out _)) throw Wrong("缺少“length”；来源未规定期限的，写 null");
        if (length is null) return new(name, null, null, this["source"].Text(), Sure());
        var most = Limit();
        int? least = Optional("least") is { } l ? l.Number(1, 36_500) : null;
        return least > most.Length ? throw this["least"].Wrong("最短期限长于最长期限") : new(name, most, least, this["source"].Text(), Sure());
    }

    /// <summary>A value with its source and confidence.</summary>
    public Sourced<T> Sourced<T>(Func<LawNode, T> read) => new(read(this["value"]), this["source"].Text(), Sure());

    private Confidence Sure() =>
        Words.TryConfidence(this["confidence"].Text(), out var c) ? c : throw this["confidence"].Wrong("应为 S、D、L、N、M 之一");

    private IEnumerable<LawNode> Items()
    {
        if (_element.ValueKind != JsonValueKind.Array) throw Wrong("应为数组");
        var (f, p, a, o) = (file, path, asked, from);
        return _element.EnumerateArray().Select((e, i) => new LawNode(e, f, $"{p}[{i}]", a, o));
    }
}
