using System.Globalization;
using System.Text;
using Filing.Domain;
using Filing.Papers;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>登记簿, to print: one page of the register as the filters leave it, with a digest of its lines, so that a printed page can be held against the register.</summary>
/// <param name="Filter">Which page.</param>
[Needs(Function.ReadDocuments)]
public sealed record PrintRegister(ReadRegister Filter) : IQuery<OfficialPaper>;

internal sealed class PrintRegisterHandler(Work work, IMediator mediator) : IRequestHandler<PrintRegister, Result<OfficialPaper>>
{
    public async Task<Result<OfficialPaper>> Handle(PrintRegister query, CancellationToken cancellationToken)
    {
        var filter = query.Filter with { On = query.Filter.On ?? work.Today };
        if (!(await mediator.Send(filter, cancellationToken)).TryGet(out var page, out var error)) return error;
        if (!(await mediator.Send(new ReadRegisterChoices(filter.Own), cancellationToken)).TryGet(out var choices, out error)) return error;
        var first = (filter.Page - 1) * filter.Size;
        var pages = Math.Max(1, (page.Total + filter.Size - 1) / filter.Size);
        return new OfficialPaper
        {
            FileName = $"规范性文件登记簿（{(filter.Year is { } year ? $"{year}年 " : "")}第{filter.Page}页）",
            Title = "规范性文件登记簿",
            Wide = true,
            Body =
            [
                new PaperParagraph(Conditions(filter, choices), false, true),
                new PaperTable(
                    [
                        new("序号", 4, true), new("统一登记号", 13), new("发文字号", 15), new("文件标题", 20), new("制定机关", 11), new("登记日期", 9, true), new("公布日期", 9, true),
                        new("施行日期", 9, true), new("有效期至\n状态", 10, true),
                    ],
                    [.. page.Lines.Select((line, i) => Row(first + i + 1, line))],
                    9),
            ],
            Proof = $"第 {filter.Page} 页，共 {pages} 页；本页 {page.Lines.Count} 条，合计 {page.Total} 条。效力状态截至{ChineseDate.Format(filter.On!.Value)}。{work.Actor.Name}于{ChineseDate.Format(work.Today)}打印。\n本页摘要 {RegisterDigest.Of(page.Lines)}",
        };
    }

    private static string?[] Row(int no, RegisterLine line) =>
    [
        no.ToString(CultureInfo.InvariantCulture), Numbers(line, NumberKind.Registration, line.RegistrationNumber), Numbers(line, NumberKind.Issue, line.IssueNumber),
        line.Title + (line.Origin == DocumentOrigin.Elsewhere ? "（补录，未经本系统审查）" : ""), line.IssuingBody,
        Day(line.Registered), Day(line.Published), Day(line.InForce), $"{Day(line.LastValidDay) ?? "—"}\n{line.Status.Name()}",
    ];

    private static string Numbers(RegisterLine line, NumberKind kind, string? standing) =>
        string.Join('\n', line.Void.Where(n => n.Kind == Kebab.Of(kind)).Select(n => $"{n.Text}（作废）").Append(standing).OfType<string>());

    private static string Conditions(ReadRegister filter, RegisterChoices choices)
    {
        string?[] said =
        [
            filter.Year is { } year ? $"{year}年登记" : "全部年份", choices.Bodies.FirstOrDefault(b => b.Code == filter.Body)?.Name, filter.Kind?.Chinese(),
            choices.Series.FirstOrDefault(s => s.Code == filter.Series) is { } series ? $"编号序列 {series.Name}" : null, filter.Void ? "有作废编号" : null,
            filter.Origin == DocumentOrigin.Elsewhere ? "补录" : null, string.IsNullOrWhiteSpace(filter.Text) ? null : $"含“{filter.Text.Trim()}”",
        ];
        return string.Join(" · ", said.OfType<string>());
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>
/// The digest of a page of the register: SHA-256 of the UTF-8 text in which each line is one line, ended by a line feed, and its values stand between tabs: registration number,
/// issue number, title, issuing body, days of signing, registration, publication and force, last valid day (yyyy-MM-dd, empty where there is none), code of
/// the status, and the void numbers between commas.
/// </summary>
public static class RegisterDigest
{
    /// <summary>The digest of these lines, in this order.</summary>
    public static ContentDigest Of(IEnumerable<RegisterLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            string?[] values =
            [
                line.RegistrationNumber, line.IssueNumber, line.Title, line.IssuingBody, .. new[] { line.Signed, line.Registered, line.Published, line.InForce, line.LastValidDay }
                    .Select(d => d?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                Kebab.Of(line.Status), string.Join(',', line.Void.Select(n => n.Text)),
            ];
            text.AppendJoin('\t', values).Append('\n');
        }

        return ContentDigest.OfBytes(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
