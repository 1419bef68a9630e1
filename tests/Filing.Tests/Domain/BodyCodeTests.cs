using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class BodyCodeTests
{
    [TestCase("430000", DivisionLevel.Province, null)]
    [TestCase("431000", DivisionLevel.City, "430000")]
    [TestCase("430100", DivisionLevel.City, "430000")]
    [TestCase("410108", DivisionLevel.County, "410100")]
    [TestCase("429004", DivisionLevel.County, "429000")]
    [TestCase(" ４３１０００ ", DivisionLevel.City, "430000")]
    public void A_division_knows_its_level_and_what_is_above_it(string text, DivisionLevel level, string? parent)
    {
        var code = DivisionCode.Parse(text);
        Assert.That(code.Level, Is.EqualTo(level));
        Assert.That(code.Parent?.ToString(), Is.EqualTo(parent));
        Assert.That(DivisionCode.Parse(code.ToString()), Is.EqualTo(code));
    }

    [TestCase("430000", "431002", true)]
    [TestCase("431000", "431002", true)]
    [TestCase("431000", "431000", true)]
    [TestCase("431002", "431000", false)]
    [TestCase("430100", "431002", false)]
    [TestCase("440000", "431002", false)]
    public void A_division_contains_those_below_it(string outer, string inner, bool contains) =>
        Assert.That(DivisionCode.Parse(outer).Contains(DivisionCode.Parse(inner)), Is.EqualTo(contains));

    [TestCase(null, "division.empty")]
    [TestCase(" ", "division.empty")]
    [TestCase("4310", "division.format")]
    [TestCase("4310000", "division.format")]
    [TestCase("43100A", "division.format")]
    [TestCase("000000", "division.province")]
    [TestCase("991000", "division.province")]
    [TestCase("430001", "division.level")]
    public void What_is_no_division_is_refused(string? text, string code) =>
        Assert.That(DivisionCode.TryParse(text, out _, out var error) ? null : error.Code, Is.EqualTo(code));

    // Codes that bodies print in their index numbers.
    [TestCase("11441300007187648G", "441300", "007187648")]
    [TestCase("11370322004222241N", "370322", "004222241")]
    [TestCase("１１４４１３００００７１８７６４８ｇ", "441300", "007187648")]
    [TestCase("1144 1300 0071 8764 8G", "441300", "007187648")]
    public void A_credit_code_is_read_and_checked(string text, string division, string organisation)
    {
        var code = UnifiedSocialCreditCode.Parse(text);
        Assert.That((code.Division, code.Organisation, code.IsPublicBody), Is.EqualTo((division, organisation, true)));
        Assert.That(UnifiedSocialCreditCode.Parse(code.ToString()), Is.EqualTo(code));
    }

    [TestCase(null, "credit-code.empty")]
    [TestCase("", "credit-code.empty")]
    [TestCase("11441300007187648", "credit-code.length")]
    [TestCase("11441300007187648GG", "credit-code.length")]
    [TestCase("114413O0007187648G", "credit-code.character")]
    [TestCase("11441300007187648I", "credit-code.character")]
    [TestCase("11A41300007187648G", "credit-code.division")]
    [TestCase("11441300007187648H", "credit-code.check")]
    [TestCase("11441300007187684G", "credit-code.check")]
    public void What_is_no_credit_code_is_refused(string? text, string code) =>
        Assert.That(UnifiedSocialCreditCode.TryParse(text, out _, out var error) ? null : error.Code, Is.EqualTo(code));

    [Test]
    public void One_wrong_character_is_always_noticed() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 17).ToArbitrary(), Gen.Elements("0123456789ABCDEFGHJKLMNPQRTUWXY".ToCharArray()).ToArbitrary(),
        (place, character) =>
        {
            var letters = "11441300007187648G".ToCharArray();
            var same = letters[place] == character;
            letters[place] = character;
            return UnifiedSocialCreditCode.TryParse(new string(letters), out _, out _) == same;
        }));
}
