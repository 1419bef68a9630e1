using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class ValidityTests
{
    private static DateOnly D(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", null);

    private static DateTimeOffset At(string date) => new(D(date), new TimeOnly(8, 40, 7), TimeSpan.Zero);

    /// <summary>Facts as "kind date [value]", recorded on their legal date.</summary>
    private static FactHistory History(params string[] facts) => new(facts.Select(fact =>
    {
        var parts = fact.Split(' ', 3);
        Assert.That(FactKinds.TryParse(parts[0], out var kind), Is.True, parts[0]);
        return new DatedFact(Guid.CreateVersion7(), kind, D(parts[1]), At(parts[1]), parts.ElementAtOrDefault(2), "test");
    }));

    private const string Published = "published 2013-04-02";
    private const string InForce = "in-force 2013-05-02";
    private const string FiveYears = "term-set 2013-04-02 length:5y:published:same-day";

    // The life of a document, day by day at its edges.
    [TestCase("2013-04-01", ValidityStatus.NotPublished)]
    [TestCase("2013-04-02", ValidityStatus.NotYetInForce)]
    [TestCase("2013-05-01", ValidityStatus.NotYetInForce)]
    [TestCase("2013-05-02", ValidityStatus.InForce)]
    [TestCase("2017-10-01", ValidityStatus.InForce)]
    [TestCase("2017-10-02", ValidityStatus.Expiring)]
    [TestCase("2018-04-02", ValidityStatus.Expiring)]
    [TestCase("2018-04-03", ValidityStatus.Lapsed)]
    [TestCase("9999-12-31", ValidityStatus.Lapsed)]
    [TestCase("0001-01-01", ValidityStatus.NotPublished)]
    public void A_document_comes_into_force_expires_and_lapses_by_itself(string on, ValidityStatus status) =>
        Assert.That(Validity.Status(History(Published, InForce, FiveYears), D(on)), Is.EqualTo(status));

    [Test]
    public void Without_facts_nothing_is_published() =>
        Assert.That(Validity.Status(FactHistory.Empty, D("2013-04-02")), Is.EqualTo(ValidityStatus.NotPublished));

    [Test]
    public void Without_a_day_of_entry_publication_is_that_day() =>
        Assert.That(Validity.Status(History(Published), D("2013-04-02")), Is.EqualTo(ValidityStatus.InForce));

    [TestCase(0, ValidityStatus.InForce)]
    [TestCase(1, ValidityStatus.InForce)]
    [TestCase(3, ValidityStatus.Expiring)]
    public void The_horizon_is_a_parameter(int months, ValidityStatus status) =>
        Assert.That(Validity.Status(History(Published, InForce, FiveYears), D("2018-02-01"), horizonMonths: months), Is.EqualTo(status));

    // Formal acts, from their legal date on.
    [TestCase("repealed 2015-06-01", "2015-05-31", ValidityStatus.InForce)]
    [TestCase("repealed 2015-06-01", "2015-06-01", ValidityStatus.Repealed)]
    [TestCase("declared-lapsed 2015-06-01", "2015-06-01", ValidityStatus.DeclaredLapsed)]
    [TestCase("annulled 2015-06-01", "2015-06-01", ValidityStatus.Annulled)]
    [TestCase("withdrawn 2015-06-01", "2015-06-01", ValidityStatus.Withdrawn)]
    [TestCase("withdrawn 2013-03-01", "2013-03-02", ValidityStatus.Withdrawn)]
    [TestCase("term-ended 2015-06-01", "2015-06-01", ValidityStatus.Lapsed)]
    [TestCase("suspended 2015-06-01", "2015-06-01", ValidityStatus.Suspended)]
    [TestCase("suspended 2013-04-10", "2013-04-10", ValidityStatus.NotYetInForce)]
    [TestCase("suspended 2015-06-01", "2018-04-03", ValidityStatus.Lapsed)]
    [TestCase("amended 2015-06-01", "2015-06-01", ValidityStatus.InForce)]
    // An act after the silent lapse shows as that act.
    [TestCase("repealed 2020-06-01", "2020-05-31", ValidityStatus.Lapsed)]
    [TestCase("repealed 2020-06-01", "2020-06-01", ValidityStatus.Repealed)]
    public void An_act_has_effect_from_its_legal_date(string act, string on, ValidityStatus status) =>
        Assert.That(Validity.Status(History(Published, InForce, FiveYears, act), D(on)), Is.EqualTo(status));

    [Test]
    public void A_suspended_document_is_resumed()
    {
        var history = History(Published, FiveYears, "suspended 2015-06-01", "resumed 2015-09-01", "suspended 2016-01-01");
        Assert.That(Validity.Status(history, D("2015-08-31")), Is.EqualTo(ValidityStatus.Suspended));
        Assert.That(Validity.Status(history, D("2015-09-01")), Is.EqualTo(ValidityStatus.InForce));
        Assert.That(Validity.Status(history, D("2016-01-01")), Is.EqualTo(ValidityStatus.Suspended));
    }

    [Test]
    public void Of_repeal_and_declared_lapse_the_first_counts_and_annulment_above_both()
    {
        var history = History(Published, "declared-lapsed 2015-01-01", "repealed 2016-01-01", "annulled 2017-01-01");
        Assert.That(Validity.Status(history, D("2016-06-01")), Is.EqualTo(ValidityStatus.DeclaredLapsed));
        Assert.That(Validity.Status(history, D("2017-06-01")), Is.EqualTo(ValidityStatus.Annulled));
    }

    // A renewal in time replaces the term on its own day; without a gap the next day is in time; a late one has no force backwards.
    [TestCase("renewed 2018-01-01 length:5y:published:same-day", "2018-04-03", ValidityStatus.InForce)]
    [TestCase("renewed 2018-01-01 length:5y:published:same-day", "2017-12-31", ValidityStatus.Expiring)]
    [TestCase("renewed 2018-01-01 length:5y:published:same-day", "2023-01-01", ValidityStatus.Expiring)]
    [TestCase("renewed 2018-01-01 length:5y:published:same-day", "2023-01-02", ValidityStatus.Lapsed)]
    [TestCase("renewed 2018-04-03 until:2020-12-31", "2018-04-03", ValidityStatus.InForce)]
    [TestCase("renewed 2018-04-04 until:2020-12-31", "2018-04-04", ValidityStatus.Lapsed)]
    [TestCase("renewed 2018-01-01", "2018-04-03", ValidityStatus.Lapsed)]
    // A later decision of the clean-up fixes another end; a late one brings nothing back.
    [TestCase("term-set 2017-06-01 until:2022-12-31", "2018-04-03", ValidityStatus.InForce)]
    [TestCase("term-set 2017-06-01 until:2017-05-01", "2017-06-01", ValidityStatus.Lapsed)]
    [TestCase("term-set 2017-06-01 long-term", "2099-01-01", ValidityStatus.InForce)]
    [TestCase("term-set 2019-06-01 until:2022-12-31", "2019-06-01", ValidityStatus.Lapsed)]
    public void A_renewal_counts_only_when_it_begins_in_time(string fact, string on, ValidityStatus status) =>
        Assert.That(Validity.Status(History(Published, InForce, FiveYears, fact), D(on)), Is.EqualTo(status));

    [Test]
    public void The_last_valid_day_is_told()
    {
        var history = History(Published, InForce, FiveYears, "renewed 2018-01-01 until:2020-12-31");
        Assert.That(Validity.LastValidDay(history, D("2017-12-31")), Is.EqualTo(D("2018-04-02")));
        Assert.That(Validity.LastValidDay(history, D("2018-01-01")), Is.EqualTo(D("2020-12-31")));
        Assert.That(Validity.LastValidDay(History(Published), D("2018-01-01")), Is.Null);
    }

    [Test]
    public void A_correction_replaces_the_fact_from_the_moment_it_was_recorded()
    {
        var wrong = new DatedFact(Guid.CreateVersion7(), FactKind.Published, D("2013-04-02"), At("2013-04-02"), null, "登记");
        var right = new DatedFact(Guid.CreateVersion7(), FactKind.Published, D("2013-04-12"), At("2013-06-01"), null, "更正", wrong.Id);
        var history = new FactHistory([right, wrong]);

        Assert.That(history.Latest(FactKind.Published), Is.EqualTo(right));
        Assert.That(history.On(D("2013-04-05")).Current, Is.Empty);
        Assert.That(history.On(D("2013-04-05"), At("2013-05-31")).Current, Is.EqualTo(new[] { wrong }));
        Assert.That(history.On(D("2013-04-12"), At("2013-06-01")).Current, Is.EqualTo(new[] { right }));
        Assert.That(Validity.Status(history, D("2013-04-05")), Is.EqualTo(ValidityStatus.NotPublished));
        Assert.That(Validity.Status(history, D("2013-04-05"), At("2013-05-31")), Is.EqualTo(ValidityStatus.InForce));
        Assert.That(Validity.Status(history, D("2013-04-05"), At("2013-04-01")), Is.EqualTo(ValidityStatus.NotPublished));
    }

    [Test]
    public void A_correction_of_a_correction_replaces_both()
    {
        DatedFact Fact(string legal, string recorded, Guid? supersedes) => new(Guid.CreateVersion7(), FactKind.Signed, D(legal), At(recorded), null, "登记", supersedes);
        var first = Fact("2013-03-26", "2013-03-26", null);
        var second = Fact("2013-03-27", "2013-04-01", first.Id);
        var third = Fact("2013-03-25", "2013-05-01", second.Id);
        Assert.That(new FactHistory([first, second, third]).All(FactKind.Signed), Is.EqualTo(new[] { third }));
        Assert.That(new FactHistory([first, second, third]).KnownOn(At("2013-04-30")).All(FactKind.Signed), Is.EqualTo(new[] { second }));
        Assert.That(new FactHistory([first, second, third]).Everything, Has.Count.EqualTo(3));
    }

    [Test]
    public void Facts_are_in_order_of_legal_date_whenever_they_were_recorded()
    {
        var history = History("in-force 2013-05-02", "signed 2013-03-26", "published 2013-04-02", "countersigned 2013-03-20", "countersigned 2013-03-25");
        Assert.That(history.Current.Select(fact => fact.Kind.Code()), Is.EqualTo(new[] { "countersigned", "countersigned", "signed", "published", "in-force" }));
        Assert.That(history.Latest(FactKind.Countersigned)!.LegalDate, Is.EqualTo(D("2013-03-25")));
        Assert.That(history.First(FactKind.Countersigned)!.LegalDate, Is.EqualTo(D("2013-03-20")));
        Assert.That(history.Latest(FactKind.Repealed), Is.Null);
    }

    [Test]
    public void Every_kind_and_status_has_a_code_that_reads_back_and_a_Chinese_name()
    {
        foreach (var kind in Enum.GetValues<FactKind>())
        {
            Assert.That(FactKinds.TryParse(kind.Code(), out var read) ? read : default(FactKind?), Is.EqualTo(kind));
            Assert.That(kind.Code(), Does.Match("^[a-z]+(-[a-z]+)*$"));
            Assert.That(kind.Name(), Does.Match(@"^\p{IsCJKUnifiedIdeographs}+$"));
        }

        foreach (var status in Enum.GetValues<ValidityStatus>())
        {
            Assert.That(ValidityStatuses.TryParse(status.Code(), out var read) ? read : default(ValidityStatus?), Is.EqualTo(status));
            Assert.That(status.Name(), Does.Match(@"^\p{IsCJKUnifiedIdeographs}+$"));
            Assert.That(status.IsValid(), Is.EqualTo(status is ValidityStatus.InForce or ValidityStatus.Expiring));
        }

        Assert.That(FactKinds.TryParse("Published", out _), Is.False);
        Assert.That(FactKinds.TryParse(null, out _), Is.False);
        Assert.That(ValidityStatuses.TryParse("valid", out _), Is.False);
    }

    private static readonly DateOnly Origin = new(2013, 1, 1);

    private static Gen<FactHistory> Histories() =>
        (from kind in Gen.Elements(
            FactKind.Signed, FactKind.Published, FactKind.InForce, FactKind.TermSet, FactKind.Renewed, FactKind.Suspended, FactKind.Resumed,
            FactKind.Repealed, FactKind.DeclaredLapsed, FactKind.TermEnded, FactKind.Annulled, FactKind.Withdrawn, FactKind.Amended)
         from legal in Gen.Choose(0, 1500)
         from recorded in Gen.Choose(0, 1500)
         from value in Gen.Elements("length:1y:published:same-day", "length:9m:in-force:day-before", "until:2014-06-30", "long-term", "until-done:甲", "?")
         from corrects in Gen.Choose(-20, 4)
         select (kind, legal, recorded, value, corrects)).ListOf().Select(drawn =>
         {
             var facts = new List<DatedFact>();
             foreach (var (kind, legal, recorded, value, corrects) in drawn.Take(9))
             {
                 facts.Add(new DatedFact(
                     Guid.CreateVersion7(), kind, Origin.AddDays(legal), new DateTimeOffset(Origin.AddDays(recorded), default, TimeSpan.Zero), value, "test",
                     corrects >= 0 && corrects < facts.Count ? facts[corrects].Id : null));
             }

             return new FactHistory(facts);
         });

    [Test]
    public void The_status_changes_only_at_a_fact_the_end_of_a_term_or_the_horizon() => Check.QuickThrowOnFailure(Prop.ForAll(
        Histories().ToArbitrary(),
        history =>
        {
            var edges = history.Current.Select(fact => fact.LegalDate).ToHashSet();
            for (var day = Origin.AddDays(-1); day < Origin.AddDays(2000); day = day.AddDays(1))
            {
                if (Validity.LastValidDay(history, day) is { } last)
                    edges.UnionWith([last.AddDays(1), last.AddMonths(-6)]);
                if (Validity.Status(history, day) != Validity.Status(history, day.AddDays(1)) && !edges.Contains(day.AddDays(1)))
                    return false;
            }

            return true;
        }));

    [Test]
    public void The_order_in_which_facts_arrive_does_not_matter() => Check.QuickThrowOnFailure(Prop.ForAll(
        Histories().ToArbitrary(), Gen.Choose(0, 1600).ToArbitrary(),
        (history, offset) =>
        {
            var on = Origin.AddDays(offset);
            var shuffled = new FactHistory(history.Everything.Reverse());
            return Validity.Status(history, on) == Validity.Status(shuffled, on) && shuffled.Everything.SequenceEqual(history.Everything);
        }));

    [Test]
    public void What_is_recorded_later_does_not_change_what_was_known() => Check.QuickThrowOnFailure(Prop.ForAll(
        Histories().ToArbitrary(), Gen.Choose(0, 1600).ToArbitrary(), Gen.Choose(0, 1500).ToArbitrary(),
        (history, offset, moment) =>
        {
            var known = new DateTimeOffset(Origin.AddDays(moment), default, TimeSpan.Zero);
            var then = new FactHistory(history.Everything.Where(fact => fact.Recorded <= known));
            return Validity.Status(history, Origin.AddDays(offset), known) == Validity.Status(then, Origin.AddDays(offset));
        }));

    [Test]
    public void What_is_dead_stays_dead() => Check.QuickThrowOnFailure(Prop.ForAll(
        Histories().ToArbitrary(), Gen.Choose(0, 1600).ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(),
        (history, offset, later) =>
        {
            static bool Dead(ValidityStatus status) => status is ValidityStatus.Lapsed or ValidityStatus.DeclaredLapsed or ValidityStatus.Repealed or ValidityStatus.Annulled or ValidityStatus.Withdrawn;
            return !Dead(Validity.Status(history, Origin.AddDays(offset))) || Dead(Validity.Status(history, Origin.AddDays(offset + later)));
        }));
}
