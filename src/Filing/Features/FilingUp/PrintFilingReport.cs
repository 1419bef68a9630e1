using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Papers;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.FilingUp;

/// <summary>
/// 备案报告: the paper with which a published document goes to the next-higher government (郴政发〔2013〕2号 第十四项; its form after 国令789号 第八条). Before
/// the filing was sent it is a draft, with room for number and date.
/// </summary>
[Paper("filing-report", "备案报告")]
[Needs(Function.ReadDocuments)]
public sealed record PrintFilingReport(Guid DocumentId) : IQuery<OfficialPaper>, IForDocument;

internal sealed class PrintFilingReportHandler(Work work, CaseFlow flow) : IRequestHandler<PrintFilingReport, Result<OfficialPaper>>
{
    private const string RuleToName = "（依据名称、条款）";

    public async Task<Result<OfficialPaper>> Handle(PrintFilingReport query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        if (file.Latest(FactKind.Published) is not { } published) return Error.Refused("filing.not-published", "该文件尚未公布，不能出具备案报告。");
        if (file.SuperiorId is not { } superior) return Error.Refused("filing.no-superior", "系统中没有上一级政府，不能出具备案报告。");
        var sent = await SentAsync(file);
        var numbers = await NumberRow.OfDocumentAsync(work.Db, file.DocumentId);
        return new OfficialPaper
        {
            FileName = $"关于报请备案《{file.Title}》的报告",
            Letterhead = await NameAsync(file.GovernmentId, sent?.SentOn ?? work.Today),
            Number = sent?.ReportNumber ?? "",
            Upward = true,
            Title = $"关于报请备案{QuotedTitle.Of(file.Title)}的报告",
            Receivers = await NameAsync(superior, sent?.SentOn ?? work.Today),
            Body = [new PaperParagraph($"根据{Rule(file.Profile)}，现将{ChineseDate.Format(published.LegalDate)}公布的{QuotedTitle.Of(file.Title)}{Numbers(numbers)}报请备案。"), .. Course(file)],
            Attachments = [.. file.Profile.FilingMaterials.Value.Where(m => m != FilingMaterials.Report).Select(m => m == FilingMaterials.OfficialText ? "正式文本（电子文本）" : FilingMaterials.Chinese(m))],
            Signature = new([await NameAsync(file.GovernmentId, sent?.SentOn ?? work.Today)], sent?.SentOn),
            Note = "联系人：　　　　　　电话：　　　　　　　",
        };
    }

    /// <summary>A rule that is only assumed, or a neighbour's, is no ground of an official paper: whoever files writes it.</summary>
    private static string Rule(Profile profile)
    {
        var (source, confidence) = profile.Limits.TryGetValue("filing-to-superior", out var limit) ? (limit.Source, limit.Confidence) : (profile.FilingAppliesTo.Source, profile.FilingAppliesTo.Confidence);
        return confidence.IsGround() ? source.Replace(" ", "", StringComparison.Ordinal) : RuleToName;
    }

    private static string Numbers(IReadOnlyList<NumberRow> numbers)
    {
        string?[] said = [numbers.Standing(NumberKind.Issue)?.Text, numbers.Standing(NumberKind.Registration) is { } registration ? $"统一登记号{registration.Text}" : null];
        return string.Join('，', said.OfType<string>()) is { Length: > 0 } text ? $"（{text}）" : "";
    }

    private static IEnumerable<PaperBlock> Course(Case file)
    {
        if (file.Origin == DocumentOrigin.Elsewhere) yield break;
        var parts = new (FactKind Kind, string What)[]
        {
            (FactKind.ReviewConcluded, "通过合法性审查"), (FactKind.Decided, "经集体讨论决定"), (FactKind.Signed, "签发"),
        }.Select(p => (Fact: file.Latest(p.Kind), p.What)).Where(p => p.Fact is not null).Select(p => $"{ChineseDate.Format(p.Fact!.LegalDate)}{p.What}").ToList();
        if (file.Latest(FactKind.InForce) is { } force) parts.Add($"自{ChineseDate.Format(force.LegalDate)}起施行");
        if (parts.Count > 0) yield return new PaperParagraph($"该文件于{string.Join('，', parts)}。");
    }

    private Task<Sent?> SentAsync(Case file) => work.Db.QueryFirstOrDefaultAsync<Sent>(
        """
        -- FilingUp/PrintFilingReport: the latest filing
        SELECT ReportNumber, SentOn FROM FilingCase WHERE DocumentId = @DocumentId ORDER BY Id DESC
        """,
        new { file.DocumentId });

    private Task<string> NameAsync(Guid bodyId, DateOnly day) => DesksOf.NameOfBodyAsync(work.Db, bodyId, day);

    private sealed record Sent
    {
        public string? ReportNumber { get; init; }
        public DateOnly? SentOn { get; init; }
    }
}
