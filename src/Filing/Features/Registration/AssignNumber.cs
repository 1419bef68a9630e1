using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>
/// 统一编号: a registered document gets its numbers. Those of an owned pool are given here, in the year of registration; those of an external pool
/// are recorded as the office-automation system gave them.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="IssueNumber">发文字号, where others give it; as typed.</param>
/// <param name="RegistrationNumber">统一登记号, where others give it; as typed.</param>
/// <param name="On">The day of numbering; today when absent.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("assign-number", "统一编号", Once = true)]
[Finishes("number")]
public sealed record AssignNumber(Guid DocumentId, string? IssueNumber = null, string? RegistrationNumber = null, DateOnly? On = null, Guid? TaskId = null)
    : ICommand<NumbersAssigned>, IFinishesTask;

/// <summary>The numbers of a document.</summary>
/// <param name="RegistrationNumber">统一登记号; null when it has none.</param>
/// <param name="IssueNumber">发文字号; null when it has none.</param>
public sealed record NumbersAssigned(string? RegistrationNumber, string? IssueNumber);

internal sealed class AssignNumberValidator : AbstractValidator<AssignNumber>
{
    public AssignNumberValidator()
    {
        RuleFor(c => c.IssueNumber).MaximumLength(200).WithMessage("发文字号过长。");
        RuleFor(c => c.RegistrationNumber).MaximumLength(200).WithMessage("登记号过长。");
    }
}

internal sealed class AssignNumberHandler(Work work, CaseFlow flow) : IRequestHandler<AssignNumber, Result<NumbersAssigned>>
{
    public async Task<Result<NumbersAssigned>> Handle(AssignNumber command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var on = command.On ?? work.Today;
        var approval = await Approval.LoadAsync(work, file);
        if ((IssueGates.Signed("number.not-signed", "编号", approval) ?? IssueGates.Registered("number.not-registered", "编号", file)
            ?? IssueGates.Unchanged("number.text-changed", "编号", approval)) is { } closed) return closed;
        if (Chronology.Check("on", new("签署", approval.SignedOn), new("统一登记", file.Latest(FactKind.Registered)?.LegalDate), new("编号", on)) is { } disorder)
            return disorder;
        var standing = await NumberRow.OfDocumentAsync(work.Db, file.DocumentId);
        if (!(await GiveAsync(file, NumberKind.Registration, command.RegistrationNumber, standing, on)).TryGet(out var registration, out error)) return error;
        if (!(await GiveAsync(file, NumberKind.Issue, command.IssueNumber, standing, on)).TryGet(out var issue, out error)) return error;
        string[] all = [.. new[] { registration, issue }.OfType<string>()];
        if (await flow.RecordAsync(file, new(FactKind.Numbered, on, "统一编号", string.Join("、", all))) is { } refused) return refused;
        return await flow.FinishTaskAsync("Numbered") is { } failed ? failed : new NumbersAssigned(registration, issue);
    }

    private async Task<Result<string?>> GiveAsync(Case file, NumberKind kind, string? typed, IReadOnlyList<NumberRow> standing, DateOnly on)
    {
        var (field, name, requirement) = kind == NumberKind.Registration
            ? ("registrationNumber", "统一登记号", PublicationRequirement.RegistrationNumber)
            : ("issueNumber", "发文字号", PublicationRequirement.IssueNumber);
        var required = file.Profile.RequiredBeforePublication.Value.Contains(requirement);
        var owned = NumberSeries.PoolOf(file.Profile, kind) == NumberPool.Owned;
        if (standing.Standing(kind) is { } there)
            return typed is null ? there.Text : Error.Refused("number.already", $"该文件已有{name}“{there.Text}”，不能再编。");
        if (typed is not null && owned) return Error.Invalid("number.owned", $"{name}由本系统编排，不能自行填写。", field);
        if (typed is null && !required) return (string?)null;
        if (typed is null && !owned) return Error.Invalid("number.required", $"请填写办公系统编排的{name}。", field);
        // The number's year is that of the registration, however late it is numbered (domain: 年份以登记为准).
        var year = (file.Latest(FactKind.Registered)?.LegalDate ?? on).Year;
        return await NumberGiver.GiveAsync(work, file, kind, typed, year, on);
    }
}

/// <summary>Gives a document a number of a kind: the next one of an owned series, or the one that was typed.</summary>
internal static class NumberGiver
{
    public static async Task<Result<string?>> GiveAsync(Work work, Case file, NumberKind kind, string? typed, int year, DateOnly on)
    {
        if (typed is null)
        {
            return (await NumberSeries.OwnedAsync(work, file.Profile, kind, file.IssuingBodyId)).TryGet(out var series, out var error)
                ? Nullable(await NumberBook.AllocateAsync(work, series, year, file.DocumentId, on))
                : error;
        }

        return Nullable(kind == NumberKind.Registration
            ? await ExternalNumbers.RegistrationAsync(work, typed, file.DocumentId, file.IssuingBodyId, on, file.Profile.RegistrationPool.Source)
            : await ExternalNumbers.IssueAsync(work, typed, file.DocumentId, file.IssuingBodyId, on, file.Profile.IssuePool.Source));
    }

    private static Result<string?> Nullable(Result<string> result) => result.TryGet(out var value, out var error) ? value : error;
}
