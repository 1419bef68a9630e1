namespace Filing.Features.Drafting.Intake;

/// <summary>Finds the fields of a catalogue or of a paper's last page: a known label, a colon or a cell's border, and a value.</summary>
internal static class LabelledFields
{
    /// <summary>Labels, the longest of one beginning first.</summary>
    private static readonly string[] Labels =
    [
        "索引号", "发文字号", "文件编号", "文号", "统一登记号", "规范性文件登记号", "登记号", "公开方式", "公开范围", "信息时效期", "有效期限", "有效期", "签署日期", "成文日期",
        "生成日期", "登记日期", "所属机构", "发布机构", "发文机关", "制定机关", "所属主题", "主题分类", "发文日期", "发布日期", "发布时间", "公开日期", "公布日期", "施行日期",
        "实施日期", "生效日期", "失效日期", "废止日期", "公开责任部门", "主题词", "抄送", "抄报", "主办", "督办", "承办", "签发人", "附件",
    ];

    /// <summary>The fields of a row that begins with one; several where blanks or cells part them.</summary>
    public static IReadOnlyList<LabelledField> Of(PageRow row)
    {
        var text = row.Text;
        if (LabelAt(text, 0) is null) return [];
        var (fields, at) = (new List<LabelledField>(), 0);
        while (at < text.Length && LabelAt(text, at) is var (label, valueAt))
        {
            var end = NextField(text, valueAt);
            var (start, stop) = (valueAt, end);
            while (start < stop && char.IsWhiteSpace(text[start])) start++;
            while (stop > start && char.IsWhiteSpace(text[stop - 1])) stop--;
            var place = stop > start ? row.At(start, stop - start) : row.At(at, label.Length);
            fields.Add(new LabelledField(label, text[start..stop], place));
            at = end;
        }

        return fields;
    }

    private static int NextField(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
            if ((at == from || char.IsWhiteSpace(text[at - 1])) && LabelAt(text, at) is not null) return at;
        return text.Length;
    }

    /// <summary>The label that begins there, and where its value begins. Blanks between its characters are allowed for (文　　号).</summary>
    private static (string Label, int ValueAt)? LabelAt(string text, int at)
    {
        foreach (var label in Labels)
        {
            var (end, matched) = (at, 0);
            while (end < text.Length && matched < label.Length && end - at < label.Length + 8)
            {
                if (text[end] == label[matched]) matched++;
                else if (matched == 0 || !char.IsWhiteSpace(text[end])) break;
                end++;
            }

            if (matched < label.Length) continue;
            var tab = false;
            while (end < text.Length && char.IsWhiteSpace(text[end])) tab |= text[end++] == '\t';
            if (end < text.Length && text[end] is ':' or '：') return (label, end + 1);
            if (tab) return (label, end);
        }

        return null;
    }
}
