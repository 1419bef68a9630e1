using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class RegistrationNumberTests
{
    // The forms of the places.
    [TestCase("CZCR-2013-00002", "CZCR-2013-00002")]
    [TestCase("SYCR-2018-01001", "SYCR-2018-01001")]
    [TestCase("HNPR—2013—01001", "HNPR-2013-01001")]
    [TestCase("HFGS-2017-9", "HFGS-2017-9")]
    [TestCase("HFGS—2017—9", "HFGS-2017-9")]
    [TestCase("ZJSP18-2021-0004", "ZJSP18-2021-0004")]
    [TestCase("SDPR-2020-0020005", "SDPR-2020-0020005")]
    [TestCase("CR-2014-001", "CR-2014-001")]
    // Every dash, and several of them.
    [TestCase("CZCR–2013–00002", "CZCR-2013-00002")]
    [TestCase("CZCR―2013―00002", "CZCR-2013-00002")]
    [TestCase("CZCR－2013－00002", "CZCR-2013-00002")]
    [TestCase("CZCR‐2013‑00002", "CZCR-2013-00002")]
    [TestCase("CZCR−2013~00002", "CZCR-2013-00002")]
    [TestCase("CZCR～2013ー00002", "CZCR-2013-00002")]
    [TestCase("CZCR——2013——00002", "CZCR-2013-00002")]
    // Full-width, lower case, spaces, labels, 号.
    [TestCase("ＣＺＣＲ－２０１３－００００２", "CZCR-2013-00002")]
    [TestCase("czcr-2013-00002", "CZCR-2013-00002")]
    [TestCase(" CZCR - 2013 -　00002 ", "CZCR-2013-00002")]
    [TestCase("统一登记号：CZCR-2013-00002", "CZCR-2013-00002")]
    [TestCase("（CZCR-2013-00002）", "CZCR-2013-00002")]
    [TestCase("CZCR-2013-00002号", "CZCR-2013-00002")]
    public void A_number_is_read_however_it_is_typed(string typed, string canonical)
    {
        Assert.That(RegistrationNumber.TryParse(typed, out var number, out var error), Is.True, error?.Message);
        Assert.That(number!.ToString(), Is.EqualTo(canonical));
        Assert.That(RegistrationNumber.Parse(canonical), Is.EqualTo(number));
    }

    [TestCase(null, "number.empty")]
    [TestCase("", "number.empty")]
    [TestCase("统一登记号：", "number.empty")]
    [TestCase("-2013-00002", "number.bad-prefix")]
    [TestCase("C-2013-00002", "number.bad-prefix")]
    [TestCase("2013-00002", "number.bad-prefix")]
    [TestCase("18ZJSP-2013-00002", "number.bad-prefix")]
    [TestCase("ABCDEFGHI-2013-1", "number.bad-prefix")]
    [TestCase("ZJSP12345-2013-1", "number.bad-prefix")]
    [TestCase("СZCR-2013-1", "number.bad-prefix")]
    [TestCase("郴政发〔2013〕2号", "number.bad-prefix")]
    [TestCase("CZCR", "number.no-year")]
    [TestCase("CZCR--", "number.no-year")]
    [TestCase("CZCR-2O13-00002", "number.no-year")]
    [TestCase("CZCR2013-00002", "number.year-out-of-range")]
    [TestCase("CZCR-13-00002", "number.year-out-of-range")]
    [TestCase("CZCR-1899-00002", "number.year-out-of-range")]
    [TestCase("CZCR-2013", "number.no-serial")]
    [TestCase("CZCR-2013-", "number.no-serial")]
    [TestCase("CZCR-2013-号", "number.no-serial")]
    [TestCase("CZCR-2013-0000A", "number.bad-serial")]
    [TestCase("CZCR-2013-00000", "number.serial-zero")]
    [TestCase("CZCR-2013-0000000001", "number.serial-too-large")]
    [TestCase("CZCR-2013-00002-1", "number.trailing")]
    public void What_is_no_number_is_refused_with_a_reason(string? typed, string code)
    {
        Assert.That(RegistrationNumber.TryParse(typed, out var number, out var error), Is.False);
        Assert.That(number, Is.Null);
        Assert.That(error!.Code, Is.EqualTo(code));
        Assert.That(error.Message, Does.Match(@"\p{IsCJKUnifiedIdeographs}"));
    }

    [Test]
    public void Half_a_character_is_refused()
    {
        Assert.That(RegistrationNumber.TryParse("CZ\ud842CR-2013-00002", out _, out var error) ? null : error.Code, Is.EqualTo("number.bad-code"));
        Assert.That(DocumentNumber.TryParse("C\ud842", out _, out error) ? null : error.Code, Is.EqualTo("number.bad-code"));
    }

    [Test]
    public void The_serial_keeps_its_padding_and_has_a_value()
    {
        var number = RegistrationNumber.Parse("CZCR-2013-00002");
        Assert.That((number.Prefix, number.Year, number.Digits, number.Serial), Is.EqualTo(("CZCR", 2013, "00002", 2)));
        Assert.That(number, Is.Not.EqualTo(RegistrationNumber.Parse("CZCR-2013-2")));
    }

    [TestCase("CZCR", 2013, 2, 5, "CZCR-2013-00002")]
    [TestCase("HFGS", 2017, 9, 1, "HFGS-2017-9")]
    [TestCase("HFGS", 2017, 1234, 2, "HFGS-2017-1234")]
    public void A_number_is_made_from_its_parts(string prefix, int year, int serial, int width, string expected) =>
        Assert.That(RegistrationNumber.Create(prefix, year, serial, width).Value.ToString(), Is.EqualTo(expected));

    [TestCase("czcr", 2013, 2, 5, "number.bad-prefix")]
    [TestCase("CZCR", 1813, 2, 5, "number.year-out-of-range")]
    [TestCase("CZCR", 2013, 0, 5, "number.serial-zero")]
    [TestCase("CZCR", 2013, 1_000_000_000, 5, "number.serial-too-large")]
    public void Parts_that_make_no_number_are_refused(string prefix, int year, int serial, int width, string code) =>
        Assert.That(RegistrationNumber.Create(prefix, year, serial, width).Error?.Code, Is.EqualTo(code));

    [Test]
    public void A_number_round_trips() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from prefix in Gen.Elements("CZCR", "HFGS", "ZJSP18", "SDPR", "CR", "ABCDEFGH1234")
         from year in Gen.Choose(1900, 2099)
         from serial in Gen.Choose(1, 999_999_999)
         from width in Gen.Choose(1, 9)
         select (prefix, year, serial, width)).ToArbitrary(),
        given =>
        {
            var number = RegistrationNumber.Create(given.prefix, given.year, given.serial, given.width).Value;
            return RegistrationNumber.Parse(number.ToString()) == number && number.Serial == given.serial;
        }));

    // Either number, and the reason that fits what was meant.
    [TestCase("郴政发[2013]第002号", "郴政发〔2013〕2号", DocumentNumberKind.Issue)]
    [TestCase("czcr—2013—00002", "CZCR-2013-00002", DocumentNumberKind.Registration)]
    public void Either_kind_of_number_is_recognised(string typed, string canonical, DocumentNumberKind kind)
    {
        Assert.That(DocumentNumber.TryParse(typed, out var number, out _), Is.True);
        Assert.That((number!.ToString(), number.Kind, number.Year), Is.EqualTo((canonical, kind, 2013)));
    }

    [TestCase("", "number.empty")]
    [TestCase("郴政发", "number.no-year")]
    [TestCase("郴政发〔2013〕", "number.no-serial")]
    [TestCase("CZCR-2013", "number.no-serial")]
    [TestCase("CZCR", "number.no-year")]
    [TestCase("CZF〔2013〕2号", "number.bad-code")]
    public void A_text_that_is_neither_says_why(string typed, string code) =>
        Assert.That(DocumentNumber.TryParse(typed, out _, out var error) ? null : error.Code, Is.EqualTo(code));
}
