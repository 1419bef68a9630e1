using Filing.Data;
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
/// <param name="Bases">The papers that it rests on, as far as they are known; stated for good when the materials are completed.</param>
/// <param name="Original">The file that the text was read from; it becomes a material.</param>
/// <param name="Reason">What the legal office should know for its identification, e.g. why a paper of an excluded kind is submitted all the same.</param>
[Verb("submit-draft", "送审", Once = true)]
[Needs(Function.Draft)]
public sealed record SubmitDraft(
    string Title, DocumentKind Kind, string DraftingBody, string IssuingBody, string Text, bool DeclaredNotSecret, IReadOnlyList<string>? CoIssuers = null,
    IReadOnlyList<CitedPaper>? Bases = null, MaterialFile? Original = null, string? Reason = null)
    : ICommand<Submitted>, IReasoned;

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
        RuleFor(c => c.Original!.FileName).NotEmpty().WithMessage("文件没有名称。").MaximumLength(200).WithMessage("文件名不能超过 200 字。").When(c => c.Original is not null);
        RuleFor(c => c.Original!.Sha256).Matches("^[0-9a-f]{64}$").WithMessage("文件摘要应为 64 位十六进制。").When(c => c.Original is not null);
        RuleFor(c => c.Reason).MaximumLength(2000).WithMessage("说明不能超过 2000 字。");
        RuleForEach(c => c.Bases).Must(b => (b.Title?.Length ?? 0) <= 300 && (b.Number?.Length ?? 0) <= 100).WithMessage("依据的名称不能超过 300 字，文号不能超过 100 字。");
        RuleFor(c => c.CoIssuers).Must(c => c is null || c.Distinct().Count() == c.Count).WithMessage("联合制定机关有重复。");
    }
}

internal sealed class SubmitDraftHandler(Work work, Laws laws, CaseFlow flow, MaterialStore store) : IRequestHandler<SubmitDraft, Result<Submitted>>
{
    public async Task<Result<Submitted>> Handle(SubmitDraft command, CancellationToken cancellationToken)
    {
        if (!(await NewDocument.BodiesAsync(work, command.DraftingBody, command.IssuingBody, command.CoIssuers ?? [])).TryGet(out var bodies, out var error)) return error;
        if (!work.MaySitAt(Role.Drafter, bodies.Drafting.Id)) return Error.Forbidden("只能以本单位名义送审。");
        if (!NewDocument.ProfileOf(laws, bodies, work.Today).TryGet(out var profile, out error)) return error;
        var documentId = await NewDocument.InsertAsync(work, command.Title.Trim(), command.Kind, DocumentOrigin.Here, bodies);
        Guid? materialId = null;
        if (command.Original is { } original)
        {
            if (!(await Materials.AddAsync(work, store, documentId, MaterialKind.Text, original)).TryGet(out var added, out error)) return error;
            materialId = added;
        }

        var text = await DocumentTexts.AddAsync(work, documentId, DocumentTexts.Draft, command.Text, materialId);
        if (command.Bases is { Count: > 0 } bases) await Citations.StateBasesAsync(work, documentId, bases);
        work.Record(
            new DraftSubmitted(command.Title.Trim(), command.Kind, bodies.Issuance, bodies.Government.Id, bodies.Issuing.Id, bodies.Drafting.Id, text.Digest), documentId);
        return (await flow.OpenAsync(documentId, profile, profile.Definitions[Kebab.Of(command.Kind)])).TryGet(out var opened, out error)
            ? new Submitted(documentId, opened.Id, profile.Id)
            : error;
    }
}
