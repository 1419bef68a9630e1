using System.Globalization;
using System.Text.Json.Nodes;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Tests.Data.Sql;
using Filing.Tests.Support;

namespace Filing.Tests.Domain;

/// <summary>The rule profiles: what the committed ones say, which one governs, and that a broken one names file, place and reason.</summary>
public sealed class ProfileTests
{
    private static readonly string Folder = Repository.Folder("workflows/profiles");
    private static readonly string Model = File.ReadAllText(Path.Combine(Folder, "hunan-chenzhou-2.json"));

    private static IEnumerable<string> Committed() => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    private static Laws Laws() => Filing.Features.Cases.Laws.Read(Repository.Folder("workflows"));

    [TestCaseSource(nameof(Committed))]
    public void A_committed_profile_is_read_and_says_where_each_value_comes_from(string file)
    {
        var texts = new ProfileTexts();
        foreach (var other in Committed()) texts.Add(File.ReadAllText(Path.Combine(Folder, other)), other);
        var (head, _) = texts.Add(File.ReadAllText(Path.Combine(Folder, file)), file);
        Assert.That(file, Does.StartWith(head.Id));
        if (head.IsAbstract) return;
        var profile = texts.Read(head.Id, head.Version);

        Assert.That(profile.Limits.Values.Select(l => l.Source), Has.All.Not.Empty);
    }

    // The longest jurisdiction that matches.
    [TestCase("431000", "2013-04-02", "hunan-chenzhou", 1)]
    [TestCase("431000", "2026-02-14", "hunan-chenzhou", 2)]
    [TestCase("431021", "2026-02-14", "hunan-chenzhou-counties", 1)]
    [TestCase("430100", "2016-04-01", "hunan-changsha", 1)]
    [TestCase("430104", "2024-02-29", "hunan-changsha", 2)]
    [TestCase("410108", "2026-02-14", "henan-huiji", 1)]
    [TestCase("410102", "2016-12-01", "henan-zhengzhou", 1)]
    [TestCase("410102", "2021-04-01", "henan-zhengzhou", 2)]
    [TestCase("410300", "2015-05-04", "henan", 1)]
    [TestCase("410300", "2024-08-01", "henan", 3)]
    [TestCase("440703", "2018-04-24", "guangdong-jiangmen", 1)]
    [TestCase("440300", "2020-08-01", "guangdong", 2)]
    // A city of Hunan without rules of its own has those of the province.
    [TestCase("430600", "2018-07-09", "hunan", 1)]
    [TestCase("430600", "2018-07-10", "hunan", 2)]
    [TestCase("430600", "2018-12-04", "hunan", 3)]
    [TestCase("430600", "2022-10-08", "hunan", 4)]
    [TestCase("430600", "2025-04-08", "hunan", 5)]
    [TestCase("350100", "2026-02-14", "national", 1)]
    [TestCase("", "2026-02-14", "national", 1)]
    // The day on which a case starts: the last of the old rule, the first of the new one.
    [TestCase("431000", "2018-12-03", "hunan-chenzhou", 1)]
    [TestCase("431000", "2018-12-04", "hunan-chenzhou", 2)]
    [TestCase("431000", "2009-07-09", "hunan-chenzhou", 1)]
    [TestCase("430100", "2018-12-03", "hunan-changsha", 1)]
    [TestCase("430100", "2018-12-04", "hunan-changsha", 2)]
    public void The_profile_of_a_case_is_the_nearest_one_of_its_first_day(string division, string day, string id, int version)
    {
        var profile = Laws().ProfileFor(division, Day(day));

        Assert.That((profile?.Id, profile?.Version), Is.EqualTo((id, version)));
    }

    [TestCase("431000", "2009-07-08")]
    [TestCase("430600", "2009-07-08")]
    [TestCase("410108", "2007-09-06")]
    [TestCase("440700", "2005-01-31")]
    [TestCase("350100", "2018-12-03")]
    public void Before_its_first_day_no_profile_governs(string division, string day) =>
        Assert.That(Laws().ProfileFor(division, Day(day)), Is.Null);

    [Test]
    public void Changsha_signs_nothing_whose_review_opinion_was_not_followed()
    {
        var gate = Laws().ProfileFor("430100", new(2016, 4, 1))!.OpinionNotFollowed;

        Assert.That((gate.Value, gate.Confidence), Is.EqualTo((OpinionGate.Block, Confidence.Seed)));
        Assert.That(gate.Source, Does.Contain("第17项"));
    }

    [TestCase("431000", "2018-12-03", null, null)]
    [TestCase("431000", "2018-12-04", "15个工作日", 5)]
    [TestCase("430100", "2018-12-04", "15个工作日", 5)]
    [TestCase("431021", "2018-12-04", "15个工作日", 5)]
    [TestCase("350100", "2018-12-04", "15个工作日", 5)]
    public void The_review_has_a_limit_since_December_2018_that_is_shown_as_assumed(string division, string day, string? most, int? least)
    {
        var limit = Laws().ProfileFor(division, Day(day))!.Limits["legality-review"];

        Assert.That((limit.Limit?.ToString(), limit.Least), Is.EqualTo((most, least)));
        Assert.That(limit.Confidence, Is.EqualTo(most is null ? Confidence.Seed : Confidence.Assumed));
    }

    [TestCase("431000", "2013-04-02", Confidence.Seed)]
    [TestCase("430100", "2016-04-01", Confidence.LaterText)]
    [TestCase("350100", "2026-02-14", Confidence.Neighbour)]
    public void A_government_files_within_fifteen_calendar_days(string division, string day, Confidence confidence)
    {
        var limit = Laws().ProfileFor(division, Day(day))!.Limits["filing-to-superior"];

        Assert.That((limit.Limit, limit.Confidence), Is.EqualTo((Limit.Days(15), confidence)));
    }

    // A name is missing.
    [TestCase("review", null, "$", "缺少“review”")]
    [TestCase("id", null, "$", "缺少“id”")]
    [TestCase("review.aspects", null, "$.review", "缺少“aspects”")]
    [TestCase("review.aspects.source", null, "$.review.aspects", "缺少“source”")]
    [TestCase("validity.default.value.unit", null, "$.validity.default.value", "缺少“unit”")]
    [TestCase("definitions.elsewhere", null, "$.definitions", "缺少“elsewhere”")]
    [TestCase("limits.legality-review.length", null, "$.limits.legality-review", "缺少“length”；来源未规定期限的，写 null")]
    [TestCase("limits.legality-review.unit", null, "$.limits.legality-review", "缺少“unit”")]
    // A name that means nothing, at any depth: most often a misspelt one.
    [TestCase("definitions.townships", "\"department-document\"", "$.definitions.townships", "不认识的项目")]
    [TestCase("jurisdicton", "\"43\"", "$.jurisdicton", "不认识的项目")]
    [TestCase("review.aspect", "{}", "$.review.aspect", "不认识的项目")]
    [TestCase("validity.default.value.units", "\"day\"", "$.validity.default.value.units", "不认识的项目")]
    [TestCase("limits.legality-review.minimum", "5", "$.limits.legality-review.minimum", "不认识的项目")]
    // An unknown code.
    [TestCase("review.opinionNotFollowed.value", "\"ignore\"", "$.review.opinionNotFollowed.value", "可用：block、explain")]
    [TestCase("review.aspects.value", "[\"subject\", \"colour\"]", "$.review.aspects.value[1]", "“colour”不是已知的值")]
    [TestCase("validity.base.value", "\"birthday\"", "$.validity.base.value", "“birthday”不是已知的值")]
    [TestCase("validity.base.value", "\"signed\"", "$.validity.base", "只能是 published 或 in-force")]
    [TestCase("limits.filing-to-superior.unit", "\"week\"", "$.limits.filing-to-superior.unit", "可用：day、month、year")]
    [TestCase("limits.filing-to-superior.confidence", "\"X\"", "$.limits.filing-to-superior.confidence", "应为 S、D、L、N、M 之一")]
    [TestCase("places.register", "{ \"value\": { \"role\": \"king\", \"place\": \"legal-office\" }, \"source\": \"s\", \"confidence\": \"M\" }", "$.places.register.value.role", "“king”不是已知的值")]
    // A number or text of the wrong size or kind.
    [TestCase("version", "0", "$.version", "应为 1 至 9999 的整数")]
    [TestCase("version", "\"2\"", "$.version", "应为 1 至 9999 的整数")]
    [TestCase("name", "\" \"", "$.name", "应为非空文本")]
    [TestCase("jurisdiction", "\"4\"", "$.jurisdiction", "应为 2 至 6 位行政区划代码")]
    [TestCase("jurisdiction", "\"湘\"", "$.jurisdiction", "应为 2 至 6 位行政区划代码")]
    [TestCase("consultation.publicRequired.value", "\"yes\"", "$.consultation.publicRequired.value", "应为 true 或 false")]
    [TestCase("review.aspects.value", "\"subject\"", "$.review.aspects.value", "应为数组")]
    [TestCase("review", "[]", "$.review", "应为对象")]
    [TestCase("signing.levels.value", "[]", "$.signing.levels", "至少要有一级签发")]
    [TestCase("publication.clockCarrier.value", "\"广播\"", "$.publication.clockCarrier", "不在公布载体之列")]
    // Limits that cannot be, and a least time above the most.
    [TestCase("limits.legality-review.length", "0", "$.limits.legality-review.length", "应为 1 至 36500 的整数")]
    [TestCase("limits.legality-review.length", "3661", "$.limits.legality-review", "期限过长")]
    [TestCase("limits.legality-review.unit", "\"month\"", "$.limits.legality-review", "不能按工作日计算")]
    [TestCase("limits.legality-review.least", "16", "$.limits.legality-review.least", "最短期限长于最长期限")]
    // Dates.
    [TestCase("from", "\"2018-02-30\"", "$.from", "应为 yyyy-MM-dd 形式的日期")]
    [TestCase("from", "\"2018年12月4日\"", "$.from", "应为 yyyy-MM-dd 形式的日期")]
    [TestCase("to", "\"2018-12-03\"", "$.to", "截止日期早于起始日期")]
    // Patterns of numbers.
    [TestCase("numbering.registrationPattern.value", "\"CZCR-{year}-00\"", "$.numbering.registrationPattern.value", "{serial")]
    [TestCase("numbering.registrationPattern.value", "\"CZCR-{serial:000}\"", "$.numbering.registrationPattern.value", "{year}")]
    public void A_broken_profile_names_the_file_the_place_and_the_reason(string at, string? value, string path, string reason)
    {
        var error = Assert.Throws<LawDataException>(() => ProfileReader.Read(With(at, value), "hunan-x.json"))!;

        Assert.That((error.File, error.Path), Is.EqualTo(("hunan-x.json", path)));
        Assert.That(error.Reason, Does.Contain(reason));
        Assert.That(error.Message, Does.StartWith("hunan-x.json").And.Contain(path));
    }

    [TestCase("{", "第 1 行")]
    [TestCase("{\n\"id\": \"a\",\n\"id\": \"b\" }", "第")]
    public void What_is_no_JSON_or_says_a_thing_twice_names_the_line(string json, string place) =>
        Assert.That(Assert.Throws<LawDataException>(() => ProfileReader.Read(json, "hunan-x.json"))!.Path, Does.StartWith(place));

    // What only the whole folder can know.
    [TestCase("id", "\"hunan-chenzhou\"", "$.version", "规则包“hunan-chenzhou”第 2 版重复")]
    [TestCase("definitions.township", "\"nothing\"", "$.definitions.township", "没有名为“nothing”的流程")]
    [TestCase("limits.legality-reveiw", "{ \"length\": null, \"source\": \"s\", \"confidence\": \"M\" }", "$.limits.legality-reveiw", "没有名为“legality-reveiw”的期限")]
    [TestCase("jurisdiction", "\"4301\"", "$.from", "自 2018-12-04 起，这一区域已有规则包“hunan-changsha”第 2 版，两者不能同日开始")]
    [TestCase("places.regster", "{ \"value\": { \"role\": \"registrar\", \"place\": \"legal-office\" }, \"source\": \"s\", \"confidence\": \"M\" }", "$.places.regster", "没有名为“regster”的任务")]
    public void A_profile_at_odds_with_the_other_files_stops_the_start(string at, string? value, string path, string reason)
    {
        using var folder = new Data.TempFolder();
        var broken = JsonNode.Parse(Set(Set(With("id", "\"hunan-zhuzhou\""), "jurisdiction", "\"430200\""), at, value))!;
        LawFolder.CopyTo(folder.Path, law => law.Add(Path.Combine("profiles", "hunan-zhuzhou.json"), broken));

        var error = Assert.Throws<LawDataException>(() => Filing.Features.Cases.Laws.Read(folder.Path))!;

        Assert.That((error.File, error.Path, error.Reason), Is.EqualTo(("hunan-zhuzhou.json", path, reason)));
    }

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The model with one value set, or taken away where the value is null; the place is dotted names.</summary>
    private static string With(string at, string? value) => Set(Model, at, value);

    private static string Set(string json, string at, string? value)
    {
        var root = JsonNode.Parse(json)!;
        var names = at.Split('.');
        var parent = names[..^1].Aggregate(root, (node, name) => node[name]!).AsObject();
        if (value is null) parent.Remove(names[^1]);
        else parent[names[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
