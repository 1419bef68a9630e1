using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Drafting;

/// <summary>A consultation that is still open, as its closing looks at it.</summary>
internal sealed record RunningConsultation
{
    public required Guid Id { get; init; }
    public required DateOnly ClosesOn { get; init; }
    public required int Comments { get; init; }
    public required int Undecided { get; init; }
    public required int Adopted { get; init; }

    public static Task<IReadOnlyList<RunningConsultation>> OfAsync(Work work, Guid documentId, ConsultationAudience audience) => work.Db.QueryAsync<RunningConsultation>(
        """
        -- Drafting/ConsultationChecks: what is open
        SELECT c.Id, c.ClosesOn,
          (SELECT COUNT(*) FROM ConsultationComment m WHERE m.ConsultationId = c.Id) AS Comments,
          (SELECT COUNT(*) FROM ConsultationComment m WHERE m.ConsultationId = c.Id AND m.Adoption IS NULL) AS Undecided,
          (SELECT COUNT(*) FROM ConsultationComment m WHERE m.ConsultationId = c.Id AND m.Adoption <> 'not-adopted') AS Adopted
        FROM Consultation c WHERE c.DocumentId = @documentId AND c.Audience = @audience AND c.ClosedOn IS NULL
        """,
        new { documentId, audience = Kebab.Of(audience) });
}

/// <summary>What hinders the closing of a consultation: the gate of the command and the checklist of the page are this one list.</summary>
internal static class ConsultationChecks
{
    private const string Adoption = "国办发〔2018〕115号：送审材料应当包括征求意见及意见采纳情况";

    /// <summary>The checks in the order in which the command refuses, each with its refusal.</summary>
    public static IReadOnlyList<(Check Check, Error? Refusal)> Of(IReadOnlyList<RunningConsultation> open, ConsultationAudience audience, Profile profile, DateOnly today)
    {
        var rule = profile.PublicConsultation.Source;
        var checks = new List<(Check, Error?)>
        {
            open.Count > 0
                ? (new("已发起征求意见", true, $"进行中 {open.Count} 次", rule), null)
                : (new("已发起征求意见", false, "还没有发起征求意见。请先填写上方“发起征求意见”。", rule), Error.Refused("consultation.none", "还没有发起征求意见，不能结束。")),
        };
        if (audience == ConsultationAudience.Public)
        {
            DateOnly? last = open.Count == 0 ? null : open.Max(c => c.ClosesOn);
            var running = last is { } day && day >= today;
            checks.Add((
                new("征求意见期已满", last is not null && !running, last is not { } end ? "发起后起算。" : running ? $"至{ChineseDate.Format(end)}止，{ChineseDate.Format(end.AddDays(1))}起可以结束。" : $"已于{ChineseDate.Format(end)}届满。", $"不少于 {profile.PublicConsultationDays.Value} 天：{profile.PublicConsultationDays.Source}"),
                running ? Error.Refused("consultation.running", $"公开征求意见至{ChineseDate.Format(last!.Value)}止，期满后方可结束。") : null));
        }

        var (comments, undecided) = (open.Sum(c => c.Comments), open.Sum(c => c.Undecided));
        checks.Add((
            new("逐条填写采纳情况", open.Count > 0 && undecided == 0, undecided > 0 ? $"还有 {undecided} 条意见没有填写采纳情况。" : comments == 0 ? "没有收到意见。" : $"{comments} 条意见都已填写。", Adoption),
            undecided > 0 ? Error.Refused("consultation.undecided", $"还有 {undecided} 条意见没有填写采纳情况。") : null));
        return checks;
    }
}
