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

    [TestCase("--from", "2013-02-30", "--length", "15", "--unit", "day", "--kind", "calendar", "--from")]
    [TestCase("--from", "28/01/2013", "--length", "15", "--unit", "day", "--kind", "calendar", "--from")]
    [TestCase("--from", "9999-12-31", "--length", "50", "--unit", "year", "--kind", "calendar", "--from")]
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
    }
}
