using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Features.Validity;

namespace Filing.Features.Publication;

/// <summary>The dates and the term with which a document is published, as the rules of its case allow them.</summary>
/// <param name="Published">公布: the first appearance on the carrier that the profile names.</param>
/// <param name="InForce">The first day of force.</param>
/// <param name="Term">The term.</param>
/// <param name="TermSource">Where the term comes from.</param>
/// <param name="Warnings">Chinese sentences: what is unusual and was let through.</param>
internal sealed record PublicationPlan(DateOnly Published, DateOnly InForce, ValidityTerm Term, string TermSource, IReadOnlyList<string> Warnings)
{
    /// <summary>Makes the plan, or says what forbids it.</summary>
    public static Result<PublicationPlan> Make(Case file, Publish command)
    {
        if (CarrierError(file.Profile, command.Carriers) is { } carrier) return carrier;
        var published = command.Carriers.Where(c => c.Carrier == file.Profile.ClockCarrier.Value).Min(c => c.On);
        var inForce = command.InForceOn ?? published;
        if (OrderError(file, command, published, inForce) is { } disorder) return disorder;
        var warnings = new List<string>();
        if (Early(file.Profile, command, published, inForce, warnings) is { } early) return early;
        if (!TermOf(file, command, published, inForce, warnings).TryGet(out var term, out var error)) return error;
        return new PublicationPlan(published, inForce, term.Term, term.Source, warnings);
    }

    private static Error? CarrierError(Profile profile, IReadOnlyList<Appearance> carriers)
    {
        if (carriers.FirstOrDefault(c => !profile.Carriers.Value.Contains(c.Carrier)) is { } unknown)
            return Error.Invalid("publish.carrier-unknown", $"“{unknown.Carrier}”不是规定的公布载体；可用：{string.Join("、", profile.Carriers.Value)}。", "carriers");
        return carriers.Any(c => c.Carrier == profile.ClockCarrier.Value)
            ? null
            : Error.Invalid("publish.clock-carrier-missing", $"须在“{profile.ClockCarrier.Value}”公布，公布日期以在该载体首次公布之日为准。", "carriers");
    }

    private static Error? OrderError(Case file, Publish command, DateOnly published, DateOnly inForce)
    {
        foreach (var appearance in command.Carriers)
        {
            if (Chronology.Check("carriers", [.. Chronology.Making(file.History), new("编号", file.Latest(FactKind.Numbered)?.LegalDate), new($"{appearance.Carrier}公布", appearance.On)]) is { } disorder)
                return disorder;
        }

        return Chronology.Check("inForceOn", new("公布", published), new("施行", inForce))
            ?? Chronology.Check("printedOn", new("签署", file.Latest(FactKind.Signed)?.LegalDate), new("印发", command.PrintedOn));
    }

    private static Error? Early(Profile profile, Publish command, DateOnly published, DateOnly inForce, List<string> warnings)
    {
        var days = inForce.DayNumber - published.DayNumber;
        if (days >= profile.ForceAfterDays.Value) return null;
        var text = $"施行日期距公布{(days == 0 ? "为当日" : $"只有 {days} 日")}，不足 {profile.ForceAfterDays.Value} 日（{profile.ForceAfterDays.Source}）";
        if (command.EarlyForceReason is { } reason)
        {
            warnings.Add($"{text}；理由：{reason}");
            return null;
        }

        if (profile.EarlyForce.Value == EarlyForceGate.Block) return Error.Refused("publish.early-force", $"{text}，须说明理由。");
        warnings.Add($"{text}，且没有说明理由");
        return null;
    }

    private static Result<(ValidityTerm Term, string Source)> TermOf(Case file, Publish command, DateOnly published, DateOnly inForce, List<string> warnings)
    {
        var (profile, standard) = (file.Profile, TermRequest.Default(file.Profile, file.Title));
        if (command.Term is not { } stated) return standard;
        if (!stated.Resolve(profile).TryGet(out var term, out var error)) return error;
        var last = term.LastValidDay(published, inForce);
        if (last < inForce)
            return Error.Invalid("date.order", $"有效期届满日期（{ChineseDate.Format(last.Value)}）早于施行日期（{ChineseDate.Format(inForce)}），顺序不可能，请核对。", "term");
        var longest = standard.Term.LastValidDay(published, inForce)!.Value;
        if (last is { } end && end <= longest) return (term, Stated(stated));
        if (ValidityTerm.IsTrialTitle(file.Title))
        {
            return Error.Refused(
                "publish.trial-too-long", $"标题带有“暂行”或“试行”，有效期不得超过 {profile.TrialTerm.Value}（至{ChineseDate.Format(longest)}）：{profile.TrialTerm.Source}。");
        }

        if (last is not null) warnings.Add($"有效期超过规定的 {profile.DefaultTerm.Value}（{profile.DefaultTerm.Source}）");
        return (term, Stated(stated));
    }

    private static string Stated(TermRequest stated) => stated.LongTermReason is { } reason ? $"文件载明长期有效：{reason}" : "文件载明的有效期";
}
