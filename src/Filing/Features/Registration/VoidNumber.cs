using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>
/// 作废编号: a number is taken back. Its row stays with who, when and why, and its serial is never given again. A document that is still on its way
/// to publication gets another one in the same step; a published document keeps its registration number; one that is withdrawn has lost its numbers with that.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Number">The number, as typed.</param>
/// <param name="Reason">Why.</param>
/// <param name="Replace">Give another one at once.</param>
/// <param name="Replacement">The other one, where others give it; as typed.</param>
[Verb("void-number", "作废编号", Once = true)]
[Needs(Function.VoidNumber, At = [Place.LegalOffice])]
public sealed record VoidNumber(Guid DocumentId, string Number, string Reason, bool Replace = false, string? Replacement = null)
    : ICommand<NumberReplaced>, IForDocument, IReasoned;

/// <summary>The number that took the place of a void one.</summary>
/// <param name="Number">The number; null when there is none.</param>
public sealed record NumberReplaced(string? Number);

internal sealed class VoidNumberValidator : AbstractValidator<VoidNumber>
{
    public VoidNumberValidator()
    {
        RuleFor(c => c.Number).NotEmpty().WithMessage("请填写要作废的编号。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明作废的理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
        RuleFor(c => c.Replacement).Null().When(c => !c.Replace).WithMessage("填写了新的编号，请同时选择换编新号。");
    }
}

internal sealed class VoidNumberHandler(Work work, CaseFlow flow) : IRequestHandler<VoidNumber, Result<NumberReplaced>>
{
    public async Task<Result<NumberReplaced>> Handle(VoidNumber command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var text = NumberBook.Canonical(command.Number.Trim());
        var numbers = await NumberRow.OfDocumentAsync(work.Db, file.DocumentId);
        if (numbers.FirstOrDefault(n => n.Text == text) is not { } number || number.Kind == Kebab.Of(NumberKind.FilingReceipt))
            return Error.Invalid("number.unknown", $"该文件没有编号“{text}”。", "number");
        if (number.VoidedOn is { } before) return Error.Conflict("number.void", $"“{text}”已于{ChineseDate.Format(before)}作废。");
        if (Gate(command, file, number) is { } closed) return closed;
        if (!await NumberBook.VoidAsync(work, number, file.DocumentId, command.Reason)) return Error.Conflict("number.void", $"“{text}”刚刚已由他人作废。");
        if (!command.Replace) return new NumberReplaced(null);
        var year = (file.Latest(FactKind.Registered)?.LegalDate ?? work.Today).Year;
        if (!(await NumberGiver.GiveAsync(work, file, Kebab.Parse<NumberKind>(number.Kind), command.Replacement, year, work.Today)).TryGet(out var other, out error)) return error;
        return await CorrectAsync(file) is { } refused ? refused : new NumberReplaced(other);
    }

    /// <summary>The fact of the numbering names the numbers that stand; it was numbered on the day on which it was numbered.</summary>
    private async Task<Error?> CorrectAsync(Case file)
    {
        if (file.Latest(FactKind.Numbered) is not { } fact) return null;
        var standing = (await NumberRow.OfDocumentAsync(work.Db, file.DocumentId))
            .Where(n => n.VoidedOn is null && n.Kind != Kebab.Of(NumberKind.FilingReceipt)).OrderByDescending(n => n.Kind, StringComparer.Ordinal);
        return await flow.RecordAsync(file, new(FactKind.Numbered, fact.LegalDate, "作废编号、换编新号", string.Join("、", standing.Select(n => n.Text)), fact.Id));
    }

    private static Error? Gate(VoidNumber command, Case file, NumberRow number)
    {
        var owned = number.Pool == Kebab.Of(NumberPool.Owned);
        if (command.Replace && owned && command.Replacement is not null) return Error.Invalid("number.owned", "该编号由本系统编排，不能自行填写。", "replacement");
        if (command.Replace && !owned && command.Replacement is null) return Error.Invalid("number.required", "请填写办公系统编排的新编号。", "replacement");
        if (file.Has(FactKind.Published))
        {
            return owned
                ? Error.Refused("number.published", $"文件已公布，“{number.Text}”已随正文公开，不能作废。")
                : command.Replace ? null : Error.Refused("number.still-required", "文件已公布，作废后须同时补记正确的编号。");
        }

        return command.Replace ? null : Error.Refused("number.still-required", "该文件仍在办理，作废后须同时换编新号；文件不再制定的，由起草单位撤回，编号随之作废。");
    }
}
