using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Papers;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.FilingReview;

/// <summary>
/// 备案答复: what the filing authority says to a filing after the check of its form: the receipt of its registration, the notice of what is to be supplemented,
/// or the notice that it is not registered (国令789号 第九条, as a model). What was said last stands.
/// </summary>
[Paper("filing-answer", "备案答复")]
[Needs(Function.ReadDocuments)]
public sealed record PrintFilingAnswer(Guid DocumentId) : IQuery<OfficialPaper>, IForDocument;

internal sealed class PrintFilingAnswerHandler(Work work, CaseFlow flow) : IRequestHandler<PrintFilingAnswer, Result<OfficialPaper>>
{
    public async Task<Result<OfficialPaper>> Handle(PrintFilingAnswer query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var said = file.Latest(FactKind.FilingRegistered) ?? file.Latest(FactKind.FilingRefused) ?? file.Latest(FactKind.FilingHeld);
        if (said is null || await LatestAsync(file) is not { } filing) return Error.Refused("filing.unanswered", "备案机关尚未答复，没有答复可以出具。");
        var numbers = await NumberRow.OfDocumentAsync(work.Db, file.DocumentId);
        var (title, lines) = said.Kind switch
        {
            FactKind.FilingRegistered => ("规范性文件备案登记回执", Registered(filing, said)),
            FactKind.FilingRefused => ($"关于不予备案登记{QuotedTitle.Of(file.Title)}的通知", Refused(said)),
            _ => ($"关于补正{QuotedTitle.Of(file.Title)}备案材料的通知", Held(said, await SupplementAsync(file))),
        };
        return new OfficialPaper
        {
            FileName = $"备案答复（{file.Title}）",
            Title = title,
            Receivers = await DesksOf.NameOfBodyAsync(work.Db, file.GovernmentId, said.LegalDate),
            Body = [new PaperParagraph($"{Sent(filing)}报送备案的{QuotedTitle.Of(file.Title)}{Numbered(numbers)}收悉。"), .. lines.Select(l => new PaperParagraph(l))],
            Signature = new([await DesksOf.NameOfBodyAsync(work.Db, filing.TargetId, said.LegalDate)], said.LegalDate),
        };
    }

    private static string Sent(Filed filing) =>
        $"{(filing.SentOn is { } sent ? ChineseDate.Format(sent) : "")}{(filing.ReportNumber is { } number ? $"以{number}" : "")}";

    private static string Numbered(IReadOnlyList<NumberRow> numbers) => numbers.Standing(NumberKind.Issue)?.Text is { } issue ? $"（{issue}）" : "";

    private static string[] Registered(Filed filing, DatedFact said) =>
    [
        $"经审查，报送的材料齐全、格式符合要求，{ChineseDate.Format(said.LegalDate)}予以备案登记，备案登记号为{filing.ReceiptNumber ?? said.Value}。",
        "备案登记表明文件已经报送，不表明对文件内容的审查结论。",
    ];

    private static string[] Refused(DatedFact said) => ["经审查，不予备案登记。", .. Lines("理由：", said.Value), "报送的材料予以退回。"];

    private static string[] Held(DatedFact said, DateOnly? due) =>
    [
        "经审查，暂缓备案登记。", .. Lines("需要补正的内容：", said.Value),
        due is { } day ? $"请于{ChineseDate.Format(day)}前（含当日）补正，补正后重新报送。" : "请补正后重新报送。",
    ];

    private static IEnumerable<string> Lines(string head, string? text) =>
        (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select((line, i) => i == 0 ? head + line : line);

    private Task<Filed?> LatestAsync(Case file) => work.Db.QueryFirstOrDefaultAsync<Filed>(
        """
        -- FilingReview/PrintFilingAnswer: the latest filing
        SELECT TargetId, ReportNumber, SentOn, ReceiptNumber FROM FilingCase WHERE DocumentId = @DocumentId ORDER BY Id DESC
        """,
        new { file.DocumentId });

    private Task<DateOnly?> SupplementAsync(Case file) => work.Db.ScalarAsync<DateOnly?>(
        """
        -- FilingReview/PrintFilingAnswer: the limit of correction
        SELECT Due FROM Deadline WHERE DocumentId = @DocumentId AND Name = 'filing-supplement' ORDER BY Id DESC
        """,
        new { file.DocumentId });

    private sealed record Filed
    {
        public required Guid TargetId { get; init; }
        public string? ReportNumber { get; init; }
        public DateOnly? SentOn { get; init; }
        public string? ReceiptNumber { get; init; }
    }
}
