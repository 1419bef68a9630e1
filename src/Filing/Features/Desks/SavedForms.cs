using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>暂存: keeps what somebody typed into a form, so that an ended session, a closed window or a lost connection loses nothing.</summary>
/// <param name="Form">The form: the path of its page.</param>
/// <param name="Fields">The fields as JSON: name to values.</param>
/// <param name="Revision">The revision that the window last saw; null takes over whatever is kept.</param>
/// <param name="Files">The digests of stored files that it refers to: they are kept as long as the form is.</param>
[Needs(Function.ReadDocuments)]
public sealed record SaveForm(string Form, string Fields, int? Revision = null, IReadOnlyList<string>? Files = null) : ICommand<int>;

/// <summary>The forms that the asker has kept under a path, the latest first.</summary>
/// <param name="Under">How the path begins.</param>
[Needs(Function.ReadDocuments)]
public sealed record ListSavedForms(string Under) : IQuery<IReadOnlyList<SavedForm>>;

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
    /// <summary>The form: the path of its page.</summary>
    public required string Form { get; init; }

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
        RuleForEach(c => c.Files).Matches("^[0-9a-f]{64}$").WithMessage("文件摘要应为 64 位十六进制。");
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
        await SavedFormRow.DropFilesAsync(work, account, command.Form);
        foreach (var file in (command.Files ?? []).Distinct())
        {
            await work.Db.ExecuteAsync(
                """
                -- Desks/SavedForms: a file that the form refers to
                INSERT INTO SavedFormFile (AccountId, Form, Sha256) VALUES (@account, @Form, @file)
                """,
                new { account, command.Form, file });
        }

        return revision;
    }
}

internal sealed class ReadSavedFormHandler(Work work) : IRequestHandler<ReadSavedForm, Result<SavedForm?>>
{
    public async Task<Result<SavedForm?>> Handle(ReadSavedForm query, CancellationToken cancellationToken) =>
        work.Actor.AccountId is { } account ? await SavedFormRow.FindAsync(work, account, query.Form) : null;
}

internal sealed class ListSavedFormsHandler(Work work) : IRequestHandler<ListSavedForms, Result<IReadOnlyList<SavedForm>>>
{
    public async Task<Result<IReadOnlyList<SavedForm>>> Handle(ListSavedForms query, CancellationToken cancellationToken)
    {
        if (work.Actor.AccountId is not { } account) return Array.Empty<SavedForm>();
        var forms = await work.Db.QueryAsync<SavedForm>(
            """
            -- Desks/SavedForms: what somebody keeps
            SELECT Form, Revision, Fields, SavedAt FROM SavedForm WHERE AccountId = @account ORDER BY SavedAt DESC
            """,
            new { account });
        return forms.Where(f => f.Form.StartsWith(query.Under, StringComparison.Ordinal)).ToArray();
    }
}

internal sealed class DropFormHandler(Work work) : IRequestHandler<DropForm, Result<Done>>
{
    public async Task<Result<Done>> Handle(DropForm command, CancellationToken cancellationToken)
    {
        if (work.Actor.AccountId is not { } account) return Done.It;
        await SavedFormRow.DropFilesAsync(work, account, command.Form);
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
        SELECT Form, Revision, Fields, SavedAt FROM SavedForm WHERE AccountId = @account AND Form = @form
        """,
        new { account, form });

    public static Task<int> DropFilesAsync(Work work, Guid account, string form) => work.Db.ExecuteAsync(
        """
        -- Desks/SavedForms: its files are no longer wanted for it
        DELETE FROM SavedFormFile WHERE AccountId = @account AND Form = @form
        """,
        new { account, form });
}
