using System.Text.Json.Serialization;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Features.Relations;
using Filing.Features.Validity;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Publication;

/// <summary>An appearance of a document on a carrier of publication.</summary>
/// <param name="Carrier">The carrier, as the profile names it.</param>
/// <param name="On">The day of its first appearance there.</param>
/// <param name="Place">Address, or issue and page.</param>
public sealed record Appearance(string Carrier, DateOnly On, string? Place = null);

/// <summary>
/// 统一公布: a registered and numbered document is published as it was approved (郴政发〔2013〕2号 第十三项). Its first appearance on the carrier that the
/// profile names starts the filing limit; its term starts to run.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Carriers">Where it appeared, and when.</param>
/// <param name="InForceOn">The first day of force; the day of publication when absent.</param>
/// <param name="EarlyForceReason">Why it is in force sooner after its publication than the rules want.</param>
/// <param name="Term">Its term; what the rules say of a document that states none, when absent.</param>
/// <param name="PrintedOn">印发日期, if it was printed.</param>
/// <param name="Text">The text as it was published; the approved one when absent.</param>
/// <param name="MaterialId">The file from which that text comes.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("publish", "统一公布", Once = true)]
[Finishes("publish")]
public sealed record Publish(
    Guid DocumentId, IReadOnlyList<Appearance> Carriers, DateOnly? InForceOn = null, string? EarlyForceReason = null, TermRequest? Term = null, DateOnly? PrintedOn = null,
    string? Text = null, Guid? MaterialId = null, Guid? TaskId = null) : ICommand<Published>, IFinishesTask;

/// <summary>A published document.</summary>
/// <param name="On">公布日期.</param>
/// <param name="InForce">施行日期.</param>
/// <param name="Term">The term, for people.</param>
/// <param name="LastValidDay">The last valid day; null when there is none.</param>
/// <param name="Warnings">What is unusual and was let through.</param>
/// <param name="Affected">What became of the documents that it amends, repeals, …, as it had declared; Chinese sentences without a full stop.</param>
public sealed record Published(DateOnly On, DateOnly InForce, string Term, DateOnly? LastValidDay, IReadOnlyList<string> Warnings, IReadOnlyList<string>? Affected = null) : IForetelling
{
    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<TrialEffect> Foretold =>
    [
        .. Warnings.Select(w => new TrialEffect("请注意", w, [])),
        new("公布", ChineseDate.FormatFull(On), []),
        new("施行", ChineseDate.FormatFull(InForce), []),
        new("有效期", LastValidDay is { } last ? $"{Term}，至{ChineseDate.Format(last)}（含当日）" : Term, []),
        .. (Affected ?? []).Select(a => new TrialEffect("其他文件", a, [])),
    ];
}

internal sealed class PublishValidator : AbstractValidator<Publish>
{
    public PublishValidator()
    {
        RuleFor(c => c.Carriers).NotEmpty().WithMessage("请填写公布的载体和日期。");
        RuleFor(c => c.Carriers).Must(c => c.DistinctBy(a => a.Carrier).Count() == c.Count).When(c => c.Carriers is not null).WithMessage("同一载体请只填首次公布的日期。");
        RuleFor(c => c.Text).NotEmpty().When(c => c.Text is not null || c.MaterialId is not null).WithMessage("请一并提供该文件的正文文字，以便与审签文本比对。");
        RuleFor(c => c.EarlyForceReason).MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
    }
}

internal sealed class PublishHandler(Work work, Laws laws, CaseFlow flow, Deadlines deadlines) : IRequestHandler<Publish, Result<Published>>
{
    public async Task<Result<Published>> Handle(Publish command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var approval = await Approval.LoadAsync(work, file);
        var numbers = await NumberRow.OfDocumentAsync(work.Db, file.DocumentId);
        var gate = PublicationGates.NotPublished(file) ?? IssueGates.Signed("publish.not-signed", "公布", approval) ?? IssueGates.Registered("publish.not-registered", "公布", file)
            ?? IssueGates.Numbered(file, numbers) ?? IssueGates.Unchanged("publish.text-changed", "公布", approval) ?? PublicationGates.NotAhead(work.Today, command.Carriers);
        if (gate is not null) return gate;
        if (await PublicationGates.InterpretedAsync(work, file) is { } uninterpreted) return uninterpreted;
        if (!PublicationPlan.Make(file, command).TryGet(out var plan, out error)) return error;
        if (!(await PublishedText.StoreAsync(work, file.DocumentId, approval.Text!, numbers, command.Text, command.MaterialId)).TryGet(out var text, out error)) return error;
        foreach (var appearance in command.Carriers) await AppearAsync(file, appearance, text.Id, text.Digest);
        if (file.MustBeFiled) await Parties.AddAsync(work, file.DocumentId, file.SuperiorId!.Value, Parties.Superior);
        work.Record(new DocumentPublished(plan.Published, command.Carriers, text.Digest, plan.InForce, plan.Term.ToString(), plan.Warnings), file.DocumentId);
        foreach (var fact in Facts(file.Profile, command, plan))
        {
            if (await flow.RecordAsync(file, fact) is { } refused) return refused;
        }

        await TermDeadlines.SetAsync(laws, deadlines, file, "公布");
        var source = (numbers.Standing(NumberKind.Issue) ?? numbers.Standing(NumberKind.Registration))?.Text ?? file.Title;
        if (!(await RelationEffects.RecordAsync(work, flow, deadlines, file, source, plan.Published, plan.InForce)).TryGet(out var affected, out error)) return error;
        return await flow.FinishTaskAsync("Published") is { } failed
            ? failed
            : new Published(plan.Published, plan.InForce, plan.Term.Text, plan.Term.LastValidDay(plan.Published, plan.InForce), plan.Warnings, affected);
    }

    private static IEnumerable<NewFact> Facts(Profile profile, Publish command, PublicationPlan plan)
    {
        if (command.PrintedOn is { } printed) yield return new(FactKind.Printed, printed, "统一公布");
        yield return new(FactKind.Published, plan.Published, "统一公布", profile.ClockCarrier.Value);
        yield return new(FactKind.InForce, plan.InForce, command.InForceOn is null ? "自公布之日起施行" : "文件载明的施行日期", command.EarlyForceReason);
        yield return new(FactKind.TermSet, plan.Published, plan.TermSource, plan.Term.ToString());
    }

    private Task<int> AppearAsync(Case file, Appearance appearance, Guid textId, string digest) => work.Db.ExecuteAsync(
        """
        -- Publication/Publish: an appearance
        INSERT INTO Publication (Id, DocumentId, PublishedOn, Carrier, Place, Official, TextId, Digest, RecordedBy)
        VALUES (@Id, @DocumentId, @On, @Carrier, @Place, 1, @textId, @digest, @Name)
        """,
        new { Id = Work.NewId(), file.DocumentId, appearance.On, appearance.Carrier, appearance.Place, textId, digest, work.Actor.Name });
}
