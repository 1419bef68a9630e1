using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.FilingUp;

/// <summary>补正备案材料: what the filing authority missed is added, and the filing is sent again.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Note">What was added or put right.</param>
/// <param name="On">The day on which it was sent again; today when absent.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("supplement-filing", "补正备案材料", Once = true)]
[Finishes("supplement-filing")]
public sealed record SupplementFiling(Guid DocumentId, string Note, DateOnly? On = null, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

internal sealed class SupplementFilingValidator : AbstractValidator<SupplementFiling>
{
    public SupplementFilingValidator() => RuleFor(c => c.Note).NotEmpty().WithMessage("请写明补正的内容。").MaximumLength(2000).WithMessage("补正内容不能超过 2000 字。");
}

internal sealed class SupplementFilingHandler(Work work, CaseFlow flow) : IRequestHandler<SupplementFiling, Result<Done>>
{
    public async Task<Result<Done>> Handle(SupplementFiling command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var on = command.On ?? work.Today;
        if (Chronology.Check("on", new("暂缓登记", file.Latest(FactKind.FilingHeld)?.LegalDate), new("补正", on)) is { } disorder) return disorder;
        if (await FilingMaterials.GateAsync(work, file) is { } missing) return missing;
        var sent = await work.Db.ExecuteAsync(
            """
            -- FilingUp/SupplementFiling: a held filing is sent again
            UPDATE FilingCase SET State = 'resent' WHERE InstanceId = @InstanceId AND State = 'held'
            """,
            new { work.Task!.InstanceId });
        if (sent != 1) return Error.Conflict("filing.not-held", "该备案件不在暂缓登记状态，请刷新后再试。");
        work.Record(new FilingSupplemented(on, command.Note), file.DocumentId);
        if (await flow.RecordAsync(file, new(FactKind.Supplemented, on, "补正备案材料", command.Note)) is { } refused) return refused;
        return await flow.FinishAsync("Resent");
    }
}
