using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

/// <summary>The spans of a document say of every day what its status says of that day.</summary>
[TestFixture]
internal sealed class ValidityTimelineTests
{
    private static readonly DateOnly Start = new(2013, 4, 2);

    private static readonly FactKind[] Kinds =
    [
        FactKind.Published, FactKind.InForce, FactKind.TermSet, FactKind.Renewed, FactKind.Repealed, FactKind.DeclaredLapsed, FactKind.Suspended, FactKind.Resumed, FactKind.Annulled,
        FactKind.TermEnded, FactKind.Withdrawn, FactKind.Signed,
    ];

    private static DatedFact Fact(FactKind kind, int day, int months = 0) =>
        new(Guid.CreateVersion7(), kind, Start.AddDays(day), DateTimeOffset.UnixEpoch, kind is FactKind.TermSet or FactKind.Renewed ? ValidityTerm.For(Limit.Months(months), TermStart.Publication).ToString() : null, "");

    [Test]
    public void A_document_that_was_not_published_has_none() => Assert.That(ValidityTimeline.Of(new([Fact(FactKind.Signed, 0), Fact(FactKind.Withdrawn, 3)])), Is.Empty);

    [Test]
    public void One_with_a_term_expires_and_lapses_on_days_that_are_known_beforehand()
    {
        var spans = ValidityTimeline.Of(new([Fact(FactKind.Published, 0), Fact(FactKind.InForce, 30), Fact(FactKind.TermSet, 0, 24)]));
        Assert.That(spans.Select(s => s.Status), Is.EqualTo([ValidityStatus.NotYetInForce, ValidityStatus.InForce, ValidityStatus.Expiring, ValidityStatus.Lapsed]));
        Assert.That(spans[2].To, Is.EqualTo(spans[2].LastValidDay));
        Assert.That((spans[0].From, spans[^1].To), Is.EqualTo((Start, DateOnly.MaxValue)));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Whatever_happened_they_say_of_each_day_what_the_status_says() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var dice = new Random(seed);
        var history = new FactHistory(Enumerable.Range(0, dice.Next(8)).Select(_ => Fact(Kinds[dice.Next(Kinds.Length)], dice.Next(900), dice.Next(1, 30))).Append(Fact(FactKind.Published, dice.Next(60))));
        var spans = ValidityTimeline.Of(history);
        for (var day = Start.AddDays(-2); day < Start.AddDays(2000); day = day.AddDays(1))
        {
            var on = spans.Where(s => s.From <= day && day <= s.To).ToList();
            var (status, last) = (Validity.Status(history, day), Validity.LastValidDay(history, day));
            if (on.Count == 0 ? status != ValidityStatus.NotPublished : on is not [var span] || span.Status != status || span.LastValidDay != last) return false;
        }

        return true;
    });
}
