using System.Globalization;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>受理前的核对: what a draft must come with, what the register has of it, and what was asked for before.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadAcceptance(Guid DocumentId) : IQuery<AcceptanceSheet>, IForDocument;

/// <summary>The checklist of the materials.</summary>
/// <param name="Source">The rule behind it.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="Items">One line a material, in the order of the rule.</param>
/// <param name="Missing">What was asked for before, latest first.</param>
/// <param name="Rounds">How many rounds of review there were before.</param>
public sealed record AcceptanceSheet(string Source, Confidence Confidence, IReadOnlyList<AcceptanceItem> Items, IReadOnlyList<MissingLine> Missing, int Rounds);

/// <summary>One material of the checklist.</summary>
/// <param name="Kind">Its code, as the profile names it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Wanted">What it must show.</param>
/// <param name="Found">What the register has of it, one line each; empty where there is nothing.</param>
public sealed record AcceptanceItem(string Kind, string Name, string Wanted, IReadOnlyList<string> Found);

internal sealed class ReadAcceptanceHandler(Work work, CaseFlow flow) : IRequestHandler<ReadAcceptance, Result<AcceptanceSheet>>
{
    public async Task<Result<AcceptanceSheet>> Handle(ReadAcceptance query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var files = await work.Db.QueryAsync<MaterialRow>(
            """
            -- LegalityReview/ReadAcceptance: the files
            SELECT Kind, FileName FROM Material WHERE DocumentId = @DocumentId ORDER BY AddedAt, Id
            """,
            new { query.DocumentId });
        var (rule, items) = (file.Profile.ReviewMaterials, new List<AcceptanceItem>());
        foreach (var kind in rule.Value)
        {
            var (name, wanted) = Words(kind);
            items.Add(new(kind, name, wanted, [.. await HeldAsync(kind, file), .. files.Where(f => f.Kind == kind).Select(f => $"附件：{f.FileName}")]));
        }

        return new AcceptanceSheet(rule.Source, rule.Confidence, items, await ReadReviewHandler.MissingAsync(work, query.DocumentId), await RoundsAsync(query.DocumentId));
    }

    private static (string Name, string Wanted) Words(string kind) => kind switch
    {
        "text" => ("送审稿", "正文完整，与起草单位审核过的一致"),
        "explanation" => ("起草说明", "写明必要性、主要内容、起草过程和争议的处理"),
        "basis" => ("制定依据", "列出所依据的法律、法规、规章和上级文件"),
        "consultation" => ("征求意见材料", "征求过有关单位和社会公众的意见，逐条写明采纳情况"),
        "department-opinion" => ("起草单位法制审核意见", "起草单位自己的法制机构审核通过"),
        "fair-competition" => ("公平竞争审查结论", "涉及市场主体经济活动的，附公平竞争审查结论"),
        _ => (kind, ""),
    };

    /// <summary>What the register itself has of a material, apart from files.</summary>
    private async Task<IEnumerable<string>> HeldAsync(string kind, Case file) => kind switch
    {
        "text" => await DocumentTexts.LatestAsync(work, file.DocumentId) is { } text ? [$"第 {text.No} 稿，{text.Body.Length:N0} 字"] : [],
        "explanation" => file.Latest(FactKind.DraftCompleted) is { Value: { Length: > 0 } explanation } fact ? [$"{ChineseDate.Format(fact.LegalDate)}：{Short(explanation)}"] : [],
        "department-opinion" => file.Latest(FactKind.DepartmentChecked) is { } check ? [$"{ChineseDate.Format(check.LegalDate)}：{Short(check.Value ?? "审核通过")}"] : [],
        "basis" => (await BasesAsync(file.DocumentId)).Select(b => $"{(b.Title is { } title ? $"《{title.Trim('《', '》')}》" : "")}{(b.Number is { } number && b.Title is not null ? $"（{number}）" : b.Number)}"),
        "consultation" => [.. (await ConsultationsAsync(file.DocumentId)).Select(Line), .. file.Latest(FactKind.Urgent) is { } urgent ? [$"紧急程序：{urgent.Source}"] : Array.Empty<string>()],
        _ => [],
    };

    private static string Line(ConsultationRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(row.Audience == "public" ? "公开征求意见" : "征求单位意见")} {ChineseDate.Format(row.OpensOn)}至{ChineseDate.Format(row.ClosesOn)}，{row.Channel}，收到意见 {row.Comments} 条{(row.Comments > 0 ? $"，已处理 {row.Settled} 条" : "")}{(row.ClosedOn is null ? "（未结束）" : "")}");

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private Task<IReadOnlyList<CitationRow>> BasesAsync(Guid documentId) => work.Db.QueryAsync<CitationRow>(
        """
        -- LegalityReview/ReadAcceptance: the bases
        SELECT Title, Number FROM Citation WHERE DocumentId = @documentId AND Relation = 'basis' ORDER BY Id
        """,
        new { documentId });

    private Task<IReadOnlyList<ConsultationRow>> ConsultationsAsync(Guid documentId) => work.Db.QueryAsync<ConsultationRow>(
        """
        -- LegalityReview/ReadAcceptance: the consultations
        SELECT c.Audience, c.OpensOn, c.ClosesOn, c.Channel, c.ClosedOn, COUNT(m.Id) AS Comments, COUNT(m.Adoption) AS Settled
        FROM Consultation c LEFT JOIN ConsultationComment m ON m.ConsultationId = c.Id
        WHERE c.DocumentId = @documentId
        GROUP BY c.Id, c.Audience, c.OpensOn, c.ClosesOn, c.Channel, c.ClosedOn
        ORDER BY c.OpensOn, c.Id
        """,
        new { documentId });

    private Task<int> RoundsAsync(Guid documentId) => work.Db.ScalarAsync<int>(
        """
        -- LegalityReview/ReadAcceptance: how many rounds there were
        SELECT COUNT(*) FROM LegalityReview WHERE DocumentId = @documentId
        """,
        new { documentId });

    private sealed record MaterialRow
    {
        public required string Kind { get; init; }
        public required string FileName { get; init; }
    }

    private sealed record CitationRow
    {
        public string? Title { get; init; }
        public string? Number { get; init; }
    }

    private sealed record ConsultationRow
    {
        public required string Audience { get; init; }
        public required DateOnly OpensOn { get; init; }
        public required DateOnly ClosesOn { get; init; }
        public required string Channel { get; init; }
        public DateOnly? ClosedOn { get; init; }
        public required int Comments { get; init; }
        public required int Settled { get; init; }
    }
}
