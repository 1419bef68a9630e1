using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Relations;

/// <summary>
/// 声明与其他文件的关系: the drafter says with the draft what it does to another paper, or on what it rests. Nothing happens to the other before the draft is
/// published; then the fact is recorded there from the day of entry into force, or from the day named here.
/// </summary>
/// <param name="DocumentId">The draft.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Paper">The other paper, by its number or title as people write them: 郴政发〔2013〕2号, 《…办法》, 《…》（国发〔2008〕17号）.</param>
/// <param name="Outside">True for a paper that is not in this register: a law, a superior's paper, an old one.</param>
/// <param name="Articles">Which articles of it; the whole when absent.</param>
/// <param name="On">From which day; from the entry into force when absent.</param>
[Verb("declare-relation", "声明与其他文件的关系")]
[Needs(Function.Draft, At = [Place.DraftingBody])]
public sealed record DeclareRelation(Guid DocumentId, RelationKind Kind, string Paper, bool Outside = false, string? Articles = null, DateOnly? On = null) : ICommand<Guid>, IForDocument;

internal sealed class DeclareRelationValidator : AbstractValidator<DeclareRelation>
{
    public DeclareRelationValidator()
    {
        RuleFor(c => c.Kind).IsInEnum().WithMessage("请选择关系。");
        RuleFor(c => c.Paper).NotEmpty().WithMessage("请写明对方文件的文号或名称。").MaximumLength(300).WithMessage("对方文件不能超过 300 字。");
        RuleFor(c => c.Articles).MaximumLength(200).WithMessage("条款不能超过 200 字。");
        RuleFor(c => c.On).Null().When(c => c.Kind is RelationKind.Interprets or RelationKind.IsBasedOn).WithMessage("解释和依据不另定日期。");
    }
}

internal sealed class DeclareRelationHandler(Work work, CaseFlow flow) : IRequestHandler<DeclareRelation, Result<Guid>>
{
    private const int Most = 200;

    public async Task<Result<Guid>> Handle(DeclareRelation command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await RelationGates.OpenAsync(work, file) is { } closed) return closed;
        if (file.Origin == DocumentOrigin.Elsewhere && command.Kind.Effect() is not null)
            return Error.Refused("relation.elsewhere", $"补录的文件只补记依据和解释；对方已被{command.Kind.Chinese()}的，请在对方文件上记录。") with { Field = "kind" };
        var paper = CitedPaper.Read(command.Paper);
        var found = await RelationGates.FindAsync(work, paper);
        Guid? targetId = null;
        if (command.Outside)
        {
            if (found.Ok) return Error.Invalid("relation.in-register", $"{paper}就在登记簿中，请不要作为登记簿以外的文件。", "outside");
        }
        else
        {
            var own = paper.Number is null && paper.Title == file.Title;
            if (!own && !found.TryGet(out _, out error)) return error;
            targetId = own ? file.DocumentId : found.Value;
            if (await GateAsync(file, targetId.Value, command) is { } refused) return refused;
        }

        return await PutAsync(file, targetId, command.Outside ? paper : new(null), command);
    }

    private async Task<Error?> GateAsync(Case file, Guid targetId, DeclareRelation command)
    {
        if (targetId == file.DocumentId) return await RelationGates.OfItselfAsync(work, targetId, command.Kind, command.On);
        if (command.Kind == RelationKind.IsBasedOn) return await RelationGates.CycleAsync(work, file.DocumentId, targetId);
        if (command.Kind.Effect(command.Articles is not null) is not { } effect) return null;
        if (!(await flow.CaseAsync(targetId)).TryGet(out var target, out var error)) return error;
        return await RelationGates.CompetentAsync(work, file, target, command.Kind) ?? Validity.EndOfValidity.Gate(target.History, effect, command.On ?? work.Today);
    }

    private async Task<Result<Guid>> PutAsync(Case file, Guid? targetId, CitedPaper paper, DeclareRelation command)
    {
        var standing = await RelationRow.OfDocumentAsync(work.Db, file.DocumentId);
        if (standing.Count >= Most) return Error.Refused("relation.too-many", $"一份文件最多声明 {Most} 项关系。");
        var articles = string.IsNullOrWhiteSpace(command.Articles) ? null : command.Articles.Trim();
        if (standing.Any(r => r.Of == command.Kind && r.TargetId == targetId && (targetId is not null || r.Paper == paper) && r.Articles == articles))
            return Error.Conflict("relation.twice", $"已经声明过{command.Kind.Chinese()}{(articles is null ? "" : articles)}，不必重复。");
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Relations/DeclareRelation: a relation
            INSERT INTO DocumentRelation (Id, DocumentId, Kind, State, TargetId, Title, Number, Articles, EffectOn, DeclaredBy, DeclaredAt, ProcessId)
            VALUES (@id, @DocumentId, @Kind, 'declared', @targetId, @Title, @Number, @articles, @On, @Name, @Now, @ProcessId)
            """,
            new { id, file.DocumentId, Kind = Kebab.Of(command.Kind), targetId, paper.Title, paper.Number, articles, command.On, work.Actor.Name, work.Now, work.ProcessId });
        work.Record(new RelationDeclared(id, command.Kind, targetId, paper.Title, paper.Number, articles, command.On), file.DocumentId);
        return id;
    }
}
