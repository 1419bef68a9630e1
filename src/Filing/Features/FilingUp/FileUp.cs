using System.Text.Json.Serialization;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.FilingUp;

/// <summary>报送备案: a published document is filed with the next-higher government (郴政发〔2013〕2号 第十四项). Late filings are taken, and counted as late (迟报).</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="ReportNumber">The number of the filing report, where it has one.</param>
/// <param name="On">The day on which it was sent; today when absent.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("file-up", "报送备案", Once = true)]
[Finishes("file-up")]
public sealed record FileUp(Guid DocumentId, string? ReportNumber = null, DateOnly? On = null, Guid? TaskId = null) : ICommand<FiledUp>, IFinishesTask;

/// <summary>A filing that was sent.</summary>
/// <param name="FilingId">The filing.</param>
/// <param name="On">When it was sent.</param>
/// <param name="Due">Until when it had to be; null where the sources name no limit.</param>
/// <param name="Late">迟报.</param>
public sealed record FiledUp(Guid FilingId, DateOnly On, DateOnly? Due, bool Late) : IForetelling
{
    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<TrialEffect> Foretold => Due is { } due
        ? [new(Late ? "迟报" : "按时报备", $"报送日期{ChineseDate.Format(On)}，期限{ChineseDate.Format(due)}{(Late ? $"，迟 {On.DayNumber - due.DayNumber} 天" : "")}", [])]
        : [];
}

internal sealed class FileUpValidator : AbstractValidator<FileUp>
{
    public FileUpValidator() => RuleFor(c => c.ReportNumber).MaximumLength(100).WithMessage("备案报告文号不能超过 100 字。");
}

internal sealed class FileUpHandler(Work work, CaseFlow flow) : IRequestHandler<FileUp, Result<FiledUp>>
{
    public async Task<Result<FiledUp>> Handle(FileUp command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var on = command.On ?? work.Today;
        if (file.Latest(FactKind.Published) is not { } published) return Error.Refused("filing.not-published", "该文件尚未公布，不能报送备案。");
        if (file.SuperiorId is not { } target) return Error.Refused("filing.no-superior", "系统中没有上一级政府，无法确定备案机关。");
        if (Chronology.Check("on", new("公布", published.LegalDate), new("报送备案", on)) is { } disorder) return disorder;
        if (await FilingMaterials.GateAsync(work, file) is { } missing) return missing;
        var due = await DueAsync(file);
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- FilingUp/FileUp: a filing
            INSERT INTO FilingCase (Id, DocumentId, InstanceId, TargetId, State, ReportNumber, SentOn)
            VALUES (@id, @DocumentId, @InstanceId, @target, 'sent', @ReportNumber, @on)
            """,
            new { id, file.DocumentId, work.Task!.InstanceId, target, command.ReportNumber, on });
        await Parties.AddAsync(work, file.DocumentId, target, Parties.Superior);
        work.Record(new FilingSent(target, on, command.ReportNumber, file.Profile.FilingMaterials.Value, on > due), file.DocumentId);
        if (await flow.RecordAsync(file, new(FactKind.Filed, on, "报送备案", command.ReportNumber)) is { } refused) return refused;
        return await flow.FinishTaskAsync("Sent") is { } failed ? failed : new FiledUp(id, on, due, on > due);
    }

    private Task<DateOnly?> DueAsync(Case file) => work.Db.ScalarAsync<DateOnly?>(
        """
        -- FilingUp/FileUp: until when it has to be filed
        SELECT Due FROM Deadline WHERE DocumentId = @DocumentId AND CaseId = @Id AND Name = 'filing-to-superior' ORDER BY Id DESC
        """,
        new { file.DocumentId, file.Id });
}
