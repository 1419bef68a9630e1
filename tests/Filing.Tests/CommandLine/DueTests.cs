using System.Text.Json;
using Filing.Tests.Data;
using Filing.Web.CommandLine;

namespace Filing.Tests.CommandLine;

[TestFixture]
internal sealed class DueTests
{
    // the fifteenth day is in the Spring Festival, and the first working day after it is a make-up Saturday
    [TestCase("2013-01-28", "15", "day", "calendar", "2013-02-12", "2013-02-16", false)]
    // working days end by themselves
    [TestCase("2013-01-28", "15", "day", "working", "2013-02-21", "2013-02-21", false)]
    // months end on the last day where there is no corresponding one
    [TestCase("2012-12-31", "2", "month", "calendar", "2013-02-28", "2013-02-28", false)]
    [TestCase("2013-01-28", "5", "year", "calendar", "2018-01-28", "2018-01-29", false)]
    // a year whose plan nobody has announced
    [TestCase("2093-01-05", "1", "day", "calendar", "2093-01-06", "2093-01-06", true)]
    public async Task One_question_is_answered_as_json(string from, string length, string unit, string kind, string raw, string due, bool provisional)
    {
        using var answer = JsonDocument.Parse(await Cli.Done("due", "--from", from, "--length", length, "--unit", unit, "--kind", kind, "--json"));
        var root = answer.RootElement;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(root.EnumerateObject().Select(p => p.Name), Is.EqualTo(["from", "length", "unit", "kind", "rawEnd", "due", "provisional", "steps"]));
            Assert.That(root.GetProperty("from").GetString(), Is.EqualTo(from));
            Assert.That(root.GetProperty("length").GetRawText(), Is.EqualTo(length));
            Assert.That(root.GetProperty("unit").GetString(), Is.EqualTo(unit));
            Assert.That(root.GetProperty("kind").GetString(), Is.EqualTo(kind));
            Assert.That(root.GetProperty("rawEnd").GetString(), Is.EqualTo(raw));
            Assert.That(root.GetProperty("due").GetString(), Is.EqualTo(due));
            Assert.That(root.GetProperty("provisional").GetBoolean(), Is.EqualTo(provisional));
            Assert.That(root.GetProperty("steps").GetArrayLength(), Is.GreaterThan(1));
        }
    }

    [Test]
    public async Task People_read_the_due_date_first_and_then_how_it_was_found()
    {
        var lines = (await Cli.Done("due", "--from", "2013-01-28", "--length", "15", "--unit", "day", "--kind", "calendar")).Split('\n');
        Assert.That(lines[0], Is.EqualTo("2013-02-16"));
        Assert.That(lines[^1], Does.Contain("春节").And.Contain("顺延"));
    }

    // 29 February plus a year
    [TestCase("2016-02-29 1 year calendar", "", false, "2017-02-28", "2017-02-28", "2017年2月28日（星期二）")]
    // both ends are left out; ranges that overlap or touch are one
    [TestCase("2013-04-02 15 day calendar", "2013-04-08..2013-04-10", false, "2013-04-20", "2013-04-22", "4月8日至4月10日中止，3日不计")]
    [TestCase("2013-04-02 15 day calendar", "2013-04-10..2013-04-11 2013-04-08..2013-04-09", false, "2013-04-21", "2013-04-22", "4月8日至4月11日中止，4日不计")]
    [TestCase("2013-04-02 2 month calendar", "2013-05-01..2013-05-10", false, "2013-06-12", "2013-06-13", "期限相应延长，末日为 6月12日（星期三）")]
    // what it never comes to does nothing, and it says so
    [TestCase("2013-04-02 15 day calendar", "2013-05-06..2013-05-07", false, "2013-04-17", "2013-04-17", "2013年5月6日至2013年5月7日中止，在期限之外，不影响结果")]
    // back: the corresponding day, and the working day on or before it
    [TestCase("2018-04-02 6 month calendar", "", true, "2017-10-02", "2017-09-30", "2017年10月2日是国庆节假期，提前至 2017年9月30日（周六，上班）")]
    [TestCase("2018-10-09 5 day working", "", true, "2018-09-27", "2018-09-27", "自10月8日起前推第5个工作日为 9月27日（星期四）")]
    // back over days that do not count
    [TestCase("2018-03-30 10 day calendar", "2018-03-26..2018-03-27", true, "2018-03-18", "2018-03-16", "3月26日至3月27日中止，2日不计")]
    [TestCase("2018-03-30 10 day calendar", "2018-01-05..2018-01-09", true, "2018-03-20", "2018-03-20", "2018年1月5日至2018年1月9日中止，在期限之外，不影响结果")]
    public async Task Days_may_be_left_out_and_limits_counted_back(string question, string suspended, bool before, string raw, string due, string step)
    {
        string[] args = ["due", .. Asked(question), .. suspended.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(s => new[] { "--suspend", s }), .. before ? ["--before"] : Array.Empty<string>()];
        using var answer = JsonDocument.Parse(await Cli.Done([.. args, "--json"]));
        var root = answer.RootElement;
        Assert.That((root.GetProperty("rawEnd").GetString(), root.GetProperty("due").GetString()), Is.EqualTo((raw, due)));
        Assert.That(root.TryGetProperty("before", out _), Is.EqualTo(before));
        Assert.That(root.TryGetProperty("suspended", out var spans), Is.EqualTo(suspended.Length > 0));
        if (suspended.Length > 0) Assert.That(spans.GetArrayLength(), Is.EqualTo(1), "merged");
        var steps = root.GetProperty("steps").EnumerateArray().Select(s => s.GetString()).ToList();
        Assert.That(steps, Has.Some.Contains(step));
        Assert.That(await Cli.Done(args), Is.EqualTo(string.Join('\n', [due, .. steps.Select(s => "  " + s)])), "people read the same");
    }

    [TestCase("2013-02-01", "due.suspend")]
    [TestCase("2013-02-30..2013-03-01", "due.suspend")]
    [TestCase("2013/02/01..2013/02/02", "due.suspend")]
    [TestCase("2013-02-01..2013-02-02..2013-02-03", "due.suspend")]
    [TestCase("..", "due.suspend")]
    [TestCase("2013-02-01..9999-12-31", "due.suspend")]
    [TestCase("2013-02-05..2013-02-01", "due.suspend-order")]
    [TestCase("2013-01-01..2013-01-05", "due.suspend-outside")]
    [TestCase("2013-01-28..2013-02-05", "due.suspend-outside")]
    [TestCase("2013-02-01..2093-02-01", "due.suspend-long")]
    // the other way round where it is counted back
    [TestCase("2013-02-01..2013-02-05 --before", "due.suspend-outside")]
    [TestCase("2013-01-20..2013-01-28 --before", "due.suspend-outside")]
    public async Task Days_that_cannot_be_left_out_are_wrong_use(string suspended, string code)
    {
        var answer = await Cli.Run(["due", .. Asked("2013-01-28 15 day calendar"), "--suspend", .. suspended.Split(' ')]);
        Assert.That((answer.Code, answer.Out), Is.EqualTo((Exit.Misuse, "")));
        Assert.That(answer.Err, Does.Contain(code + "：").Or.Contain(code + ":").And.Contain("--suspend"));
    }

    [TestCase("9900-12-31", "")]
    [TestCase("0100-01-01", "--before")]
    public async Task The_longest_limit_at_either_end_of_time_has_an_answer(string from, string before)
    {
        var answer = await Cli.Run(["due", .. Asked($"{from} 50 year calendar"), .. before.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.That((answer.Code, answer.Err), Is.EqualTo((Exit.Done, "")));
    }

    [TestCase("--from", "2013-02-30", "--length", "15", "--unit", "day", "--kind", "calendar", "--from")]
    [TestCase("--from", "28/01/2013", "--length", "15", "--unit", "day", "--kind", "calendar", "--from")]
    [TestCase("--from", "9999-12-31", "--length", "50", "--unit", "year", "--kind", "calendar", "--from")]
    [TestCase("--from", "0099-12-31", "--length", "50", "--unit", "year", "--kind", "calendar", "--from")]
    [TestCase("--from", "2013-01-28", "--length", "3661", "--unit", "day", "--kind", "calendar", "--length")]
    [TestCase("--from", "2013-01-28", "--length", "0", "--unit", "day", "--kind", "calendar", "--length")]
    [TestCase("--from", "2013-01-28", "--length", "-3", "--unit", "day", "--kind", "calendar", "--length")]
    [TestCase("--from", "2013-01-28", "--length", "1.5", "--unit", "day", "--kind", "calendar", "--length")]
    [TestCase("--from", "2013-01-28", "--length", "99999999999", "--unit", "day", "--kind", "calendar", "--length")]
    [TestCase("--from", "2013-01-28", "--length", "15", "--unit", "week", "--kind", "calendar", "--unit")]
    [TestCase("--from", "2013-01-28", "--length", "15", "--unit", "day", "--kind", "business", "--kind")]
    [TestCase("--from", "2013-01-28", "--length", "1", "--unit", "month", "--kind", "working", "--kind")]
    [TestCase("--from", "2013-01-28", "--length", "1", "--unit", "year", "--kind", "working", "--kind")]
    public async Task A_question_that_cannot_be_is_wrong_use_and_names_its_option(params string[] args)
    {
        var answer = await Cli.Run(["due", .. args[..^1]]);
        Assert.That((answer.Code, answer.Out), Is.EqualTo((Exit.Misuse, "")));
        Assert.That(answer.Err, Does.Contain(args[^1]));
    }

    [Test]
    public async Task A_batch_comes_from_a_file_or_from_standard_input()
    {
        const string Questions = "from,length,unit,kind\n2013-01-28,15,day,calendar\n2013-01-28,15,day,working\n2093-01-05,1,day,calendar\n";
        const string Answers = """
            from,length,unit,kind,raw_end,due,provisional
            2013-01-28,15,day,calendar,2013-02-12,2013-02-16,false
            2013-01-28,15,day,working,2013-02-21,2013-02-21,false
            2093-01-05,1,day,calendar,2093-01-06,2093-01-06,true

            """;
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["q.csv"], Questions);
        Assert.That((await Cli.Run("due", "--batch", folder["q.csv"])).Out, Is.EqualTo(Answers.ReplaceLineEndings("\n")));
        Assert.That((await Cli.RunWith(Questions, "due", "--batch", "-")).Out, Is.EqualTo(Answers.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task A_batch_answers_what_the_single_questions_answer()
    {
        var random = new Random(20130128);
        var questions = new List<string> { "from,length,unit,kind" };
        for (var i = 0; i < 60; i++)
        {
            var (unit, kind) = random.Next(4) switch { 0 => ("day", "working"), 1 => ("month", "calendar"), 2 => ("year", "calendar"), _ => ("day", "calendar") };
            questions.Add(FormattableString.Invariant($"{new DateOnly(2004, 1, 1).AddDays(random.Next(9000)):yyyy-MM-dd},{random.Next(1, 40)},{unit},{kind}"));
        }

        var lines = (await Cli.RunWith(string.Join('\n', questions), "due", "--batch", "-")).Out.TrimEnd('\n').Split('\n');
        Assert.That(lines, Has.Length.EqualTo(questions.Count));
        foreach (var (question, line) in questions.Zip(lines).Skip(1))
        {
            var of = question.Split(',');
            using var one = JsonDocument.Parse(await Cli.Done("due", "--from", of[0], "--length", of[1], "--unit", of[2], "--kind", of[3], "--json"));
            var expected = $"{question},{one.RootElement.GetProperty("rawEnd").GetString()},{one.RootElement.GetProperty("due").GetString()},{one.RootElement.GetProperty("provisional").GetRawText()}";
            Assert.That(line, Is.EqualTo(expected));
        }
    }

    // as Excel saves it: a byte order mark, CR LF, quotes, an empty line at the end
    [TestCase("\uFEFFfrom,length,unit,kind\r\n2013-01-28,15,day,calendar\r\n\r\n")]
    [TestCase("\"from\",\"length\",\"unit\",\"kind\"\n\"2013-01-28\",\"15\",\"day\",\"calendar\"")]
    public async Task A_batch_may_be_written_as_spreadsheets_write_it(string questions)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["q.csv"], questions);
        var answer = await Cli.Run("due", "--batch", folder["q.csv"]);
        Assert.That(answer.Out, Is.EqualTo("from,length,unit,kind,raw_end,due,provisional\n2013-01-28,15,day,calendar,2013-02-12,2013-02-16,false\n"), answer.Err);
    }

    [TestCase("from,length,unit,kind\n2013-01-28,15,day,calendar\n2013-01-28,0,day,calendar\n", "3", "length")]
    [TestCase("from,length,unit,kind\n\n2013-13-28,15,day,calendar\n", "3", "from")]
    [TestCase("from,length,unit,kind\n2013-01-28,15,week,calendar\n", "2", "unit")]
    [TestCase("from,length,unit,kind\n2013-01-28,15,month,working\n", "2", "kind")]
    [TestCase("from,length,unit,kind\n2013-01-28,15,day,\n", "2", "kind")]
    [TestCase("from,length,unit,kind\n2013-01-28,15\n", "2", "unit")]
    [TestCase("from,length,unit,kind\n2013-01-28,15,day,calendar,x\n", "2", "kind")]
    [TestCase("from,length,unit,kind\n\"2013-01-28\"x,15,day,calendar\n", "2", "from")]
    [TestCase("from,length,unit,kind\n2013-01-28,\"15,day,calendar\n", "2", "unit")]
    [TestCase("from;length;unit;kind\n", "1", "header")]
    [TestCase("", "1", "header")]
    public async Task A_bad_row_answers_nothing_but_its_line_and_field(string questions, string line, string field)
    {
        var answer = await Cli.RunWith(questions, "due", "--batch", "-");
        Assert.That((answer.Code, answer.Out), Is.EqualTo((Exit.Misuse, "")));
        Assert.That(answer.Err, Does.Contain($"第 {line} 行").And.Contain(field));
    }

    [Test]
    public async Task A_batch_without_its_file_or_beside_other_options_is_wrong_use()
    {
        Assert.That((await Cli.Run("due", "--batch", "there-is-none.csv")).Code, Is.EqualTo(Exit.Misuse));
        Assert.That((await Cli.Run("due", "--batch", "-", "--from", "2013-01-28")).Code, Is.EqualTo(Exit.Misuse));
        Assert.That((await Cli.Run("due", "--batch", "-", "--before")).Code, Is.EqualTo(Exit.Misuse));
        Assert.That((await Cli.Run("due", "--batch", "-", "--suspend", "2013-02-01..2013-02-05")).Code, Is.EqualTo(Exit.Misuse));
    }

    private static string[] Asked(string question)
    {
        var of = question.Split(' ');
        return ["--from", of[0], "--length", of[1], "--unit", of[2], "--kind", of[3]];
    }
}
