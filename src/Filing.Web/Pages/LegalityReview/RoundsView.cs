using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using MediatR;

namespace Filing.Web.Pages.LegalityReview;

/// <summary>Rounds of review as a page shows them.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Rounds">The rounds, first to last.</param>
/// <param name="Changes">By round: what changed in its text afterwards, up to the next round or to the amended text.</param>
/// <param name="OpenLast">True where the latest is shown unfolded.</param>
public sealed record RoundsView(Guid DocumentId, IReadOnlyList<ReviewRound> Rounds, IReadOnlyDictionary<int, TextChanges> Changes, bool OpenLast)
{
    /// <summary>Puts rounds of a sheet together with the changes of their texts.</summary>
    public static async Task<RoundsView> OfAsync(IMediator mediator, ReviewSheet sheet, Func<ReviewRound, bool> which, bool openLast = false)
    {
        var changes = new Dictionary<int, TextChanges>();
        foreach (var (round, next) in sheet.Rounds.Zip(sheet.Rounds.Skip(1).Select(r => (ReviewRound?)r).Append(null)).Where(r => which(r.First)))
        {
            if ((round.AmendedTextNo ?? next?.TextNo) is not { } to || to == round.TextNo) continue;
            if ((await mediator.Send(new ReadTextChanges(sheet.DocumentId, round.TextNo, to))).TryGet(out var found, out _)) changes[round.Round] = found;
        }

        return new(sheet.DocumentId, [.. sheet.Rounds.Where(which)], changes, openLast);
    }
}

/// <summary>The Chinese words of what can be chosen in this area, with what follows from each.</summary>
internal static class ReviewChoices
{
    public static IReadOnlyList<Forms.Choice> Conclusions { get; } = Forms.Choice.Of<ReviewConclusion>(
        c => c.Chinese(),
        c => c switch
        {
            ReviewConclusion.Passed => "转集体讨论决定；不能有必须修改的意见",
            ReviewConclusion.Amend => "起草单位逐条修改并答复，经核对落实后转集体讨论决定",
            ReviewConclusion.Returned => "退起草单位补充程序，补齐后重新受理",
            ReviewConclusion.Refused => "到此办结，答复起草单位",
        });

    public static IReadOnlyList<Forms.Choice> Answers { get; } = Forms.Choice.Of<AnswerKind>(a => a.Chinese());

    /// <summary>A digest so that people can compare it.</summary>
    public static string Short(string digest) => digest.Length > 24 ? $"{digest[..15]}…{digest[^6..]}" : digest;
}
