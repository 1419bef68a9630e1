using System.Buffers;

namespace Filing.Features.Drafting.Intake;

/// <summary>Reads the names of organs by their words: what they begin and end with.</summary>
internal static class BodyNames
{
    private const int Shortest = 4;
    private const int Longest = 40;

    private static readonly SearchValues<char> PlaceMarks = SearchValues.Create("省市县区州盟旗镇乡");

    private static readonly string[] Endings =
    [
        "人民政府", "办公厅", "办公室", "委员会", "领导小组", "指挥部", "联席会议", "办事处", "管委会", "常委会", "法院", "检察院",
        "局", "厅", "部", "委", "署", "院", "处", "中心", "银行", "联合会", "总队", "支队", "大队", "总工会", "监管局", "分行",
    ];

    private static readonly string[] NeverInside = ["关于", "的", "各", "应当", "印发", "转发", "文件", "全部"];

    /// <summary>
    /// The organs of a text that names organs and nothing else, parted by blanks, 、 or nothing at all; with their places
    /// in it. Empty when the text says anything else.
    /// </summary>
    public static IReadOnlyList<(int Start, int Length, BodyName Body)> Parse(string text)
    {
        var found = new List<(int, int, BodyName)>();
        if (text.Length > Longest * 12) return found;
        for (var at = 0; at < text.Length;)
        {
            if (IsGap(text[at]))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < text.Length && !IsGap(text[end])) end++;
            foreach (var (start, length) in Split(text, at, end))
            {
                if (!LooksLikeBody(text.AsSpan(start, length))) return [];
                var name = text.Substring(start, length);
                found.Add((start, length, new BodyName(name, KindOf(name))));
            }

            at = end;
        }

        return found;
    }

    /// <summary>What kind of organ a name belongs to.</summary>
    public static IssuerKind KindOf(string name)
    {
        if (Has("领导小组", "指挥部", "联席会议") || name.EndsWith("治省委员会办公室", StringComparison.Ordinal) || Has("法治市委员会", "治市委员会", "治县委员会", "治区委员会"))
            return IssuerKind.LeadingGroupOffice;
        if (IsParty(name)) return IssuerKind.PartyOrgan;
        if (Ends("镇人民政府", "乡人民政府", "苏木人民政府", "街道办事处")) return IssuerKind.Township;
        if (Ends("政府办公厅", "政府办公室")) return IssuerKind.GovernmentOffice;
        if (Ends("人民政府") || name == "国务院") return IssuerKind.Government;
        return Has("人民代表大会", "人大常", "政协", "人民法院", "检察院", "监察委员会", "总工会", "联合会") ? IssuerKind.Other : IssuerKind.Department;

        bool Has(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
                if (name.Contains(word, StringComparison.Ordinal)) return true;
            return false;
        }

        bool Ends(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
                if (name.EndsWith(word, StringComparison.Ordinal)) return true;
            return false;
        }
    }

    /// <summary>True for 中共…, and for the committee of a place by its short name: 长沙市委, 市委办公室, 区委宣传部.</summary>
    private static bool IsParty(string name)
    {
        if (name.StartsWith("中共", StringComparison.Ordinal) || name.StartsWith("中国共产党", StringComparison.Ordinal) || name.EndsWith("党委", StringComparison.Ordinal)) return true;
        var committee = name.IndexOf('委', StringComparison.Ordinal);
        if (committee < 1 || name[committee - 1] is not ('省' or '市' or '县' or '区' or '州' or '旗' or '盟')) return false;
        return committee == name.Length - 1 || name.AsSpan(committee + 1) is "办公厅" or "办公室" || (name.EndsWith('部') && !name.AsSpan(committee).StartsWith("委员"));
    }

    private static bool IsGap(char c) => char.IsWhiteSpace(c) || c is '、' or (>= '\uE000' and <= '\uF8FF');

    /// <summary>Organs written without a gap: a new one begins where the name of the place, or 中共, comes again after an ending.</summary>
    private static IEnumerable<(int Start, int Length)> Split(string text, int start, int end)
    {
        var placeAt = text.AsSpan(start, end - start).StartsWith("中共") ? start + 2 : start;
        for (var at = start + Shortest; at + Shortest <= end && end - start <= Longest * 3; at++)
        {
            var rest = text.AsSpan(at, end - at);
            var again = rest.StartsWith("中共") || (placeAt + 2 <= end && rest.StartsWith(text.AsSpan(placeAt, 2)));
            if (!again || !EndsLikeBody(text.AsSpan(start, at - start))) continue;
            yield return (start, at - start);
            start = at;
            at = start + Shortest - 1;
        }

        yield return (start, end - start);
    }

    private static bool LooksLikeBody(ReadOnlySpan<char> name)
    {
        if (name.Length is < Shortest or > Longest || !EndsLikeBody(name)) return false;
        foreach (var c in name)
            if (c is not ((>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') or '·' or '（' or '）' or '(' or ')')) return false;
        foreach (var word in NeverInside)
            if (name.Contains(word, StringComparison.Ordinal)) return false;
        return name.StartsWith("中共") || name.StartsWith("国务院") || name.StartsWith("国家") || name.StartsWith("中华人民共和国")
            || name[..Math.Min(name.Length, 12)].IndexOfAny(PlaceMarks) >= 0;
    }

    private static bool EndsLikeBody(ReadOnlySpan<char> name)
    {
        foreach (var ending in Endings)
            if (name.EndsWith(ending, StringComparison.Ordinal)) return true;
        return false;
    }
}
