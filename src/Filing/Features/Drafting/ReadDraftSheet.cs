using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>送审材料: what the drafting unit has handed in so far, and what the legal office will look for.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadDraftSheet(Guid DocumentId) : IQuery<DraftSheet>, IForDocument;

/// <summary>What the drafting unit has handed in.</summary>
/// <param name="Submission">Who submitted it, and what was said with it.</param>
/// <param name="Bases">制定依据.</param>
/// <param name="Explanation">起草说明, as it was written last; null when it was not.</param>
/// <param name="Identification">The answer to the submission; null while there is none.</param>
/// <param name="Materials">The checklist of the materials.</param>
public sealed record DraftSheet(Submission Submission, IReadOnlyList<CitedPaper> Bases, string? Explanation, IdentificationView? Identification, IReadOnlyList<Check> Materials);

/// <summary>认定.</summary>
public sealed record IdentificationView
{
    /// <summary>What it was found to be, as a code.</summary>
    public required string Outcome { get; init; }

    /// <summary>What it was found to be.</summary>
    public IdentificationOutcome Of => Kebab.Parse<IdentificationOutcome>(Outcome);

    /// <summary>Which kind of the exclusion list; null where it is none.</summary>
    public string? Ground { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateOnly DecidedOn { get; init; }

    /// <summary>By whom.</summary>
    public required string DecidedBy { get; init; }
}

internal sealed class ReadDraftSheetHandler(Work work, CaseFlow flow) : IRequestHandler<ReadDraftSheet, Result<DraftSheet>>
{
    private const string Opinion = "国办发〔2018〕115号";
    private const string Competition = "公平竞争审查条例（国务院令第783号）第十七条、第十八条";

    public async Task<Result<DraftSheet>> Handle(ReadDraftSheet query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var bases = await Citations.BasesAsync(work, query.DocumentId);
        var kinds = (await work.Db.QueryAsync<string>(
            """
            -- Drafting/ReadDraftSheet: which kinds of materials there are
            SELECT Kind FROM Material WHERE DocumentId = @DocumentId
            """,
            new { query.DocumentId })).GroupBy(Kebab.Parse<MaterialKind>).ToDictionary(g => g.Key, g => g.Count());
        var text = await DocumentTexts.LatestAsync(work, query.DocumentId);
        var explanation = file.Facts.LastOrDefault(f => f.Kind == FactKind.DraftCompleted && f.Source == "补齐材料")?.Value;
        return new DraftSheet(await Submission.OfAsync(work, query.DocumentId), bases, explanation, await Identifications.LatestAsync(work, query.DocumentId), Checks(file, kinds, bases, text, explanation));
    }

    private static IReadOnlyList<Check> Checks(Case file, Dictionary<MaterialKind, int> kinds, IReadOnlyList<CitedPaper> bases, TextVersion? text, string? explanation)
    {
        Check Of(MaterialKind kind, bool otherwise, string there, string missing, string rule, Want want = Want.Now)
        {
            var files = kinds.GetValueOrDefault(kind);
            var how = string.Join("；", new[] { otherwise ? there : null, files > 0 ? $"已上传 {files} 件" : null }.OfType<string>());
            return new(kind.Chinese(), otherwise || files > 0, how.Length > 0 ? how : missing, rule, want);
        }

        var (research, competition, interpretation) = (file.Profile.ResearchFirst, file.Profile.FairCompetition, file.Profile.Interpretation);
        return
        [
            .. research.Value ? new[] { Of(MaterialKind.Research, file.Has(FactKind.Researched), "结论已登记", "在“调研论证”中填写结论；报告可以上传。", research.Source) } : [],
            Of(MaterialKind.Text, text is not null, $"第 {text?.No} 稿", "还没有正文。", Opinion),
            Of(MaterialKind.Explanation, explanation is not null, "已填写", "在“补齐材料”中填写，或上传。", Opinion),
            Of(MaterialKind.Basis, bases.Count > 0, $"已列 {bases.Count} 件", "在“补齐材料”中列明；依据的文本可以上传。", Opinion),
            Of(MaterialKind.Consultation, file.Has(FactKind.ConsultationClosed), "意见和采纳情况已登记", "征求意见结束后自动列入；会议记录、公函等可以上传。", Opinion, Want.Later),
            Of(MaterialKind.DepartmentOpinion, file.Has(FactKind.DepartmentChecked), "已审核通过", "送审前由本单位法制审核岗位办理。", Opinion, Want.Later),
            competition.Value
                ? Of(MaterialKind.FairCompetition, false, "", "请上传审查结论；不涉及经营者经济活动的，请上传说明。提交审议之前必须具备。", competition.Source, Want.Later)
                : Of(MaterialKind.FairCompetition, false, "", "涉及经营者经济活动的，请上传审查结论。", Competition, Want.Sometimes),
            .. interpretation.Value ? new[] { Of(MaterialKind.Interpretation, false, "", "解读与文件同步起草、同步公布；公布之前必须上传。", interpretation.Source, Want.Later) } : [],
        ];
    }
}
