using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Relations;

/// <summary>撤下已声明的关系, while the draft is not approved. The row stays, and another that supersedes it says that it was dropped.</summary>
/// <param name="DocumentId">The draft.</param>
/// <param name="RelationId">The relation.</param>
/// <param name="Reason">Why.</param>
[Verb("drop-relation", "撤下与其他文件的关系")]
[Needs(Function.Draft, At = [Place.DraftingBody])]
public sealed record DropRelation(Guid DocumentId, Guid RelationId, string Reason) : ICommand<Done>, IForDocument, IReasoned;

internal sealed class DropRelationValidator : AbstractValidator<DropRelation>
{
    public DropRelationValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
}

internal sealed class DropRelationHandler(Work work, CaseFlow flow) : IRequestHandler<DropRelation, Result<Done>>
{
    public async Task<Result<Done>> Handle(DropRelation command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await RelationGates.OpenAsync(work, file) is { } closed) return closed;
        if ((await RelationRow.OfDocumentAsync(work.Db, file.DocumentId)).FirstOrDefault(r => r.Id == command.RelationId) is not { } relation)
            return Error.NotFound("关系");
        await work.Db.ExecuteAsync(
            """
            -- Relations/DropRelation: it does not stand any more
            INSERT INTO DocumentRelation (Id, DocumentId, Kind, State, TargetId, Title, Number, Articles, EffectOn, DeclaredBy, DeclaredAt, SupersedesId, ProcessId)
            VALUES (@NewId, @DocumentId, @Kind, 'dropped', @TargetId, @Title, @Number, @Articles, @EffectOn, @Name, @Now, @Id, @ProcessId)
            """,
            new
            {
                NewId = Work.NewId(),
                relation.DocumentId,
                relation.Kind,
                relation.TargetId,
                relation.Title,
                relation.Number,
                relation.Articles,
                relation.EffectOn,
                work.Actor.Name,
                work.Now,
                relation.Id,
                work.ProcessId,
            });
        work.Record(new RelationDropped(relation.Id, command.Reason), file.DocumentId);
        return Done.It;
    }
}
