using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.Validity;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>
/// 补录: a document that was issued elsewhere enters the register with its dated facts and where they are known from. It is marked 未经本系统审查; no step that
/// did not happen here is invented, and what is not known is asked for. It counts after somebody has checked it.
/// </summary>
/// <param name="Title">The title.</param>
/// <param name="Kind">Whose document it is.</param>
/// <param name="DraftingBody">Code of the drafting unit.</param>
/// <param name="IssuingBody">Code of the issuing body; of a joint document the lead.</param>
/// <param name="Facts">What happened to it; at least its signature, and its publication unless it never was.</param>
/// <param name="Source">Where all this is known from: the ledger, the gazette, the page.</param>
/// <param name="Text">The body text, where it is at hand.</param>
/// <param name="IssueNumber">发文字号, as it stands on the paper.</param>
/// <param name="RegistrationNumber">统一登记号, as it stands on the paper.</param>
/// <param name="Term">Its term as it states it.</param>
/// <param name="DefaultTerm">It states none, and the rules' general term applies.</param>
/// <param name="NeverPublished">It was issued and never published (漏公布).</param>
/// <param name="CoIssuers">Codes of the other issuing bodies.</param>
/// <param name="Original">The file of the paper; it becomes a material.</param>
/// <param name="DeclaredNotSecret">The file holds no secret (不涉密); wanted where there is one.</param>
[Verb("enter-elsewhere", "补录", Once = true)]
[Needs(Function.EnterElsewhere)]
public sealed record EnterElsewhere(
    string Title, DocumentKind Kind, string DraftingBody, string IssuingBody, IReadOnlyList<ElsewhereFact> Facts, string Source, string? Text = null,
    string? IssueNumber = null, string? RegistrationNumber = null, TermRequest? Term = null, bool DefaultTerm = false, bool NeverPublished = false,
    IReadOnlyList<string>? CoIssuers = null, MaterialFile? Original = null, bool DeclaredNotSecret = false) : ICommand<Submitted>;

internal sealed class EnterElsewhereValidator : AbstractValidator<EnterElsewhere>
{
    public EnterElsewhereValidator()
    {
        RuleFor(c => c.Title).NotEmpty().WithMessage("请填写标题。").MaximumLength(200).WithMessage("标题不能超过 200 字。");
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明补录的来源，例如登记簿、公报或者网页。").MaximumLength(200).WithMessage("来源不能超过 200 字。");
        RuleFor(c => c.DeclaredNotSecret).Equal(true).When(c => c.Original is not null).WithErrorCode("material.secret-not-declared").WithMessage("请确认所上传的文件不涉密。涉密文件不得进入本系统。");
        RuleFor(c => c.Original!.FileName).NotEmpty().WithMessage("文件没有名称。").MaximumLength(200).WithMessage("文件名不能超过 200 字。").When(c => c.Original is not null);
        RuleFor(c => c.Facts).NotNull().WithMessage("请填写各个日期。");
        RuleFor(c => c.CoIssuers).Must(c => c is null || c.Distinct().Count() == c.Count).WithMessage("联合制定机关有重复。");
    }
}

internal sealed class EnterElsewhereHandler(Work work, Laws laws, CaseFlow flow, MaterialStore store) : IRequestHandler<EnterElsewhere, Result<Submitted>>
{
    public async Task<Result<Submitted>> Handle(EnterElsewhere command, CancellationToken cancellationToken)
    {
        if (ElsewhereFacts.Check(command.Facts, command.NeverPublished) is { } wrong) return wrong;
        // Its bodies must have been in being when it was signed; since then they may have merged.
        var signed = ElsewhereFacts.On(command.Facts, FactKind.Signed)!.Value;
        if (!(await NewDocument.BodiesAsync(work, command.DraftingBody, command.IssuingBody, command.CoIssuers ?? [], signed)).TryGet(out var bodies, out var error)) return error;
        if (!MayEnter(bodies)) return Error.Forbidden("只能补录本单位起草的文件，或者由本级政府法制机构补录。");
        if (!NewDocument.ProfileOf(laws, bodies, work.Today).TryGet(out var profile, out error)) return error;
        if (!(await ElsewhereNumbers.ReadAsync(work, command.IssueNumber, command.RegistrationNumber)).TryGet(out var numbers, out error)) return error;
        var title = command.Title.Trim();
        // The term that it has by the rules is that of the rules of its day.
        var then = laws.ProfileFor(bodies.Government.DivisionCode ?? "", ElsewhereFacts.On(command.Facts, FactKind.Published) ?? signed) ?? profile;
        if (!ElsewhereFacts.ToRecord(command.Facts, command.Source, command.Term, command.DefaultTerm, then, title).TryGet(out var facts, out error)) return error;
        var documentId = await NewDocument.InsertAsync(work, title, command.Kind, DocumentOrigin.Elsewhere, bodies);
        Guid? materialId = null;
        if (command.Original is { } original)
        {
            if (!(await Materials.AddAsync(work, store, documentId, MaterialKind.OfficialText, original)).TryGet(out var added, out error)) return error;
            materialId = added;
        }

        var text = command.Text is { Length: > 0 } body
            ? await DocumentTexts.AddAsync(work, documentId, command.NeverPublished ? DocumentTexts.Draft : DocumentTexts.Published, body, materialId)
            : null;
        if (text is not null && command.Facts.FirstOrDefault(f => f.Kind == FactKind.Published) is { } published) await AppearAsync(profile, documentId, published, text);
        await work.Db.ExecuteAsync(
            """
            -- Registration/EnterElsewhere: what was entered, to be checked
            INSERT INTO ElsewhereEntry (DocumentId, Source, IssueNumber, RegistrationNumber, State, Findings, EnteredBy)
            VALUES (@documentId, @Source, @Issue, @Registration, 'entered', '[]', @Name)
            """,
            new { documentId, command.Source, numbers.Issue, numbers.Registration, work.Actor.Name });
        work.Record(new EnteredElsewhere(title, command.Source, numbers.Issue, numbers.Registration, text?.Digest), documentId);
        return (await flow.OpenAsync(documentId, profile, profile.Definitions["elsewhere"], facts)).TryGet(out var opened, out error)
            ? new Submitted(documentId, opened.Id, profile.Id)
            : error;
    }

    private bool MayEnter(DocumentBodies bodies) => work.MaySitAt(Role.Drafter, bodies.Drafting.Id)
        || work.Desks.Contains(new(Role.Registrar, DeskPlace.LegalOffice, bodies.Government.Id));

    private Task<int> AppearAsync(Profile profile, Guid documentId, ElsewhereFact published, TextVersion text)
    {
        var carrier = published.Value ?? "未注明";
        return work.Db.ExecuteAsync(
            """
            -- Registration/EnterElsewhere: where it was published
            INSERT INTO Publication (Id, DocumentId, PublishedOn, Carrier, Place, Official, TextId, Digest, RecordedBy)
            VALUES (@Id, @documentId, @On, @carrier, NULL, @Official, @TextId, @Digest, @Name)
            """,
            new
            {
                Id = Work.NewId(),
                documentId,
                published.On,
                carrier,
                Official = profile.Carriers.Value.Contains(carrier),
                TextId = text.Id,
                text.Digest,
                work.Actor.Name,
            });
    }
}
