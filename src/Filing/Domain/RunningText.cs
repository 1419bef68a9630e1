using System.Text;

namespace Filing.Domain;

/// <summary>Finds issue numbers in sentences, where no blank separates the code from the words before it.</summary>
internal static class RunningText
{
    /// <summary>Words that stand before a cited number and are in no code of a body. After one of them a code begins.</summary>
    private static readonly string[] Before =
    [
        "根据", "按照", "依据", "依照", "遵照", "参照", "对照", "贯彻", "落实", "执行", "实施", "符合", "学习", "关于", "废止", "修改", "修订", "转发", "印发", "下发",
        "出台", "发布", "公布", "公开", "制定", "制发", "引用", "参见", "详见", "原件", "提高", "促进", "推进", "实行", "违反", "以及", "同时", "包括", "文件", "通知", "意见",
        "办法", "规定", "决定", "方案", "撤销", "失效", "替代", "代替", "取代", "作为", "属于", "涉及", "经过", "其中", "分别", "的", "与", "及", "把", "对", "以", "了", "在", "按",
        "为", "是", "由", "被", "或", "则", "等",
    ];

    /// <summary>What a code ends with but never begins with: cutting before one of these would cut a code in two.</summary>
    private const string Endings = "发办字函令规告组委会局领文电口外";

    /// <summary>See <see cref="IssueNumber.FindAll"/>.</summary>
    public static IEnumerable<(int Start, int Length, IssueNumber Number)> FindIssueNumbers(string text)
    {
        var floor = 0;
        for (var open = 0; open < text.Length; open++)
        {
            if (!Glyph.IsOpening(text[open]) || !TryReadTail(text, open, out var end, out var year, out var serial))
                continue;

            var codeEnd = open;
            while (codeEnd > floor && text[codeEnd - 1] is not ('\n' or '\r') && Glyph.IsBlank(text[codeEnd - 1]))
                codeEnd--;
            var codeStart = CodeStart(text, floor, codeEnd);
            if (codeStart < codeEnd && IssueNumber.Create(text[codeStart..codeEnd], year, serial).TryGet(out var number, out _))
            {
                yield return (codeStart, end - codeStart, number);
                floor = end;
                open = end - 1;
            }
        }
    }

    private static bool TryReadTail(string text, int open, out int end, out int year, out int serial)
    {
        (end, year, serial) = (0, 0, 0);
        var at = SkipBlanks(text, open + 1);
        for (var count = 0; count < 4; count++, at++)
        {
            var digit = at < text.Length ? Glyph.ChineseDigit(text[at]) : -1;
            if (digit < 0)
                return false;
            year = (year * 10) + digit;
        }

        at = SkipBlanks(text, at);
        if (at < text.Length && text[at] == '年')
            at = SkipBlanks(text, at + 1);
        if (at == text.Length || !Glyph.IsClosing(text[at]))
            return false;
        at = SkipBlanks(text, at + 1);
        if (at < text.Length && text[at] == '第')
            at = SkipBlanks(text, at + 1);

        var digits = 0;
        for (; at < text.Length && Glyph.Digit(text[at]) is >= 0 and var digit && digits < 8; at++, digits++)
            serial = (serial * 10) + digit;
        if (digits == 0 && !ChineseNumeral.TryRead(text, ref at, out serial))
            return false;

        at = SkipBlanks(text, at);
        end = at + 1;
        return at < text.Length && text[at] == '号';
    }

    private static int CodeStart(string text, int floor, int codeEnd)
    {
        var start = codeEnd;
        while (start > floor)
        {
            var length = start - 2 >= floor && char.IsSurrogatePair(text[start - 2], text[start - 1]) ? 2 : 1;
            if (Rune.DecodeFromUtf16(text.AsSpan(start - length, length), out var rune, out _) != System.Buffers.OperationStatus.Done
                || !Glyph.IsHan(rune) || rune.Value == '号')
                break;
            start -= length;
        }

        // 2012年豫政办…: the unit belongs to the figure before it.
        if (start > floor && Glyph.Digit(text[start - 1]) >= 0 && codeEnd - start >= 2 && text[start] is ('年' or '月' or '日'))
            start++;

        // 和 is also a county; it joins only after something that was itself cited, or after a word.
        var joined = start > 0 && (text[start - 1] is '号' || Glyph.IsClosing(text[start - 1]) || Glyph.IsQuote(text[start - 1]));
        foreach (var word in Before)
        {
            var found = text.AsSpan(start, codeEnd - start).LastIndexOf(word);
            if (found < 0)
                continue;
            var cut = start + found + word.Length;
            if (codeEnd - cut >= 2 && !Endings.Contains(text[cut], StringComparison.Ordinal))
                (start, joined) = (cut, true);
        }

        return joined && codeEnd - start >= 3 && text[start] == '和' ? start + 1 : start;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && Glyph.IsBlank(text[at]))
            at++;
        return at;
    }
}
