using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Features.Validity;

namespace Filing.Audit;

/// <summary>What must hold of each document.</summary>
internal static class DocumentChecks
{
    /// <summary>Nothing is published without the entry and the numbers that its profile requires, nor another text than the approved one.</summary>
    public static void Publication(DocumentSeen document, Laws laws, DateOnly today, Findings findings)
    {
        foreach (var publication in document.Publications)
        {
            findings.Demand(publication.Digest == publication.TextDigest, () => $"{document.Name}：{publication.Carrier}公布记录的摘要与所公布文本的摘要不同");
            findings.Demand(CanonicalText.From(publication.Body).Digest == publication.TextDigest, () => $"{document.Name}：{publication.Carrier}公布的正文与其摘要不符");
        }

        if (document.Case.Origin != DocumentOrigin.Here || !document.Case.Has(FactKind.Published)) return;
        var required = document.Case.Profile.RequiredBeforePublication.Value;
        findings.Demand(
            !required.Contains(PublicationRequirement.Registered) || document.Case.Has(FactKind.Registered), () => $"{document.Name}：已公布，但没有统一登记");
        findings.Demand(
            !required.Contains(PublicationRequirement.RegistrationNumber) || Stands(NumberKind.Registration), () => $"{document.Name}：已公布，但没有统一登记号");
        findings.Demand(!required.Contains(PublicationRequirement.IssueNumber) || Stands(NumberKind.Issue), () => $"{document.Name}：已公布，但没有发文字号");
        findings.Demand(document.Publications.Count > 0, () => $"{document.Name}：已公布，但没有公布的文本");
        if (document.Approvals is not [.., var approved])
        {
            findings.Offend($"{document.Name}：已公布，但没有审签通过的文本");
            return;
        }

        findings.Demand(CanonicalText.From(approved.Body).Digest == approved.Digest, () => $"{document.Name}：审签通过的正文与其摘要不符");
        findings.Demand(approved.Signatures >= document.Case.Profile.SignatureLevels.Value.Count, () => $"{document.Name}：已公布，但审签通过的文本没有签发完毕");
        foreach (var publication in document.Publications)
        {
            findings.Demand(
                publication.Digest == approved.Digest || CanonicalText.Matches(approved.Body, publication.Body).First is null,
                () => $"{document.Name}：{publication.Carrier}公布的正文不是审签通过的正文");
        }

        bool Stands(NumberKind kind) => document.Numbers.Any(n => n.VoidedOn is null && n.Kind == Kebab.Of(kind));
    }

    /// <summary>Reviewed before decided, decided before signed, signed before registered, registered before numbered, numbered before published; the opinion followed.</summary>
    public static void Steps(DocumentSeen document, Laws laws, DateOnly today, Findings findings)
    {
        if (document.Case.Origin != DocumentOrigin.Here) return;
        var required = document.Case.Profile.RequiredBeforePublication.Value;
        var chain = new List<FactKind> { FactKind.Published };
        if (required.Contains(PublicationRequirement.RegistrationNumber) || required.Contains(PublicationRequirement.IssueNumber)) chain.Add(FactKind.Numbered);
        if (required.Contains(PublicationRequirement.Registered)) chain.Add(FactKind.Registered);
        chain.AddRange([FactKind.Signed, FactKind.Decided, FactKind.ReviewConcluded]);
        for (var i = 0; i + 1 < chain.Count; i++)
        {
            if (document.Case.Latest(chain[i]) is { } later && Before(document, later, chain[i + 1]) is null)
                findings.Offend($"{document.Name}：{ChineseDate.Format(later.LegalDate)}{later.Kind.Name()}之前没有{chain[i + 1].Name()}");
        }

        if (document.Case.Latest(FactKind.Signed) is { } signed && Before(document, signed, FactKind.Decided) is { } decided)
            findings.Demand(decided.Value?.StartsWith("Adopted", StringComparison.Ordinal) == true, () => $"{document.Name}：未获通过而签发");
        if (document.Case.Latest(FactKind.Decided) is { } decision && Before(document, decision, FactKind.ReviewConcluded) is { } review) Opinion(document, decision, review, findings);
    }

    /// <summary>The status is defined on every day, whatever the order in which facts are read; the stage is that of the last milestone.</summary>
    public static void Status(DocumentSeen document, Laws laws, DateOnly today, Findings findings)
    {
        var facts = document.Case.History;
        foreach (var set in facts.Current.Where(f => f.Kind == FactKind.TermSet))
            findings.Demand(ValidityTerm.TryParse(set.Value, out _, out _), () => $"{document.Name}：有效期“{set.Value}”无法识别");
        var turned = new FactHistory(Enumerable.Reverse(document.Case.Facts));
        var days = facts.Current.Select(f => f.LegalDate).Append(today);
        if (Validity.LastValidDay(facts, DateOnly.MaxValue) is { } last) days = days.Append(last);
        foreach (var day in days.SelectMany(d => new[] { d.AddDays(-1), d, d.AddDays(1) }).Distinct())
        {
            var status = Validity.Status(facts, day);
            findings.Demand(Enum.IsDefined(status) && status == Validity.Status(turned, day), () => $"{document.Name}：{ChineseDate.Format(day)}的效力状态不能确定");
        }

        var milestones = document.Facts.Where(f => f.SupersedesId is null && Stages.Is(Kebab.Parse<FactKind>(f.Kind))).ToList();
        var newest = milestones.Count == 0 ? [Stages.Submitted] : milestones.Where(f => f.RecordedAt == milestones.Max(m => m.RecordedAt)).Select(f => f.Kind).ToList();
        findings.Demand(newest.Contains(document.Stage), () => $"{document.Name}：所处阶段记为“{Stages.Chinese(document.Stage)}”，与最后一条事实不符");
    }

    /// <summary>What the lists say that it is on a day is what its facts say.</summary>
    public static void Spans(DocumentSeen document, Laws laws, DateOnly today, Findings findings) => findings.Demand(
        document.Spans.SequenceEqual(ValiditySpans.Of(document.Case, document.EntryConfirmed)), () => $"{document.Name}：清单所用的效力区间与按事实重新推算的不同");

    /// <summary>The due date of an open deadline is what counting anew gives, suspended days left out; while a suspension runs there is none.</summary>
    public static void DueDates(DocumentSeen document, Laws laws, DateOnly today, Findings findings)
    {
        foreach (var row in document.Deadlines)
        {
            var spans = document.Suspensions[row.Id].OrderBy(s => s.FromDate).ToList();
            if (spans.Exists(s => s.ToDate < s.FromDate))
            {
                findings.Offend($"{document.Name}：“{row.Label}”的中止日期前后颠倒");
                continue;
            }

            findings.Demand(
                spans.Zip(spans.Skip(1)).All(p => p.First.ToDate is { } to && to < p.Second.FromDate), () => $"{document.Name}：“{row.Label}”的中止日期重叠");
            if (!row.Open || row.Limit is null) continue;
            var plan = row.Planned.Counted(laws.CalendarOf(row.GovernmentId), spans);
            findings.Demand(
                (plan.Due, plan.RawEnd, plan.Provisional) == (row.Due, row.RawEnd, row.Provisional),
                () => $"{document.Name}：“{row.Label}”到期日记为{Day(row.Due)}，重新计算为{Day(plan.Due)}");
        }
    }

    /// <summary>The limits that are overdue, found from facts and rules alone: stored due dates are not asked.</summary>
    public static IEnumerable<string> Overdue(DocumentSeen document, Laws laws, DateOnly today)
    {
        var file = document.Case;
        if (document.Closed) yield break;
        foreach (var spec in laws.LimitsOf(file))
        {
            if (spec.From is not { } from || !Deadlines.Applies(spec, file, laws)) continue;
            if (file.History.All(from).MaxBy(document.FirstRecorded) is not { } start) continue;
            var limit = file.Profile.Limits.TryGetValue(spec.Name, out var law) ? law.Limit : LengthOf(spec, document, start, laws);
            if (limit is null) continue;
            var until = Deadlines.Until(spec, file.Profile);
            if (file.History.Current.Any(f => f.Kind == until && document.FirstRecorded(f) >= document.FirstRecorded(start))) continue;
            var spans = document.Deadlines.Where(l => l.Name == spec.Name && l.Open).SelectMany(l => document.Suspensions[l.Id]).ToList();
            if (spans.Exists(s => s.ToDate is null)) continue;
            if (Deadline.DueOnly(start.LegalDate, limit, laws.CalendarOf(file.GovernmentId), [.. spans.Select(s => new DateSpan(s.FromDate, s.ToDate!.Value))]) < today) yield return spec.Name;
        }
    }

    /// <summary>A limit that ran when its case was moved keeps the length that an earlier version of the definition gave it.</summary>
    private static Limit? LengthOf(LimitSpec spec, DocumentSeen document, DatedFact start, Laws laws) =>
        document.Deadlines.FirstOrDefault(l => l.Name == spec.Name && l.Open && l.FromDate == start.LegalDate)?.Limit is { } kept && laws.EverGiven(spec.Name).Contains(kept) ? kept : spec.Limit;

    private static void Opinion(DocumentSeen document, DatedFact decision, DatedFact review, Findings findings)
    {
        if (review.Value == "Passed") return;
        if (review.Value != "Amend")
        {
            findings.Offend($"{document.Name}：合法性审查未通过（{review.Value}）而提交审议");
            return;
        }

        var answer = document.Case.History.Current
            .Where(f => f.Kind is FactKind.OpinionFollowed or FactKind.OpinionNotFollowed && document.FirstRecorded(f) >= document.FirstRecorded(review)
                && document.FirstRecorded(f) <= document.FirstRecorded(decision))
            .MaxBy(document.FirstRecorded);
        if (answer is null) findings.Offend($"{document.Name}：审查意见未经落实而提交审议");
        else if (answer.Kind == FactKind.OpinionNotFollowed && document.Case.Profile.OpinionNotFollowed.Value == OpinionGate.Block)
            findings.Offend($"{document.Name}：未采纳审查意见而提交审议");
    }

    /// <summary>The last fact of a kind that was there when another was recorded, and not dated after it.</summary>
    private static DatedFact? Before(DocumentSeen document, DatedFact later, FactKind kind) => document.Case.History.All(kind)
        .Where(f => f.LegalDate <= later.LegalDate && document.FirstRecorded(f) <= document.FirstRecorded(later))
        .MaxBy(document.FirstRecorded);

    private static string Day(DateOnly? day) => day is { } on ? ChineseDate.Format(on) : "（无）";
}
