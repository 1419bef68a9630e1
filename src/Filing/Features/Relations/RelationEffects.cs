using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Features.Relations;

/// <summary>
/// What a document does to others when it is published, in the same transaction: for each the dated fact that the command of the register would write, so that
/// the status of the other follows from its facts and from nothing else.
/// </summary>
internal static class RelationEffects
{
    /// <summary>Records the effects; answers what became of each, in Chinese.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="flow">The cases.</param>
    /// <param name="deadlines">Their limits.</param>
    /// <param name="file">The document that was just published.</param>
    /// <param name="source">The number under which it will be found.</param>
    /// <param name="published">公布.</param>
    /// <param name="inForce">施行.</param>
    public static async Task<Result<IReadOnlyList<string>>> RecordAsync(Work work, CaseFlow flow, Deadlines deadlines, Case file, string source, DateOnly published, DateOnly inForce)
    {
        var said = new List<string>();
        // What changes a part comes before what ends the whole. Documents are taken in one order, whoever publishes, so that none waits for another in a circle.
        var effects = (await RelationRow.OfDocumentAsync(work.Db, file.DocumentId)).Where(r => r.TargetId is not null).Select(r => (Row: r, Effect: r.Of.Effect(r.Articles is not null)))
            .Where(r => r.Effect is not null).OrderBy(r => r.Row.TargetId).ThenBy(r => r.Effect == FactKind.Amended ? 0 : 1).ThenBy(r => r.Row.Id);
        foreach (var (row, effect) in effects)
        {
            var (kind, on) = (effect!.Value, row.EffectOn ?? inForce);
            // No paper acts before it is published, whatever day it names.
            if (on < published) on = published;
            if (!(await flow.CaseAsync(row.TargetId!.Value)).TryGet(out var target, out var error)) return error;
            if (EndOfValidity.Gate(target.History, kind, on) is { } meanwhile)
            {
                said.Add($"未对《{target.Title}》记录{row.Of.Chinese()}：{meanwhile.Message}");
                continue;
            }

            var reason = $"《{file.Title}》{row.Of.Chinese()}{row.Articles}";
            if (!(await EndOfValidity.RecordAsync(work, flow, deadlines, target.DocumentId, kind, on, source, reason, foreseen: true)).TryGet(out _, out error)) return error;
            work.Record(new RelationTookEffect(row.Id, row.Of, target.DocumentId, on), file.DocumentId);
            said.Add($"《{target.Title}》{row.Articles}自{ChineseDate.Format(on)}起被{row.Of.Chinese()}");
        }

        return said;
    }
}
