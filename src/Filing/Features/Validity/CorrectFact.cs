using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>
/// 更正: a dated fact was wrong. The correction supersedes it and never overwrites it: what was known before can still be asked. Deadlines that hang on it
/// move; those that are over are measured anew.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="FactId">The fact that is wrong.</param>
/// <param name="On">The right legal date.</param>
/// <param name="Source">The paper that shows it.</param>
/// <param name="Reason">How the error came about.</param>
/// <param name="Value">The right value; the old one stays when absent.</param>
[Verb("correct-fact", "更正事实", Once = true)]
[Needs(Function.CorrectFact, At = [Place.LegalOffice])]
public sealed record CorrectFact(Guid DocumentId, Guid FactId, DateOnly On, string Source, string Reason, string? Value = null) : ICommand<Done>, IForDocument, IReasoned;

internal sealed class CorrectFactValidator : AbstractValidator<CorrectFact>
{
    public CorrectFactValidator()
    {
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明更正的依据。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明更正的理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
    }
}

internal sealed class CorrectFactHandler(Work work, Laws laws, CaseFlow flow, Deadlines deadlines) : IRequestHandler<CorrectFact, Result<Done>>
{
    public async Task<Result<Done>> Handle(CorrectFact command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var before = file.Facts.Find(f => f.Id == command.FactId);
        if (before is null) return Error.NotFound("事实");
        if (!file.History.Current.Contains(before)) return Error.Conflict("fact.superseded", $"这条“{before.Kind.Name()}”已被更正过，请在最新的一条上更正。");
        var value = command.Value ?? before.Value;
        if (command.On == before.LegalDate && value == before.Value) return Error.Invalid("fact.same", "更正前后没有不同。", "on");
        var corrected = new DatedFact(Guid.Empty, before.Kind, command.On, work.Now, value, command.Source, before.Id);
        var after = new FactHistory([.. file.Facts, corrected]);
        if ((await GateAsync(file, before, corrected, after)) is { } closed) return closed;
        work.Record(new FactCorrected(before.Kind, before.Id, before.LegalDate, command.On, before.Value, value, command.Source, command.Reason), command.DocumentId);
        if (await flow.RecordAsync(file, new(before.Kind, command.On, command.Source, value, before.Id)) is { } refused) return refused with { Field = "on" };
        if (before.Kind is FactKind.Published or FactKind.InForce or FactKind.TermSet)
            await TermDeadlines.SetAsync(laws, deadlines, file, before.Kind == FactKind.TermSet ? "更正了有效期" : $"更正了{before.Kind.Name()}日期");
        return await EndOfValidity.DeliverAsync(work, flow, deadlines, file) is { } failed ? failed : Done.It;
    }

    private async Task<Error?> GateAsync(Case file, DatedFact before, DatedFact corrected, FactHistory after)
    {
        // A document that was sent back may have steps that are not in order; a correction must not bring disorder where there was none.
        if (Disorder(file.History) is null && Disorder(after) is { } disorder) return disorder;
        if (before.Kind == FactKind.TermSet && TermError(file.History, after, corrected) is { } term) return term;
        return before.Kind == FactKind.Registered && before.LegalDate.Year != corrected.LegalDate.Year
            && (await NumberRow.OfDocumentAsync(work.Db, file.DocumentId)).Standing(NumberKind.Registration) is { } number
            ? Error.Refused("fact.number-year", $"登记号“{number.Text}”按登记年份编排，登记日期不能改到另一年。")
            : null;
    }

    private static Error? Disorder(FactHistory facts) =>
        Chronology.Check("on", Chronology.Making(facts))
        ?? Chronology.Check("on", Of(facts, FactKind.Published, FactKind.InForce))
        ?? Chronology.Check("on", Of(facts, FactKind.Published, FactKind.Filed, FactKind.FilingReceived, FactKind.FilingRegistered));

    private static Dated[] Of(FactHistory facts, params FactKind[] kinds) => [.. kinds.Select(kind => new Dated(kind.Name(), facts.Latest(kind)?.LegalDate))];

    private static Error? TermError(FactHistory before, FactHistory after, DatedFact corrected)
    {
        if (!ValidityTerm.TryParse(corrected.Value, out _, out var error)) return error with { Field = "value" };
        var (was, becomes) = (Domain.Validity.LastValidDay(before, DateOnly.MaxValue), Domain.Validity.LastValidDay(after, DateOnly.MaxValue));
        return was is null != becomes is null
            ? Error.Refused("fact.term-kind", "有届满之日的有效期与没有届满之日的有效期不能以更正互换。")
            : null;
    }
}
