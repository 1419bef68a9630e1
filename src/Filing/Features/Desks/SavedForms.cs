using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>暂存: keeps what somebody typed into a form, so that an ended session, a closed window or a lost connection loses nothing.</summary>
/// <param name="Form">The form: the path of its page.</param>
/// <param name="Fields">The fields as JSON: name to values.</param>
/// <param name="Revision">The revision that the window last saw; null takes over whatever is kept.</param>
[Needs(Function.ReadDocuments)]
public sealed record SaveForm(string Form, string Fields, int? Revision = null) : ICommand<int>;

/// <summary>What the asker has kept of a form; null when there is nothing.</summary>
/// <param name="Form">The form: the path of its page.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadSavedForm(string Form) : IQuery<SavedForm?>;

/// <summary>Forgets what was kept of a form: it was sent, or given up.</summary>
/// <param name="Form">The form: the path of its page.</param>
[Needs(Function.ReadDocuments)]
public sealed record DropForm(string Form) : ICommand<Done>;

/// <summary>What was kept of a form.</summary>
public sealed record SavedForm
{
    /// <summary>Grows with every save.</summary>
    public required int Revision { get; init; }

    /// <summary>The fields as JSON: name to values.</summary>
    public required string Fields { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SavedAt { get; init; }
}

internal sealed class SaveFormValidator : AbstractValidator<SaveForm>
{
    public SaveFormValidator()
    {
        RuleFor(c => c.Form).NotEmpty().MaximumLength(200).WithMessage("表单路径不超过 200 字。");
        RuleFor(c => c.Fields).Must(f => f.Length <= 4_000_000).WithErrorCode("form.too-long").WithMessage("所填内容过长，不能暂存。");
    }
}

internal sealed class SaveFormHandler(Work work) : IRequestHandler<SaveForm, Result<int>>
{
    public async Task<Result<int>> Handle(SaveForm command, CancellationToken cancellationToken)
    {
        if (work.Actor.AccountId is not { } account) return Error.Forbidden();
        var kept = await SavedFormRow.FindAsync(work, account, command.Form);
        if (kept is not null && command.Revision is { } seen && seen != kept.Revision)
            return Error.Conflict("form.other-window", $"您在另一个窗口也填写了这份表单（{kept.SavedAt.ToOffset(LegalClock.China):HH:mm} 暂存）。请在一个窗口中填写；以本窗口为准的，请点“暂存”。");
        var revision = (kept?.Revision ?? 0) + 1;
        await work.Db.UpsertAsync(
            "SavedForm", ["AccountId", "Form"], ["Revision", "Fields", "SavedAt"], new { AccountId = account, command.Form, Revision = revision, command.Fields, SavedAt = work.Now });
        return revision;
    }
}

internal sealed class ReadSavedFormHandler(Work work) : IRequestHandler<ReadSavedForm, Result<SavedForm?>>
{
    public async Task<Result<SavedForm?>> Handle(ReadSavedForm query, CancellationToken cancellationToken) =>
        work.Actor.AccountId is { } account ? await SavedFormRow.FindAsync(work, account, query.Form) : null;
}

internal sealed class DropFormHandler(Work work) : IRequestHandler<DropForm, Result<Done>>
{
    public async Task<Result<Done>> Handle(DropForm command, CancellationToken cancellationToken)
    {
        await work.Db.ExecuteAsync(
            """
            -- Desks/SavedForms: sent, or given up
            DELETE FROM SavedForm WHERE AccountId = @AccountId AND Form = @Form
            """,
            new { work.Actor.AccountId, command.Form });
        return Done.It;
    }
}

internal static class SavedFormRow
{
    public static Task<SavedForm?> FindAsync(Work work, Guid account, string form) => work.Db.QuerySingleOrDefaultAsync<SavedForm>(
        """
        -- Desks/SavedForms: what is kept
        SELECT Revision, Fields, SavedAt FROM SavedForm WHERE AccountId = @account AND Form = @form
        """,
        new { account, form });
}
