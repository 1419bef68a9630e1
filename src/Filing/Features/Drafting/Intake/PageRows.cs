using System.Buffers;
using System.Text;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>Says of every line of a page what it is.</summary>
internal static class PageRows
{
    private const int LongestClutter = 80;
    private const int LongestRowLooked = 400;

    private static readonly SearchValues<char> Debris = SearchValues.Create(
        [.. " \t\u3000\u00A0□■*#>_`~", .. Enumerable.Range(0xE000, 0x1900).Select(unit => (char)unit)]);
    private static readonly SearchValues<char> RuleMarks = SearchValues.Create("-－—─━=＝_＿*·.…☆★● \t\u3000");

    /// <summary>How a line of a web page begins that is no part of the paper.</summary>
    private static readonly string[] ClutterStarts =
    [
        "当前位置", "您的位置", "所在位置", "首页", "分享", "—分享", "打印", "扫一扫", "关闭窗口", "阅读下一篇", "上一篇", "下一篇", "返回", "网站地图", "[网站地图",
        "网站帮助", "联系我们", "主办单位", "承办单位", "协办单位", "联系电话", "网站标识码", "备案/许可证", "责任编辑", "责编", "查询间隔", "时刻新闻", "来源:", "来源：",
        "字体", "字号：", "浏览次数", "点击数", "点击率", "收藏", "版权所有", "技术支持", "Copyright", "©", "无障碍", "微信扫", "相关链接", "相关文章", "我要纠错", "【打印", "【字体",
        "【关闭", "[打印", "编辑:", "编辑：", "作者:", "作者：", "更新时间", "保护视力色", "朗读",
    ];

    private static readonly string[] ClutterInside = ["ICP备", "公网安备", "](#)", "javascript:"];

    /// <summary>The rows of the body and its tables; notes and page heads are left out.</summary>
    public static IReadOnlyList<PageRow> Of(IEnumerable<TextLine> lines)
    {
        var rows = new List<PageRow>();
        foreach (var line in lines)
            if (line.Origin is LineOrigin.Body or LineOrigin.TableRow) rows.Add(Read(line));
        return rows;
    }

    private static PageRow Read(TextLine line)
    {
        var raw = line.Text;
        var (start, end) = (0, raw.Length);
        while (start < end && Debris.Contains(raw[start])) start++;
        while (end > start && Debris.Contains(raw[end - 1])) end--;
        var text = raw[start..end];
        var row = new PageRow(line.Number, raw, start, text) { Kind = RowKind.Text };
        if (text.Length == 0) return row with { Kind = RowKind.Blank };
        if (text.AsSpan().IndexOfAnyExcept(RuleMarks) < 0) return row with { Kind = RowKind.Rule };
        if (text.Length > LongestRowLooked) return row;
        if (LabelledFields.Of(row) is { Count: > 0 } fields) return row with { Kind = RowKind.Fields, Fields = fields };
        if (IsClutter(text)) return row with { Kind = RowKind.Clutter };
        return Squeezed(text) is "目录" or "目次" ? row with { Kind = RowKind.Contents } : ReadNames(row);
    }

    private static PageRow ReadNames(PageRow row)
    {
        var text = row.Text;
        if (WholeNumber(text) is { } number) return row with { Kind = RowKind.Number, Number = number };
        foreach (var date in ChineseDate.FindAll(text))
        {
            var before = text.AsSpan(0, date.Start).Trim();
            var after = text.AsSpan(date.Start + date.Length).Trim();
            if (after.StartsWith("印发")) return row with { Kind = RowKind.Printed, Date = date };
            if (before.IsEmpty && after.IsEmpty) return row with { Kind = RowKind.Date, Date = date };
            if (after.IsEmpty && BodyNames.Parse(text[..date.Start]) is { Count: > 0 } signers)
                return row with { Kind = RowKind.Date, Date = date, Bodies = signers };
        }

        if (text.EndsWith("文件", StringComparison.Ordinal) && BodyNames.Parse(text[..^2]) is { Count: > 0 } heads)
            return row with { Kind = RowKind.Letterhead, Bodies = heads };
        return BodyNames.Parse(text) is { Count: > 0 } bodies ? row with { Kind = RowKind.Bodies, Bodies = bodies } : row;
    }

    private static (int, int, IssueNumber)? WholeNumber(string text)
    {
        foreach (var (start, length, number) in IssueNumber.FindAll(text))
        {
            var before = text.AsSpan(0, start).Trim(" \t\u3000(（[【");
            var after = text.AsSpan(start + length).Trim(" \t\u3000)）]】");
            return before.IsEmpty && (after.IsEmpty || after.StartsWith("签发人")) ? (start, length, number) : null;
        }

        return null;
    }

    private static bool IsClutter(string text)
    {
        if (text.Length > LongestClutter) return false;
        foreach (var start in ClutterStarts)
            if (text.StartsWith(start, StringComparison.Ordinal)) return true;
        foreach (var inside in ClutterInside)
            if (text.Contains(inside, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>The text without any white space and debris.</summary>
    public static string Squeezed(ReadOnlySpan<char> text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!char.IsWhiteSpace(c) && c != '□') kept.Append(c);
        return kept.ToString();
    }

    /// <summary>A key by which two writings of one title are equal: brackets, commas and blanks do not count.</summary>
    public static string Key(ReadOnlySpan<char> text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!char.IsWhiteSpace(c) && c is not ('□' or '《' or '》' or '〈' or '〉' or '“' or '”' or '"' or ',' or '，' or '、' or '*' or '#'))
                kept.Append(c switch { '(' => '（', ')' => '）', ':' => '：', _ => c });
        return kept.ToString();
    }
}
