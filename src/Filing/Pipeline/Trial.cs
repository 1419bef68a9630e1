using System.Text.Json;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Pipeline;

/// <summary>
/// A command tried out: everything runs, guards, numbers and workflow included, in its transaction, which is then rolled back. Set it on the
/// <see cref="Caller"/> before sending; a refusal is the answer, and otherwise <see cref="Effects"/> says what the command would have done.
/// A check-your-answers page shows it before what cannot be undone.
/// </summary>
public sealed class Trial
{
    /// <summary>What would happen, in the order of reading: numbers, deadlines, what comes next.</summary>
    public IReadOnlyList<TrialEffect> Effects { get; private set; } = [];

    /// <summary>The document that the command is about, or would make; null when it is about none.</summary>
    internal static Guid? DocumentOf(object? of) => of switch
    {
        IForDocument request => request.DocumentId,
        Features.Drafting.Submitted submitted => submitted.DocumentId,
        _ => null,
    };

    internal static async Task<TrialSight> LookAsync(Session db, Guid? documentId) => documentId is { } id
        ? new(await db.QueryAsync<NumberSeen>(
                """
                -- Pipeline/Trial: the numbers of a document
                SELECT n.Id, n.Text, s.Kind, CASE WHEN n.VoidedOn IS NULL THEN 0 ELSE 1 END AS Void FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId = @id
                """,
                new { id }),
            await db.QueryAsync<DeadlineSeen>(
                """
                -- Pipeline/Trial: the deadlines of a document
                SELECT Id, Label, Due, Steps, UntilFact, CASE WHEN ClosedAt IS NULL THEN 0 ELSE 1 END AS Closed FROM Deadline WHERE DocumentId = @id
                """,
                new { id }),
            await OpenTask.OfDocumentAsync(db, id))
        : new([], [], []);

    internal async Task SeeAsync(Work work, TrialSight before, Guid? documentId, object? answer)
    {
        var after = await LookAsync(work.Db, documentId);
        var effects = new List<TrialEffect>((answer as IForetelling)?.Foretold ?? []);
        foreach (var number in after.Numbers.Except(before.Numbers))
            effects.Add(new(number.Void ? "作废编号" : number.Kind == "issue" ? "发文字号" : "统一登记号", number.Text, []));
        foreach (var deadline in after.Deadlines.Except(before.Deadlines))
        {
            if (deadline.Closed) effects.Add(new("期限终止", deadline.Label, []));
            else effects.Add(new(deadline.UntilFact == "term-ended" ? "到期" : "期限起算", deadline.Due is { } due ? $"{deadline.Label}：{ChineseDate.FormatFull(due)}" : $"{deadline.Label}：来源未规定期限", JsonSerializer.Deserialize<string[]>(deadline.Steps)!));
        }

        foreach (var task in after.Tasks.Where(t => before.Tasks.All(b => b.Id != t.Id)))
        {
            var body = await DesksOf.BodyNameAsync(work.Db, task.Desk.Place, task.AnchorId, work.Today);
            effects.Add(new("下一步", $"{task.Name}（{body ?? "尚无承办机关"} · {task.Desk.Role.Chinese()}）", []));
        }

        Effects = effects;
    }

    internal sealed record TrialSight(IReadOnlyList<NumberSeen> Numbers, IReadOnlyList<DeadlineSeen> Deadlines, IReadOnlyList<OpenTask> Tasks);

    internal sealed record NumberSeen
    {
        public required Guid Id { get; init; }
        public required string Text { get; init; }
        public required string Kind { get; init; }
        public required bool Void { get; init; }
    }

    internal sealed record DeadlineSeen
    {
        public required Guid Id { get; init; }
        public required string Label { get; init; }
        public DateOnly? Due { get; init; }
        public required string Steps { get; init; }
        public required string UntilFact { get; init; }
        public required bool Closed { get; init; }
    }
}

/// <summary>An answer of a command that has more to say on the check page than numbers, deadlines and tasks, e.g. dates and warnings.</summary>
public interface IForetelling
{
    /// <summary>What a trial of the command shows before everything else.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    IEnumerable<TrialEffect> Foretold { get; }
}

/// <summary>One thing that a command would do.</summary>
/// <param name="What">What it is, in Chinese: 统一登记号, 期限起算, 下一步.</param>
/// <param name="Text">Which.</param>
/// <param name="Steps">Its derivation, where there is one.</param>
public sealed record TrialEffect(string What, string Text, IReadOnlyList<string> Steps);
