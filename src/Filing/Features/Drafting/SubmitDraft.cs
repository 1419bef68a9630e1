using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>
/// 送审: the drafting unit submits a draft; the case begins under the rules of its government on this day.
/// </summary>
/// <param name="Title">The title.</param>
/// <param name="Kind">Whose document it is to be.</param>
/// <param name="DraftingBody">Code of the drafting unit.</param>
/// <param name="IssuingBody">Code of the issuing body.</param>
/// <param name="Text">The body text.</param>
/// <param name="DeclaredNotSecret">The drafter declares that neither the text nor its materials hold a secret (不涉密).</param>
/// <param name="CoIssuers">Codes of the other issuing bodies; none for a document of one body.</param>
[Verb("submit-draft", "送审", Once = true)]
[Needs(Function.Draft)]
public sealed record SubmitDraft(
    string Title, DocumentKind Kind, string DraftingBody, string IssuingBody, string Text, bool DeclaredNotSecret, IReadOnlyList<string>? CoIssuers = null)
    : ICommand<Submitted>;

/// <summary>What a new document is known by.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="CaseId">Its case.</param>
/// <param name="Profile">The rules that the case keeps.</param>
public sealed record Submitted(Guid DocumentId, Guid CaseId, string Profile);

internal sealed class SubmitDraftValidator : AbstractValidator<SubmitDraft>
{
    public SubmitDraftValidator()
    {
        RuleFor(c => c.Title).NotEmpty().WithMessage("请填写标题。").MaximumLength(200).WithMessage("标题不能超过 200 字。");
        RuleFor(c => c.Text).NotEmpty().WithMessage("请上传或粘贴正文。");
        RuleFor(c => c.DeclaredNotSecret).Equal(true).WithErrorCode("material.secret-not-declared").WithMessage("请确认所提交的内容不涉密。涉密文件不得进入本系统。");
        RuleFor(c => c.CoIssuers).Must(c => c is null || c.Distinct().Count() == c.Count).WithMessage("联合制定机关有重复。");
    }
}

internal sealed class SubmitDraftHandler(Work work, Laws laws, CaseFlow flow) : IRequestHandler<SubmitDraft, Result<Submitted>>
{
    public async Task<Result<Submitted>> Handle(SubmitDraft command, CancellationToken cancellationToken)
    {
        if (!(await NewDocument.BodiesAsync(work, command.DraftingBody, command.IssuingBody, command.CoIssuers ?? [])).TryGet(out var bodies, out var error)) return error;
        if (!work.MaySitAt(Role.Drafter, bodies.Drafting.Id)) return Error.Forbidden("只能以本单位名义送审。");
        if (!NewDocument.ProfileOf(laws, bodies, work.Today).TryGet(out var profile, out error)) return error;
        var documentId = await NewDocument.InsertAsync(work, command.Title.Trim(), command.Kind, DocumentOrigin.Here, bodies);
        var text = await DocumentTexts.AddAsync(work, documentId, DocumentTexts.Draft, command.Text);
        work.Record(
            new DraftSubmitted(command.Title.Trim(), command.Kind, bodies.Issuance, bodies.Government.Id, bodies.Issuing.Id, bodies.Drafting.Id, text.Digest), documentId);
        return (await flow.OpenAsync(documentId, profile, profile.Definitions[Kebab.Of(command.Kind)])).TryGet(out var opened, out error)
            ? new Submitted(documentId, opened.Id, profile.Id)
            : error;
    }
}
