using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Registration;

[TestFixture]
internal sealed class NumberPatternTests
{
    // a series of the government, of its office, of a place with plain serials, of an issue number
    [TestCase("CZCR-{year}-{body:00}{serial:000}", "00", 2013, 2, "CZCR-2013-00002")]
    [TestCase("CZCR-{year}-{body:00}{serial:000}", "01", 2018, 1, "CZCR-2018-01001")]
    [TestCase("HFGS-{year}-{serial}", "", 2017, 9, "HFGS-2017-9")]
    [TestCase("江府规〔{year}〕{serial}号", "", 2018, 1, "江府规〔2018〕1号")]
    [TestCase("{name}备登〔{year}〕{serial}号", "", 2013, 12, "湖南省备登〔2013〕12号")]
    // a serial that outgrows its digits
    [TestCase("CZCR-{year}-{body:00}{serial:000}", "00", 2013, 1000, "CZCR-2013-001000")]
    public void A_number_is_written_and_read_back(string text, string digits, int year, int serial, string number)
    {
        var pattern = NumberPattern.Parse(text).For(digits, "湖南省").Value;
        Assert.That(pattern.Write(year, serial), Is.EqualTo(number));
        Assert.That((pattern.TryRead(number, out var y, out var s), y, s), Is.EqualTo((true, year, serial)));
    }

    [TestCase("CZCR-{year}-00{serial:000}", "CZCR-2013-01002", Description = "another body")]
    [TestCase("CZCR-{year}-00{serial:000}", "CZCR-2013-0002", Description = "too few digits")]
    [TestCase("CZCR-{year}-00{serial:000}", "CZCR-2013-000002", Description = "a zero too many")]
    [TestCase("CZCR-{year}-00{serial:000}", "CZCR-2013-00000", Description = "no serial")]
    [TestCase("CZCR-{year}-00{serial:000}", "XCZCR-2013-00002", Description = "something before it")]
    [TestCase("HFGS-{year}-{serial}", "HFGS-2017-09", Description = "padded")]
    public void A_number_of_another_series_is_not_read(string pattern, string number) =>
        Assert.That(NumberPattern.Parse(pattern).TryRead(number, out _, out _), Is.False);

    [TestCase("")]
    [TestCase("CZCR-{serial}")]
    [TestCase("CZCR-{year}")]
    [TestCase("CZCR-{year}-{serial}-{serial:00}")]
    [TestCase("CZCR-{year}-{seriel}{serial}")]
    [TestCase("CZCR-{year}-{serial:0a}")]
    public void A_text_that_is_no_pattern_is_refused(string text) =>
        Assert.That((NumberPattern.TryParse(text, out _, out var error), error?.Code), Is.EqualTo((false, "number.bad-pattern")));

    [TestCase("1")]
    [TestCase("001")]
    [TestCase("")]
    public void A_body_s_digits_must_fill_their_place(string digits) =>
        Assert.That(NumberPattern.Parse("CZCR-{year}-{body:00}{serial:000}").For(digits, "郴州市").Error?.Code, Is.EqualTo("number.bad-body-code"));

    [FsCheck.NUnit.Property]
    public Property Two_bodies_never_share_a_number() => Prop.ForAll(
        Gen.Choose(0, 99).Zip(Gen.Choose(0, 99)).Zip(Gen.Choose(1, 9999)).ToArbitrary(),
        c =>
        {
            var ((one, other), serial) = c;
            var pattern = NumberPattern.Parse("CZCR-{year}-{body:00}{serial:000}");
            var number = pattern.For($"{one:00}", "").Value.Write(2013, serial);
            return pattern.For($"{other:00}", "").Value.TryRead(number, out _, out var read) == (one == other) && (one != other || read == serial);
        });
}
