using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.LegalityReview;
using Filing.Papers;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>统一登记表, to print, sign and keep: what the register knows of a document, with room for the registrar.</summary>
[Paper("registration-form", "统一登记表")]
[Needs(Function.ReadDocuments)]
public sealed record PrintRegistrationForm(Guid DocumentId) : IQuery<OfficialPaper>, IForDocument;

internal sealed class PrintRegistrationFormHandler(CaseFlow flow, IMediator mediator) : IRequestHandler<PrintRegistrationForm, Result<OfficialPaper>>
{
    public async Task<Result<OfficialPaper>> Handle(PrintRegistrationForm query, CancellationToken cancellationToken)
    {
        if (!(await mediator.Send(new ReadRegistrationForm(query.DocumentId), cancellationToken)).TryGet(out var form, out var error)) return error;
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out error)) return error;
        return new OfficialPaper
        {
            FileName = $"规范性文件统一登记表（{form.Numbers.Standing(NumberKind.Registration)?.Text ?? form.Title}）",
            Title = "规范性文件统一登记表",
            Body = [new PaperForm(Rows(form, file))],
            Proof = form.ApprovedDigest is { } digest ? $"审签文本摘要 {digest}" : null,
        };
    }

    private static PaperFormRow[] Rows(RegistrationForm form, Case file) =>
    [
        new(new PaperField("文件标题", form.Title, 2)),
        new(new PaperField("制定机关", string.Join('、', form.CoIssuers.Prepend(form.IssuingBody))), new PaperField("起草单位", form.DraftingBody)),
        new(new PaperField("文件种类", form.Kind.Chinese()), new PaperField("制定方式", form.Issuance.Chinese())),
        new(new PaperField("发文字号", form.Numbers.Standing(NumberKind.Issue)?.Text), new PaperField("统一登记号", form.Numbers.Standing(NumberKind.Registration)?.Text)),
        new(new PaperField("合法性审查", form.Opinion is { } opinion
            ? $"{Kebab.Parse<ReviewConclusion>(opinion.Conclusion).Chinese()}，{ChineseDate.Format(opinion.ConcludedOn)}{(opinion.Reviewer is { } reviewer ? $"，审查人 {reviewer}" : "")}"
            : file.Origin == DocumentOrigin.Elsewhere ? "补录，未经本系统审查" : null)),
        new(new PaperField("集体讨论决定", Day(file, FactKind.Decided)), new PaperField("统一登记", Day(file, FactKind.Registered))),
        new(new PaperField("签发", form.Signatures.Count > 0 ? string.Join('\n', form.Signatures.Select(s => $"{s.Body} {s.LevelName} {s.Signer}，{ChineseDate.Format(s.SignedOn)}")) : Day(file, FactKind.Signed))),
        new(new PaperField("公布日期", Day(file, FactKind.Published)), new PaperField("施行日期", Day(file, FactKind.InForce))),
        new(new PaperField("有效期", TermOf(file)), new PaperField("报送备案", Day(file, FactKind.Filed))),
        new(new PaperField("公布前须具备", $"{string.Join('、', form.Required.Value.Select(Words))}\n（{form.Required.Source}）")),
        new(new PaperField("登记机关意见", null, 5)),
        new(new PaperField("经办人", null, 2), new PaperField("登记日期\n（盖章）", null, 2)),
    ];

    private static string? Day(Case file, FactKind kind) => file.Latest(kind) is { } fact ? ChineseDate.Format(fact.LegalDate) : null;

    private static string? TermOf(Case file)
    {
        if (file.Latest(FactKind.TermSet)?.Value is not { } value || !ValidityTerm.TryParse(value, out var term, out _)) return null;
        var last = Domain.Validity.LastValidDay(file.History, file.Latest(FactKind.TermSet)!.LegalDate);
        return last is { } day && term.Kind == TermKind.Length ? $"{term.Text}（至{ChineseDate.Format(day)}）" : term.Text;
    }

    private static string Words(PublicationRequirement requirement) => requirement switch
    {
        PublicationRequirement.Registered => "统一登记",
        PublicationRequirement.RegistrationNumber => "统一登记号",
        PublicationRequirement.IssueNumber => "发文字号",
    };
}
