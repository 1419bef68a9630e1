using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Workflows;
using FluentValidation;
using MediatR;

namespace Filing.Features.FilingUp;

/// <summary>What was found out of a filing of which nobody knew.</summary>
public enum FilingFound
{
    /// <summary>已报备: it was filed at the time.</summary>
    Filed,

    /// <summary>未报备: it was not; from now on it is overdue.</summary>
    Missing,
}

/// <summary>
/// 核实报备: it is found out whether a document that was entered from elsewhere has been filed. One that has not is to be filed now, and is chased from then on.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Found">What was found out.</param>
/// <param name="Source">Where it is known from: the authority's ledger, the receipt.</param>
/// <param name="On">The day on which it was filed; wanted where it was.</param>
/// <param name="ReportNumber">The number of the filing report, where it has one.</param>
[Verb("settle-filing", "核实报备")]
[Needs(Function.SettleFiling, At = [Place.LegalOffice, Place.SuperiorLegalOffice])]
public sealed record SettleFiling(Guid DocumentId, FilingFound Found, string Source, DateOnly? On = null, string? ReportNumber = null) : ICommand<Done>, IForDocument;

internal sealed class SettleFilingValidator : AbstractValidator<SettleFiling>
{
    public SettleFilingValidator()
    {
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明依据，例如备案机关的登记簿或者回执。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.On).NotNull().When(c => c.Found == FilingFound.Filed).WithMessage("请填写报送日期。");
        RuleFor(c => c.On).Null().When(c => c.Found == FilingFound.Missing).WithMessage("查明未报备的，没有报送日期。");
        RuleFor(c => c.ReportNumber).MaximumLength(100).WithMessage("备案报告文号不能超过 100 字。");
    }
}

internal sealed class SettleFilingHandler(Work work, CaseFlow flow) : IRequestHandler<SettleFiling, Result<Done>>
{
    /// <summary>The signal for which the definition waits.</summary>
    public const string Signal = "filing-settled";

    public async Task<Result<Done>> Handle(SettleFiling command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (!flow.FilingUnknown(file)) return Error.Refused("filing.not-unknown", "该文件不是报备情况不明的补录文件。");
        var on = command.On ?? work.Today;
        if (Chronology.Check("on", new("公布", file.Latest(FactKind.Published)!.LegalDate), new("报送备案", on)) is { } disorder) return disorder;
        work.Record(new FilingSettled(command.Found, command.On, command.Source), command.DocumentId);
        var fact = command.Found == FilingFound.Filed
            ? new NewFact(FactKind.Filed, on, command.Source, command.ReportNumber)
            : new NewFact(FactKind.FilingMissing, on, command.Source);
        if (await flow.RecordAsync(file, fact) is { } refused) return refused;
        if (!(await flow.SignalAsync(file.Id, "signal", Signal, new Signal(command.Found.ToString()))).TryGet(out var heard, out error)) return error;
        return heard ? Done.It : Error.Refused("filing.not-checked", "该补录尚未核对，请先核对补录。");
    }
}
