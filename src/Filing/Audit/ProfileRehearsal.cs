using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Audit;

/// <summary>What other rules would make of a document.</summary>
public enum RehearsedEffect
{
    /// <summary>A limit that was kept would have been overrun, or one that still runs would be overdue.</summary>
    Late,

    /// <summary>A limit that was overrun would have been kept.</summary>
    InTime,

    /// <summary>A step that was taken would have been refused.</summary>
    Blocked,

    /// <summary>A document that is in force would have lapsed.</summary>
    Lapsed,

    /// <summary>A document that has lapsed would be in force.</summary>
    StillInForce,
}

/// <summary>One thing that would be otherwise.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">Its title.</param>
/// <param name="Effect">What would happen.</param>
/// <param name="Step">The limit or step concerned.</param>
/// <param name="Message">One Chinese sentence: what was, what would have been.</param>
/// <param name="Source">The rule of the draft, with its article.</param>
public sealed record RehearsedChange(Guid DocumentId, string Title, RehearsedEffect Effect, string Step, string Message, string Source);

/// <summary>What a rehearsal came to.</summary>
/// <param name="Replayed">How many documents were replayed.</param>
/// <param name="Since">The first day of the years that were replayed.</param>
/// <param name="Changes">What would be otherwise, in the order of documents.</param>
/// <param name="Unreadable">Documents that could not be read, in words.</param>
public sealed record Rehearsed(int Replayed, DateOnly Since, IReadOnlyList<RehearsedChange> Changes, IReadOnlyList<string> Unreadable);

/// <summary>
/// Replays the documents of some years as they are recorded under the rules of a draft: who would have been late, which step would have been refused, what would have
/// lapsed. The facts stay as they are; people who had known the rules might have acted otherwise, which nobody can replay. It reads one committed state and changes nothing.
/// </summary>
public sealed class ProfileRehearsal(Database database, Laws laws, LegalClock clock)
{
    private const int Page = 200;

    /// <summary>Replays.</summary>
    /// <param name="draft">The rules.</param>
    /// <param name="years">How many years back, by the first fact or the publication of a document.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Rehearsed> RunAsync(Profile draft, int years = 3, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var (today, replayed, changes) = (clock.Today, 0, new List<RehearsedChange>());
        var since = today.AddYears(-years);
        var unreadable = new Findings("rehearsal", "");
        await database.ReadAsync(async db =>
        {
            var governed = (await db.QueryAsync<Government>(
                """
                -- Audit/ProfileRehearsal: governments by their division
                SELECT Id, DivisionCode FROM Body WHERE Kind = 'government'
                """)).Where(g => Governs(draft, g.DivisionCode ?? "")).Select(g => g.Id).ToHashSet();
            for (var after = Guid.Empty; ;)
            {
                ct.ThrowIfCancellationRequested();
                var page = await DocumentSeen.PageAsync(db, laws, after, Page, unreadable);
                if (page.Count == 0) return true;
                after = page[^1].Id;
                List<DocumentSeen> chosen = [.. page.Where(d => governed.Contains(d.Case.GovernmentId) && d.Case.Facts.Exists(f => f.LegalDate >= since && f.LegalDate <= today))];
                if (chosen.Count == 0) continue;
                var beside = await BesideAsync(db, [.. chosen.Select(d => d.Id)]);
                foreach (var document in chosen)
                {
                    replayed++;
                    changes.AddRange(Of(document, draft, beside[document.Id].ToList(), today));
                }
            }
        }, ct);
        return new(replayed, since, changes, unreadable.Verdict.Rows);
    }

    /// <summary>A draft is tried on those whom it would govern: no nearer profile than its own stands in its way.</summary>
    private bool Governs(Profile draft, string division) =>
        division.StartsWith(draft.Jurisdiction, StringComparison.Ordinal)
        && !laws.Profiles.Any(p => p.Id != draft.Id && p.Jurisdiction.Length > draft.Jurisdiction.Length && division.StartsWith(p.Jurisdiction, StringComparison.Ordinal));

    private static async Task<ILookup<Guid, Beside>> BesideAsync(Session db, IReadOnlyList<Guid> ids) => (await db.QueryAsync<Beside>(
        """
        -- Audit/ProfileRehearsal: materials and consultations
        SELECT DocumentId, Kind, NULL AS OpensOn, NULL AS ClosesOn FROM Material WHERE DocumentId IN @ids
        UNION ALL
        SELECT DocumentId, Audience, OpensOn, ClosesOn FROM Consultation WHERE DocumentId IN @ids
        """,
        new { ids })).ToLookup(b => b.DocumentId);

    private IEnumerable<RehearsedChange> Of(DocumentSeen document, Profile draft, IReadOnlyList<Beside> beside, DateOnly today) =>
        Limits(document, draft, today).Concat(Steps(document, draft, beside)).Concat(Term(document, draft, today));

    private IEnumerable<RehearsedChange> Limits(DocumentSeen document, Profile draft, DateOnly today)
    {
        var under = document.Case.Under(draft);
        var specs = laws.LimitsOf(under).ToDictionary(s => s.Name);
        foreach (var row in document.Deadlines.Where(l => l.IsDuty && (l.Open || l.MetOn is not null)))
        {
            if (!specs.TryGetValue(row.Name, out var spec) || spec.From is null) continue;
            var spans = document.Suspensions[row.Id].ToList();
            if (spans.Exists(s => s.ToDate is null)) continue;
            var rule = draft.Limits.GetValueOrDefault(row.Name);
            var limit = Deadlines.Applies(spec, under, laws) ? rule is null ? spec.Limit : rule.Limit : null;
            DateOnly? due = limit is null ? null : Deadline.DueOnly(row.FromDate, limit, laws.CalendarOf(document.Case.GovernmentId), [.. spans.Select(s => new DateSpan(s.FromDate, s.ToDate!.Value))]);
            var (until, was, would) = (row.MetOn ?? today, row.Due < (row.MetOn ?? today), due < (row.MetOn ?? today));
            if (was == would) continue;
            var ended = row.MetOn is { } met ? $"{ChineseDate.Format(met)}办结" : "尚未办结";
            yield return new(
                document.Id, document.Case.Title, would ? RehearsedEffect.Late : RehearsedEffect.InTime, row.Label,
                $"自{ChineseDate.Format(row.FromDate)}起，原定{Day(row.Due)}到期，按草案{Day(due)}到期；{ended}，{(would ? $"逾期 {until.DayNumber - due!.Value.DayNumber} 日" : "不再逾期")}",
                rule?.Source ?? spec.Source);
        }

        static string Day(DateOnly? day) => day is { } d ? ChineseDate.Format(d) : "没有期限，不";
    }

    private static IEnumerable<RehearsedChange> Steps(DocumentSeen document, Profile draft, IReadOnlyList<Beside> beside)
    {
        var file = document.Case;
        if (file.Origin != DocumentOrigin.Here) yield break;
        RehearsedChange Blocked(string step, string message, string source) => new(document.Id, file.Title, RehearsedEffect.Blocked, step, message, source);
        bool Has(MaterialKind kind) => beside.Any(b => b.OpensOn is null && b.Kind == Kebab.Of(kind));

        if (draft.ResearchFirst.Value && !file.Has(FactKind.Researched) && file.Has(FactKind.ConsultationOpened))
            yield return Blocked("征求意见", "没有先行调研论证", draft.ResearchFirst.Source);
        if (file.Has(FactKind.ReviewReceived) && draft.PublicConsultation.Value && file.Latest(FactKind.Urgent) is null)
        {
            var open = beside.Where(b => b.OpensOn is not null && b.Kind == "public").ToList();
            if (open.Count == 0) yield return Blocked("公开征求意见", "没有公开征求意见", draft.PublicConsultation.Source);
            else if (open.Max(b => b.ClosesOn!.Value.DayNumber - b.OpensOn!.Value.DayNumber + 1) is var days && days < draft.PublicConsultationDays.Value)
                yield return Blocked("公开征求意见", $"只公开征求意见 {days} 日，不足 {draft.PublicConsultationDays.Value} 日", draft.PublicConsultationDays.Source);
        }

        if (file.Has(FactKind.Decided) && draft.FairCompetition.Value && !Has(MaterialKind.FairCompetition))
            yield return Blocked("集体讨论决定", "没有公平竞争审查结论", draft.FairCompetition.Source);
        if (draft.OpinionNotFollowed.Value == OpinionGate.Block && file.Latest(FactKind.Signed) is not null
            && file.Facts.FindLast(f => f.Kind is FactKind.OpinionFollowed or FactKind.OpinionNotFollowed) is { Kind: FactKind.OpinionNotFollowed })
            yield return Blocked("签发", "未按合法性审查意见修改", draft.OpinionNotFollowed.Source);
        if (document.Approvals is [.., var approved] && file.Has(FactKind.Signed) && approved.Signatures < draft.SignatureLevels.Value.Count)
            yield return Blocked("签发", $"只签发 {approved.Signatures} 级，草案要求 {draft.SignatureLevels.Value.Count} 级", draft.SignatureLevels.Source);
        if (file.Latest(FactKind.Published) is not { } published) yield break;
        foreach (var requirement in draft.RequiredBeforePublication.Value)
        {
            var (there, what) = requirement switch
            {
                PublicationRequirement.Registered => (file.Has(FactKind.Registered), "没有统一登记"),
                PublicationRequirement.RegistrationNumber => (Stands(NumberKind.Registration), "没有统一登记号"),
                _ => (Stands(NumberKind.Issue), "没有发文字号"),
            };
            if (!there) yield return Blocked("统一公布", what, draft.RequiredBeforePublication.Source);
        }

        if (draft.Interpretation.Value && !Has(MaterialKind.Interpretation)) yield return Blocked("统一公布", "没有解读", draft.Interpretation.Source);
        if (draft.EarlyForce.Value == EarlyForceGate.Block && file.Latest(FactKind.InForce) is { Value: null } force
            && force.LegalDate.DayNumber - published.LegalDate.DayNumber is var gap && gap < draft.ForceAfterDays.Value)
            yield return Blocked("统一公布", $"公布后 {gap} 日施行，不足 {draft.ForceAfterDays.Value} 日，又没有说明理由", draft.ForceAfterDays.Source);

        bool Stands(NumberKind kind) => document.Numbers.Any(n => n.VoidedOn is null && n.Kind == Kebab.Of(kind));
    }

    /// <summary>A term that the rules gave, and not the paper itself, is the draft's.</summary>
    private static IEnumerable<RehearsedChange> Term(DocumentSeen document, Profile draft, DateOnly today)
    {
        var file = document.Case;
        if (file.Latest(FactKind.Published) is not { } published || file.History.All(FactKind.TermSet).Count != 1 || file.Has(FactKind.Renewed)) yield break;
        var (given, set) = (TermRequest.Default(file.Profile, file.Title), file.Latest(FactKind.TermSet)!);
        if (set.Value != given.Term.ToString() || set.Source != given.Source) yield break;
        var (term, source) = TermRequest.Default(draft, file.Title);
        var force = file.Latest(FactKind.InForce)?.LegalDate ?? published.LegalDate;
        var (before, after) = (given.Term.LastValidDay(published.LegalDate, force), term.LastValidDay(published.LegalDate, force));
        if (before < today == after < today || !Counts(Validity.Status(file.History, today))) yield break;
        yield return new(
            document.Id, file.Title, after < today ? RehearsedEffect.Lapsed : RehearsedEffect.StillInForce, "有效期",
            $"有效期原至{Until(before)}，按草案至{Until(after)}", source);

        static bool Counts(ValidityStatus status) => status.IsValid() || status is ValidityStatus.Lapsed or ValidityStatus.Suspended or ValidityStatus.NotYetInForce;
        static string Until(DateOnly? day) => day is { } d ? ChineseDate.Format(d) : "长期";
    }

    private sealed record Government
    {
        public required Guid Id { get; init; }
        public string? DivisionCode { get; init; }
    }

    /// <summary>A material by its kind, or a consultation by its audience.</summary>
    private sealed record Beside
    {
        public required Guid DocumentId { get; init; }
        public required string Kind { get; init; }
        public DateOnly? OpensOn { get; init; }
        public DateOnly? ClosesOn { get; init; }
    }
}
