using System.Globalization;

namespace Filing.Features.Drafting.Intake;

/// <summary>What a Word file holds besides the text that was read; each becomes one warning.</summary>
internal sealed class WordSeen
{
    /// <summary>The texts of heads and feet that were read; each is kept once.</summary>
    public HashSet<string> PageTexts { get; } = [];

    public int? TrackedLine { get; set; }

    public int? HiddenLine { get; set; }

    public int? CommentLine { get; set; }

    public int? SymbolLine { get; set; }

    public int Pictures { get; set; }

    public int Objects { get; set; }

    public bool ForeignParts { get; set; }

    public bool Comments => CommentLine is not null;

    /// <summary>The warning that comments were left out.</summary>
    public static ReadWarning CommentsIgnored(int? line) => new("intake.comments", "文件含有批注，批注未读入正文。", line);

    /// <summary>The warnings, the weightiest first.</summary>
    public IEnumerable<ReadWarning> Warnings(bool unknownNumbering)
    {
        if (TrackedLine is { } tracked)
            yield return new("intake.tracked-changes", "文件含有未处理的修订：已按“接受全部修订”读取（保留插入、去掉删除），请确认后定稿。", tracked);
        if (HiddenLine is { } hidden) yield return new("intake.hidden-text", "文件含有隐藏文字，未读入正文。", hidden);
        if (CommentLine is { } comment) yield return CommentsIgnored(comment);
        if (ForeignParts) yield return new("intake.foreign-parts", "文件嵌入了其他文档的内容，该部分未读入，请核对正文是否完整。");
        if (SymbolLine is { } symbol) yield return new("intake.symbols", "文件含有特殊字体的符号，读作“□”，请对照原件核对。", symbol);
        if (unknownNumbering) yield return new("intake.numbering", "文件使用了不能识别的自动编号格式，部分序号未读入，请对照原件核对。");
        if (Objects > 0) yield return new("intake.objects", string.Create(CultureInfo.InvariantCulture, $"文件嵌有 {Objects} 个对象（公式、表格等），未读入正文。"));
        if (Pictures > 0) yield return new("intake.pictures", string.Create(CultureInfo.InvariantCulture, $"文件含有 {Pictures} 张图片，图中文字未读入。"));
    }
}
