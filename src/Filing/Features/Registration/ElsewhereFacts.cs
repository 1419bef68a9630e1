using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Validity;

namespace Filing.Features.Registration;

/// <summary>A fact of a document that was issued elsewhere.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="On">When, in law.</param>
/// <param name="Source">Where it is known from; the source of the entry when absent.</param>
/// <param name="Value">What goes with it, such as the carrier of the publication.</param>
public sealed record ElsewhereFact(FactKind Kind, DateOnly On, string? Source = null, string? Value = null);

/// <summary>
/// Which facts may be entered of a document that was issued elsewhere, and in which order they must have happened. Steps of this register — its reviews,
/// its checks — are never among them.
/// </summary>
internal static class ElsewhereFacts
{
    private static readonly FactKind[] Allowed =
    [
        FactKind.Decided, FactKind.Signed, FactKind.Countersigned, FactKind.Registered, FactKind.Published, FactKind.Printed, FactKind.InForce,
        FactKind.Filed, FactKind.FilingReceived, FactKind.FilingRegistered, FactKind.Amended, FactKind.Suspended, FactKind.Resumed,
        FactKind.Repealed, FactKind.DeclaredLapsed, FactKind.Annulled, FactKind.TermEnded,
    ];

    private static readonly FactKind[] Several = [FactKind.Countersigned, FactKind.Amended, FactKind.Suspended, FactKind.Resumed];

    private static readonly FactKind[] AfterPublication =
    [
        FactKind.Filed, FactKind.FilingReceived, FactKind.FilingRegistered, FactKind.InForce, FactKind.Amended, FactKind.Suspended, FactKind.Resumed,
        FactKind.Repealed, FactKind.DeclaredLapsed, FactKind.Annulled, FactKind.TermEnded,
    ];

    /// <summary>What is wrong with the facts; null when nothing is.</summary>
    public static Error? Check(IReadOnlyList<ElsewhereFact> facts, bool neverPublished)
    {
        if (facts.FirstOrDefault(f => !Allowed.Contains(f.Kind)) is { } step)
            return Error.Invalid("elsewhere.not-a-fact-of-elsewhere", $"“{step.Kind.Name()}”是本系统的办理步骤，不能补录。", "facts");
        if (facts.GroupBy(f => f.Kind).FirstOrDefault(g => g.Count() > 1 && !Several.Contains(g.Key)) is { } twice)
            return Error.Invalid("elsewhere.fact-twice", $"“{twice.Key.Name()}”填写了两次。", "facts");
        if (On(facts, FactKind.Signed) is null) return Error.Invalid("elsewhere.signed-unknown", "请填写签署（成文）日期，以文件落款或者目录为准。", "facts");
        var published = On(facts, FactKind.Published);
        if (published is null && !neverPublished)
            return Error.Invalid("elsewhere.published-unknown", "请查明并填写公布日期；确实从未公布的，请勾选“未公布”。公布日期不能推定。", "facts");
        if (published is not null && neverPublished) return Error.Invalid("elsewhere.published", "既填写了公布日期，又勾选了“未公布”。", "neverPublished");
        if (published is null && facts.FirstOrDefault(f => AfterPublication.Contains(f.Kind)) is { } later)
            return Error.Invalid("elsewhere.not-published", $"未公布的文件不会有“{later.Kind.Name()}”。", "facts");
        return Order(facts, published);
    }

    /// <summary>The facts as they enter the register, in the order of their dates.</summary>
    public static Result<IReadOnlyList<NewFact>> ToRecord(IReadOnlyList<ElsewhereFact> facts, string source, TermRequest? term, bool defaultTerm, Profile profile, string title)
    {
        List<NewFact> all = [.. facts.OrderBy(f => f.On).ThenBy(f => f.Kind).Select(f => new NewFact(f.Kind, f.On, f.Source ?? source, f.Value))];
        if (term is null && !defaultTerm) return all;
        if (term is not null && defaultTerm) return Error.Invalid("term.one-of", "填写了有效期，就不再适用规定的有效期。", "term");
        var (stated, where) = (TermRequest.Default(profile, title).Term, TermRequest.Default(profile, title).Source);
        if (term is not null)
        {
            if (!term.Resolve(profile).TryGet(out var resolved, out var error)) return error;
            (stated, where) = (resolved, source);
        }

        var published = On(facts, FactKind.Published);
        if (stated.LastValidDay(published, On(facts, FactKind.InForce) ?? published) < published)
            return Error.Invalid("date.order", "有效期届满日期早于公布日期，顺序不可能，请核对。", "term");
        all.Add(new(FactKind.TermSet, published ?? On(facts, FactKind.Signed)!.Value, where, stated.ToString()));
        return all;
    }

    /// <summary>The date of a fact; null when it was not entered.</summary>
    public static DateOnly? On(IEnumerable<ElsewhereFact> facts, FactKind kind) => facts.FirstOrDefault(f => f.Kind == kind)?.On;

    private static Error? Order(IReadOnlyList<ElsewhereFact> facts, DateOnly? published)
    {
        var order = Check(facts, FactKind.Decided, FactKind.Signed, FactKind.Registered, FactKind.Published)
            ?? Check(facts, FactKind.Signed, FactKind.Printed)
            ?? Check(facts, FactKind.Published, FactKind.Filed, FactKind.FilingReceived, FactKind.FilingRegistered);
        if (order is not null) return order;
        foreach (var later in facts.Where(f => AfterPublication.Contains(f.Kind)))
        {
            if (Chronology.Check("facts", new("公布", published), new(later.Kind.Name(), later.On)) is { } disorder) return disorder;
        }

        return null;
    }

    private static Error? Check(IReadOnlyList<ElsewhereFact> facts, params FactKind[] kinds) =>
        Chronology.Check("facts", [.. kinds.Select(k => new Dated(k.Name(), On(facts, k)))]);
}
