using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>Who is consulted.</summary>
public enum ConsultationAudience
{
    /// <summary>有关单位.</summary>
    Units,

    /// <summary>社会公众.</summary>
    Public,
}

/// <summary>征求意见: opens a consultation of units or of the public. The public one lasts at least as long as the profile says.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Audience">Who is consulted.</param>
/// <param name="ClosesOn">Its last day.</param>
/// <param name="Channel">Where: the site, the paper, the letter.</param>
/// <param name="Invited">The units asked, for a consultation of units.</param>
/// <param name="ShortenedReason">Why it is shorter than the profile's minimum.</param>
/// <param name="OpensOn">Its first day; today when absent.</param>
[Verb("open-consultation", "发起征求意见")]
[Needs(Function.Draft, At = [Place.DraftingBody])]
public sealed record OpenConsultation(
    Guid DocumentId, ConsultationAudience Audience, DateOnly ClosesOn, string Channel, IReadOnlyList<string>? Invited = null, string? ShortenedReason = null, DateOnly? OpensOn = null)
    : ICommand<Guid>, IForDocument;

internal sealed class OpenConsultationValidator : AbstractValidator<OpenConsultation>
{
    public OpenConsultationValidator()
    {
        RuleFor(c => c.Channel).NotEmpty().WithMessage("请写明征求意见的渠道。");
        RuleFor(c => c.Invited).NotEmpty().When(c => c.Audience == ConsultationAudience.Units).WithMessage("请列出征求意见的单位。");
    }
}

internal sealed class OpenConsultationHandler(Work work, CaseFlow flow) : IRequestHandler<OpenConsultation, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(OpenConsultation command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var task = command.Audience == ConsultationAudience.Units ? "consult-units" : "consult-public";
        if ((await OpenTask.OfDocumentAsync(work.Db, command.DocumentId, task)).Count == 0)
            return Error.Refused("consultation.not-due", $"该文件目前不在“{TaskWords.Of(task)}”这一步。");
        var opensOn = command.OpensOn ?? work.Today;
        var days = command.ClosesOn.DayNumber - opensOn.DayNumber + 1;
        if (days < 1) return Error.Invalid("date.order", $"截止日{ChineseDate.Format(command.ClosesOn)}早于开始日{ChineseDate.Format(opensOn)}。", "closesOn");
        var minimum = file.Profile.PublicConsultationDays;
        if (command.Audience == ConsultationAudience.Public && days < minimum.Value && string.IsNullOrWhiteSpace(command.ShortenedReason))
            return Error.Refused("consultation.too-short", $"公开征求意见不少于 {minimum.Value} 天（{minimum.Source}）；确需缩短的，请写明理由。");
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Drafting/OpenConsultation: a consultation
            INSERT INTO Consultation (Id, DocumentId, Audience, OpensOn, ClosesOn, Invited, Channel, ShortenedReason)
            VALUES (@id, @DocumentId, @Audience, @opensOn, @ClosesOn, @Invited, @Channel, @ShortenedReason)
            """,
            new
            {
                id,
                command.DocumentId,
                Audience = Kebab.Of(command.Audience),
                opensOn,
                command.ClosesOn,
                Invited = string.Join('、', command.Invited ?? []),
                command.Channel,
                command.ShortenedReason,
            });
        work.Record(new ConsultationOpened(id, command.Audience, opensOn, command.ClosesOn), command.DocumentId);
        return await flow.RecordAsync(file, new(FactKind.ConsultationOpened, opensOn, "征求意见", Kebab.Of(command.Audience))) is { } refused ? refused : id;
    }
}
