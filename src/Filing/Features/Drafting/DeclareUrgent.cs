using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>What the urgent path may shorten. The legality review is never among it.</summary>
public enum UrgentShortening
{
    /// <summary>不公开征求意见.</summary>
    PublicConsultation,

    /// <summary>不经集体讨论，由主要负责人直接决定.</summary>
    CollectiveDecision,
}

/// <summary>启用紧急程序: with a reason, an authority, and what exactly is shortened. It must be declared before the step that it shortens.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Reason">Why: emergency, or an urgent order of the superior.</param>
/// <param name="Authority">Who allowed it.</param>
/// <param name="Shortened">What is shortened.</param>
[Verb("declare-urgent", "启用紧急程序")]
[Needs(Function.DeclareUrgent, At = [Place.LegalOffice, Place.GovernmentOffice])]
public sealed record DeclareUrgent(Guid DocumentId, string Reason, string Authority, IReadOnlyList<UrgentShortening> Shortened) : ICommand<Done>, IForDocument, IReasoned;

internal sealed class DeclareUrgentValidator : AbstractValidator<DeclareUrgent>
{
    public DeclareUrgentValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明启用紧急程序的理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
        RuleFor(c => c.Authority).NotEmpty().WithMessage("请写明批准人。");
        RuleFor(c => c.Shortened).NotEmpty().WithMessage("请选择缩短的环节。");
    }
}

internal sealed class DeclareUrgentHandler(Work work, CaseFlow flow) : IRequestHandler<DeclareUrgent, Result<Done>>
{
    public async Task<Result<Done>> Handle(DeclareUrgent command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (file.Has(FactKind.Urgent)) return Error.Conflict("urgent.declared", "该文件已经启用紧急程序。");
        if (file.Has(FactKind.Decided)) return Error.Refused("urgent.too-late", "该文件已经讨论决定，不能再启用紧急程序。");
        if (command.Shortened.Contains(UrgentShortening.PublicConsultation) && file.Has(FactKind.DraftCompleted))
            return Error.Refused("urgent.too-late", "征求意见已经开始，不能再以紧急程序省去。");
        work.Record(new UrgencyDeclared(command.Reason, command.Authority, command.Shortened), command.DocumentId);
        var value = string.Join(',', command.Shortened.Distinct().Select(Kebab.Of));
        return await flow.RecordAsync(file, new(FactKind.Urgent, work.Today, $"{command.Authority}批准：{command.Reason}", value)) is { } refused ? refused : Done.It;
    }
}
