using System.Security.Cryptography;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Portal;

/// <summary>
/// 公众提出意见: somebody who need not be known comments on a draft while the public is consulted on it. The drafting unit finds it among the comments and
/// has to say what becomes of it, as of any other.
/// </summary>
/// <param name="ConsultationId">The consultation.</param>
/// <param name="Text">What is said.</param>
/// <param name="Name">Who says it; a comment may be anonymous.</param>
/// <param name="Contact">How he or she can be reached; the drafting unit alone sees it.</param>
[Verb("send-comment", "公众提出意见", Once = true)]
[OpenToAll]
public sealed record SendComment(Guid ConsultationId, string Text, string? Name = null, string? Contact = null) : ICommand<CommentReceipt>;

internal sealed class SendCommentValidator : AbstractValidator<SendComment>
{
    public SendCommentValidator()
    {
        RuleFor(c => c.Text).NotEmpty().WithMessage("请填写意见内容。").MaximumLength(5000).WithMessage("意见内容不能超过 5000 字；内容较多的，请分几次提出，或按公告中的地址寄送。");
        RuleFor(c => c.Name).MaximumLength(50).WithMessage("姓名或单位不能超过 50 字。");
        RuleFor(c => c.Contact).MaximumLength(100).WithMessage("联系方式不能超过 100 字。");
    }
}

internal sealed class SendCommentHandler(Work work) : IRequestHandler<SendComment, Result<CommentReceipt>>
{
    /// <summary>More than this in a day on one draft is no consultation but a flood; the drafting unit has to answer each.</summary>
    private const int MostADay = 2000;

    // Without letters and figures that are taken for one another when they are read out.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public async Task<Result<CommentReceipt>> Handle(SendComment command, CancellationToken cancellationToken)
    {
        var document = await RunningConsultations.DocumentAsync(work, command.ConsultationId);
        if (document is { } draft) await work.HoldAsync(draft);
        if (await RunningConsultations.FindAsync(work, command.ConsultationId) is null) return Error.NotFound("征求意见稿");
        var text = command.Text.Trim();
        if (await GateAsync(command.ConsultationId, text) is { } closed) return closed;
        var (id, reference) = (Work.NewId(), $"YJ{work.Today:yyyyMMdd}-{RandomNumberGenerator.GetString(Letters, 8)}");
        await work.Db.ExecuteAsync(
            """
            -- Portal/SendComment: a comment of the public
            INSERT INTO ConsultationComment (Id, ConsultationId, Author, Text, ReceivedOn, Contact, Reference, No)
            SELECT @id, c.Id, @Author, @text, @Today, @Contact, @reference, 1 + (SELECT COALESCE(MAX(m.No), 0) FROM ConsultationComment m WHERE m.ConsultationId = c.Id)
            FROM Consultation c WHERE c.Id = @ConsultationId
            """,
            new { id, command.ConsultationId, Author = Given(command.Name) ?? "匿名", text, work.Today, Contact = Given(command.Contact), reference });
        work.Record(new CommentReceived(command.ConsultationId, id), document);
        return new CommentReceipt(reference, work.Today);
    }

    private async Task<Error?> GateAsync(Guid consultation, string text)
    {
        var same = await work.Db.ScalarAsync<int>(
            """
            -- Portal/SendComment: the same words today
            SELECT COUNT(*) FROM ConsultationComment WHERE ConsultationId = @consultation AND ReceivedOn = @Today AND Reference IS NOT NULL AND Text = @text
            """,
            new { consultation, work.Today, text });
        if (same > 0) return Error.Conflict("comment.same", "同样内容的意见今天已经收到，不必重复提交。") with { Field = "text" };
        var today = await work.Db.ScalarAsync<int>(
            """
            -- Portal/SendComment: how many came today
            SELECT COUNT(*) FROM ConsultationComment WHERE ConsultationId = @consultation AND ReceivedOn = @Today AND Reference IS NOT NULL
            """,
            new { consultation, work.Today });
        return today >= MostADay ? Error.Refused("comment.too-many", "今天收到的意见已达上限，请明天再提出，或按公告中的其他渠道提出。") : null;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
