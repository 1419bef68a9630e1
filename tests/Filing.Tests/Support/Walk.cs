using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using MediatR;

namespace Filing.Tests.Support;

/// <summary>
/// A step of a case without its formalities: records facts, then finishes an open task with an outcome. It goes through the product's own
/// transaction, flow, facts and deadlines, so that tests of what comes late in a case need not fill in every form before it.
/// </summary>
[Needs(Function.Sweep)]
internal sealed record Walk(Guid DocumentId, string? Task, string? Outcome, params NewFact[] Facts) : ICommand<Done>;

internal sealed class WalkHandler(Work work, CaseFlow flow) : IRequestHandler<Walk, Result<Done>>
{
    public async Task<Result<Done>> Handle(Walk command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        foreach (var fact in command.Facts)
        {
            if (fact.Kind == FactKind.Signed)
            {
                await work.Db.ExecuteAsync(
                    """
                    INSERT INTO Signature (Id, DocumentId, Level, LevelName, BodyId, Signer, SignedOn, Digest)
                    SELECT @Id, @DocumentId, 1 + (SELECT COUNT(*) FROM Signature WHERE DocumentId = @DocumentId), '负责人', @IssuingBodyId, '签发人', @LegalDate,
                      (SELECT Digest FROM DocumentText WHERE DocumentId = @DocumentId)
                    """,
                    new { Id = Work.NewId(), command.DocumentId, file.IssuingBodyId, fact.LegalDate });
            }

            if (await flow.RecordAsync(file, fact) is { } refused) return refused;
        }

        if (command.Task is null) return Done.It;
        work.Task = (await OpenTask.OfDocumentAsync(work.Db, command.DocumentId, command.Task))[0];
        return await flow.FinishAsync(command.Outcome!);
    }
}

/// <summary>Brings documents to a point of their life.</summary>
internal static class Walks
{
    /// <summary>A submitted draft that was found to be normative.</summary>
    public static async Task<Guid> IdentifiedAsync(this TestRegister register, string title = "郴州市城镇房屋租赁管理办法")
    {
        var submitted = await register.As("drafter").Send(new SubmitDraft(title, DocumentKind.Government, World.Housing, World.City, "第一条 为了规范房屋租赁，制定本办法。", true));
        await register.Step(submitted.DocumentId, "identify", "Normative", FactKind.Identified);
        return submitted.DocumentId;
    }

    /// <summary>Under review since today.</summary>
    public static async Task<Guid> UnderReviewAsync(this TestRegister register, string title = "郴州市城镇房屋租赁管理办法")
    {
        var document = await register.IdentifiedAsync(title);
        await register.Step(document, "complete", "Completed", FactKind.DraftCompleted);
        await register.Step(document, "consult-units", "Closed");
        await register.Step(document, "consult-public", "Closed");
        await register.Step(document, "department-check", "Passed", FactKind.DepartmentChecked);
        await register.Step(document, "accept-review", "Accepted", FactKind.ReviewReceived);
        return document;
    }

    /// <summary>Published today, so that it is to be filed with the province within 15 days.</summary>
    public static async Task<Guid> PublishedAsync(this TestRegister register, string title = "郴州市城镇房屋租赁管理办法")
    {
        var document = await register.UnderReviewAsync(title);
        await register.System.Send(new Walk(document, "review", "Concluded", new NewFact(FactKind.ReviewConcluded, register.Today, "测试", "Passed")));
        await register.Step(document, "decide", "Adopted", FactKind.Decided);
        await register.Step(document, "sign", "Signed", FactKind.Signed);
        await register.Step(document, "sign", "Signed", FactKind.Signed);
        await register.Step(document, "register", "Registered", FactKind.Registered);
        await register.Step(document, "number", "Numbered", FactKind.Numbered);
        await register.Step(document, "publish", "Published", FactKind.Published);
        return document;
    }

    /// <summary>Finishes a task with an outcome, after a fact of today.</summary>
    public static Task Step(this TestRegister register, Guid document, string task, string outcome, FactKind? fact = null) =>
        register.System.Send(new Walk(document, task, outcome, fact is { } kind ? [new NewFact(kind, register.Today, "测试")] : []));
}
