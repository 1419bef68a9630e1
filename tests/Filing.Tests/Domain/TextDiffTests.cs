using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

/// <summary>Differences between two versions of a text.</summary>
[TestFixture]
internal sealed class TextDiffTests
{
    private static string Show(TextDiff diff) => string.Join('|', diff.Paragraphs.Select(p => string.Concat(p.Runs.Select(r => r.Change switch
    {
        TextChange.Same => r.Text,
        TextChange.Removed => $"[-{r.Text}]",
        TextChange.Added => $"[+{r.Text}]",
    }))));

    // the same
    [TestCase("甲\n乙", "甲\n乙", "甲|乙")]
    [TestCase("", "", "")]
    // paragraphs come and go
    [TestCase("甲章\n乙章", "甲章\n丙款\n乙章", "甲章|[+丙款]|乙章")]
    [TestCase("甲章\n丙款\n乙章", "甲章\n乙章", "甲章|[-丙款]|乙章")]
    [TestCase("", "甲", "[+甲]")]
    // characters inside a paragraph
    [TestCase("第二条 出租人应当备案，每次缴费 50 元。", "第二条 出租人应当备案。", "第二条 出租人应当备案[-，每次缴费 50 元]。")]
    [TestCase("出租人应当在十日内备案。", "出租人应当在十五日内备案。", "出租人应当在十[+五]日内备案。")]
    // one article came in: the later ones are renumbered, not rewritten
    [TestCase("第二条 出租人应当备案。\n第三条 承租人应当如实申报。", "第二条 本办法适用于市区。\n第三条 出租人应当备案。\n第四条 承租人应当如实申报。",
        "[+第二条 本办法适用于市区。]|第[-二][+三]条 出租人应当备案。|第[-三][+四]条 承租人应当如实申报。")]
    // a single character between two changes is no text that stayed
    [TestCase("有关部门负责监督检查。", "有关县区部署监督检查。", "有关[-部门负责][+县区部署]监督检查。")]
    // nothing in common: one out, one in
    [TestCase("甲乙丙丁", "戊己庚辛", "[-甲乙丙丁]|[+戊己庚辛]")]
    // layout is no difference
    [TestCase("　　第一条　为了规范\r\n\r\n第二条", "第一条 为了规范\n第二条  ", "第一条 为了规范|第二条")]
    public void Differences_are_marked_by_paragraphs_and_inside_them(string before, string after, string shown) => Assert.That(Show(TextDiff.Between(before, after)), Is.EqualTo(shown));

    [Test]
    public void A_character_outside_the_basic_plane_is_never_cut_in_two()
    {
        var diff = TextDiff.Between("堂名为𠮷野家的企业应当登记", "堂名为𠮸野家的企业应当登记");
        Assert.That(Show(diff), Is.EqualTo("堂名为[-𠮷][+𠮸]野家的企业应当登记"));
    }

    [Test]
    public void It_counts_what_came_went_and_was_changed()
    {
        var diff = TextDiff.Between("甲甲甲甲甲\n乙乙乙乙乙\n出租人应当备案。", "丙丙丙丙丙\n出租人必须备案。\n乙乙乙乙乙");
        Assert.That((diff.Same, TextDiff.Between("甲", "甲").Same), Is.EqualTo((false, true)));
        Assert.That(diff.Added + diff.Changed, Is.EqualTo(diff.Paragraphs.Count(p => !p.Untouched) - diff.Removed));
    }

    [Test]
    public void Two_long_texts_with_nothing_in_common_are_compared_soon()
    {
        static string Text(char from, int lines) => string.Join('\n', Enumerable.Range(0, lines).Select(i => string.Concat(Enumerable.Range(0, 60).Select(j => (char)(from + ((i * 7) + (j * j * 31) + (i * j)) % 900)))));
        var diff = TextDiff.Between(Text('一', 3000), Text('耀', 3000));
        Assert.That(diff.Apply().Count() + diff.Undo().Count(), Is.GreaterThan(3000));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Applying_the_differences_gives_the_new_text_and_undoing_them_the_old_one() => Prop.ForAll(Texts(), Texts(), (before, after) =>
    {
        var diff = TextDiff.Between(before, after);
        return diff.Apply().SequenceEqual(TextDiff.ParagraphsOf(after))
            && diff.Undo().Select(p => CanonicalText.From("甲。\n" + p).Body).SequenceEqual(TextDiff.ParagraphsOf(before).Select(p => CanonicalText.From("甲。\n" + p).Body))
            && diff.Paragraphs.All(p => p.Runs.All(r => r.Text.Length > 0));
    });

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property A_text_is_the_same_as_itself_and_only_as_its_equals() => Prop.ForAll(Texts(), Texts(), (before, after) =>
        TextDiff.Between(before, before).Same
        && TextDiff.Between(before, after).Same == TextDiff.ParagraphsOf(before).Select(Squeezed).SequenceEqual(TextDiff.ParagraphsOf(after).Select(Squeezed)));

    /// <summary>Texts of few different characters, so that much is alike; later ones are often made out of pieces of the same.</summary>
    private static Arbitrary<string> Texts() => (
        from lines in Gen.Choose(0, 9)
        from text in Gen.ListOf<string>(
            from length in Gen.Choose(0, 12)
            from units in Gen.ListOf<string>(Gen.Elements("一", "条", "租", "备", "案", "，", "。", "a", " ", "\u3000", "𠮷"), length)
            select string.Concat(units), lines)
        from end in Gen.Elements("\n", "\r\n")
        select string.Join(end, text)).ToArbitrary();

    private static string Squeezed(string paragraph) => CanonicalText.From("甲。\n" + paragraph).Body;
}
