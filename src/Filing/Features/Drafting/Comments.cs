using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>What became of a comment.</summary>
public enum CommentAdoption
{
    /// <summary>采纳.</summary>
    Adopted,

    /// <summary>部分采纳.</summary>
    Partly,

    /// <summary>不采纳.</summary>
    NotAdopted,
}

/// <summary>登记意见: enters a comment that came by letter, by meeting or by upload.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="ConsultationId">The consultation.</param>
/// <param name="Author">Who commented.</param>
/// <param name="Text">What was said.</param>
/// <param name="ReceivedOn">When it came; today when absent.</param>
[Verb("record-comment", "登记意见")]
[Needs(Function.Draft, At = [Place.DraftingBody])]
public sealed record RecordComment(Guid DocumentId, Guid ConsultationId, string Author, string Text, DateOnly? ReceivedOn = null) : ICommand<Guid>, IForDocument;

internal sealed class RecordCommentValidator : AbstractValidator<RecordComment>
{
    public RecordCommentValidator()
    {
        RuleFor(c => c.Author).NotEmpty().WithMessage("请填写提出意见的单位或个人。").MaximumLength(100).WithMessage("提出人不能超过 100 字。");
        RuleFor(c => c.Text).NotEmpty().WithMessage("请填写意见内容。").MaximumLength(20_000).WithMessage("意见内容不能超过 2 万字。");
    }
}

internal sealed class RecordCommentHandler(Work work) : IRequestHandler<RecordComment, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(RecordComment command, CancellationToken cancellationToken)
    {
        var id = Work.NewId();
        var inserted = await work.Db.ExecuteAsync(
            """
            -- Drafting/Comments: a comment on an open consultation of this document
            INSERT INTO ConsultationComment (Id, ConsultationId, Author, Text, ReceivedOn, No)
            SELECT @id, c.Id, @Author, @Text, @ReceivedOn, 1 + (SELECT COALESCE(MAX(m.No), 0) FROM ConsultationComment m WHERE m.ConsultationId = c.Id) FROM Consultation c WHERE c.Id = @ConsultationId AND c.DocumentId = @DocumentId AND c.ClosedOn IS NULL
            """,
            new { id, command.Author, command.Text, ReceivedOn = command.ReceivedOn ?? work.Today, command.ConsultationId, command.DocumentId });
        if (inserted != 1) return Error.Conflict("consultation.closed", "这次征求意见不存在或已经结束。");
        work.Record(new CommentReceived(command.ConsultationId, id), command.DocumentId);
        return id;
    }
}

/// <summary>采纳情况: decides on a comment; not adopting it needs a reason.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="CommentId">The comment.</param>
/// <param name="Adoption">What becomes of it.</param>
/// <param name="Reason">Why; needed unless it is adopted.</param>
[Verb("decide-comment", "填写采纳情况")]
[Needs(Function.Draft, At = [Place.DraftingBody])]
public sealed record DecideComment(Guid DocumentId, Guid CommentId, CommentAdoption Adoption, string? Reason = null) : ICommand<Done>, IForDocument;

internal sealed class DecideCommentValidator : AbstractValidator<DecideComment>
{
    public DecideCommentValidator() =>
        RuleFor(c => c.Reason).NotEmpty().When(c => c.Adoption != CommentAdoption.Adopted).WithMessage("不采纳或部分采纳的，请写明理由。").MaximumLength(2000).WithMessage("采纳情况的理由不能超过 2000 字。");
}

internal sealed class DecideCommentHandler(Work work) : IRequestHandler<DecideComment, Result<Done>>
{
    public async Task<Result<Done>> Handle(DecideComment command, CancellationToken cancellationToken)
    {
        var decided = await work.Db.ExecuteAsync(
            """
            -- Drafting/Comments: decide on a comment while its consultation is open
            UPDATE ConsultationComment SET Adoption = @Adoption, AdoptionReason = @Reason
            WHERE Id = @CommentId AND ConsultationId IN (SELECT Id FROM Consultation WHERE DocumentId = @DocumentId AND ClosedOn IS NULL)
            """,
            new { Adoption = Kebab.Of(command.Adoption), command.Reason, command.CommentId, command.DocumentId });
        if (decided != 1) return Error.Conflict("consultation.closed", "这条意见不存在，或征求意见已经结束。");
        work.Record(new CommentDecided(command.CommentId, command.Adoption, command.Reason), command.DocumentId);
        return Done.It;
    }
}

/// <summary>登记多条意见: enters many comments at once, all or none of them.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="ConsultationId">The consultation.</param>
/// <param name="Comments">The comments, in their order.</param>
[Verb("record-comments", "登记多条意见")]
[Needs(Function.Draft, At = [Place.DraftingBody])]
public sealed record RecordComments(Guid DocumentId, Guid ConsultationId, IReadOnlyList<CommentLine> Comments) : ICommand<int>, IForDocument;

internal sealed class RecordCommentsValidator : AbstractValidator<RecordComments>
{
    public RecordCommentsValidator()
    {
        RuleFor(c => c.Comments).NotEmpty().WithMessage("没有要登记的意见。").Must(c => c is null || c.Count <= 500).WithMessage("一次最多登记 500 条意见。");
        RuleForEach(c => c.Comments)
            .Must(c => !string.IsNullOrWhiteSpace(c.Author) && c.Author.Length <= 100).WithMessage("每条意见都要有提出人，不超过 100 字。")
            .Must(c => !string.IsNullOrWhiteSpace(c.Text) && c.Text.Length <= 20_000).WithMessage("每条意见都要有内容，不超过 2 万字。");
    }
}

internal sealed class RecordCommentsHandler(IMediator mediator) : IRequestHandler<RecordComments, Result<int>>
{
    public async Task<Result<int>> Handle(RecordComments command, CancellationToken cancellationToken)
    {
        foreach (var comment in command.Comments)
        {
            var recorded = await mediator.Send(new RecordComment(command.DocumentId, command.ConsultationId, comment.Author.Trim(), comment.Text.Trim(), comment.ReceivedOn), cancellationToken);
            if (recorded.Error is { } error) return error;
        }

        return command.Comments.Count;
    }
}

/// <summary>What becomes of one comment.</summary>
/// <param name="CommentId">The comment.</param>
/// <param name="Adoption">What becomes of it.</param>
/// <param name="Reason">Why; needed unless it is adopted.</param>
public sealed record CommentDecision(Guid CommentId, CommentAdoption Adoption, string? Reason = null);

/// <summary>填写采纳情况表: decides on many comments at once, all or none of them.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Decisions">What becomes of each.</param>
[Verb("decide-comments", "填写采纳情况表")]
[Needs(Function.Draft, At = [Place.DraftingBody])]
public sealed record DecideComments(Guid DocumentId, IReadOnlyList<CommentDecision> Decisions) : ICommand<int>, IForDocument;

internal sealed class DecideCommentsValidator : AbstractValidator<DecideComments>
{
    public DecideCommentsValidator() => RuleFor(c => c.Decisions).NotEmpty().WithMessage("还没有选择采纳情况。");
}

internal sealed class DecideCommentsHandler(IMediator mediator) : IRequestHandler<DecideComments, Result<int>>
{
    public async Task<Result<int>> Handle(DecideComments command, CancellationToken cancellationToken)
    {
        foreach (var (index, decision) in command.Decisions.Index())
        {
            var decided = await mediator.Send(new DecideComment(command.DocumentId, decision.CommentId, decision.Adoption, decision.Reason), cancellationToken);
            if (decided.Error is { } error) return error with { Line = index + 1, Field = $"Why[{decision.CommentId}]" };
        }

        return command.Decisions.Count;
    }
}
