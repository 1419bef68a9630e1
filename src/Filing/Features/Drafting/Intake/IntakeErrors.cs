using System.Globalization;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>Every "no" of reading a file, each with its stable code.</summary>
internal static class IntakeErrors
{
    private const string Field = "file";

    public static Error Empty => Error.Invalid("intake.empty", "文件是空的，请重新选择。", Field);

    public static Error Encrypted => Error.Invalid("intake.encrypted", "文件设有打开密码，请解除密码后重新上传。", Field);

    public static Error OldWord => Error.Invalid("intake.old-doc", "这是旧版 Word（.doc）文件，请另存为 .docx 后重新上传。", Field);

    public static Error OtherOle => Error.Invalid("intake.ole", "这是旧版 Office 或其他复合格式的文件，不能作为公文正文读取，请另存为 .docx 后重新上传。", Field);

    public static Error Macros => Error.Invalid("intake.macros", "文件含有宏，为安全起见不予接收，请另存为不含宏的 .docx 后重新上传。", Field);

    public static Error Dtd => Error.Invalid("intake.docx-dtd", "文件内部含有文档类型声明或外部实体，属于不安全的 Word 文件，不予读取。", Field);

    public static Error Bomb => Error.Invalid("intake.zip-bomb", "文件解压后的大小或压缩比异常，为安全起见不予读取。", Field);

    public static Error TooManyEntries => Error.Invalid("intake.zip-entries", "文件内部的部件过多，为安全起见不予读取。", Field);

    public static Error TooDeep => Error.Invalid("intake.docx-nesting", "文件内部的结构嵌套过深，为安全起见不予读取。", Field);

    public static Error Undecodable => Error.Invalid("intake.undecodable", "无法识别文本的编码，请用 UTF-8、UTF-16 或 GB18030 编码保存后重新上传。", Field);

    public static Error NotText => Error.Invalid("intake.not-text", "文件内容不是文字，请上传 .docx、.pdf、.ofd 或文本文件。", Field);

    public static Error DamagedPdf => Error.Invalid("intake.pdf-damaged", "PDF 文件已损坏，无法打开，请重新导出后上传。", Field);

    public static Error TooLarge(int limit) =>
        new(ErrorKind.TooLarge, "intake.too-large", $"文件超过 {Size(limit)}，请压缩图片或拆分后重新上传。") { Field = Field };

    public static Error TooLong(int limit) =>
        new(ErrorKind.TooLarge, "intake.too-long", string.Create(CultureInfo.InvariantCulture, $"正文超过 {limit} 个字符，请拆分后重新上传。")) { Field = Field };

    public static Error Damaged(string how) => Error.Invalid("intake.docx-damaged", $"Word 文件已损坏（{how}），请用 Word 或 WPS 重新保存后上传。", Field);

    public static Error Unsupported(string what) =>
        Error.Invalid("intake.unsupported-type", $"不能读取{what}，请上传 .docx、.pdf、.ofd 或文本文件。", Field);

    public static Error Mismatch(string ending, string what) =>
        Error.Invalid("intake.type-mismatch", $"文件扩展名是 {ending}，内容却是{what}，请核对文件并改正扩展名后重新上传。", Field);

    private static string Size(int bytes) => bytes >= 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024 * 1024.0):0.#} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes} 字节");
}
