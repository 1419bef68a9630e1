using System.CommandLine;
using System.Globalization;
using System.Text;
using Filing.Domain;

namespace Filing.Web.CommandLine;

/// <summary><c>filing due</c>: when something is due, and why; one question from options, or many from a CSV file.</summary>
internal static class DueVerb
{
    private static readonly string[] Header = ["from", "length", "unit", "kind"];

    public static Command Make(Terminal terminal)
    {
        Option<string?> Text(string name, string what) => new(name) { Description = what };
        var (from, length) = (Text("--from", "起算日，如 2013-01-28；当日不计入"), Text("--length", "长度，不小于 1"));
        var (unit, kind) = (Text("--unit", "day、month 或 year"), Text("--kind", "calendar（自然日）或 working（工作日）"));
        var suspend = new Option<string[]>("--suspend") { Description = "中止期间，如 2013-02-01..2013-02-05，首尾两日都不计；可多次给出", HelpName = "FROM..TO" };
        var before = new Option<bool>("--before") { Description = "自起算日向前推算，逢休息日提前" };
        var batch = Text("--batch", "CSV 文件，表头为 from,length,unit,kind；“-”为标准输入");
        var json = RegisterVerb.JsonOut();
        var command = new Command("due", "计算期限届满日") { from, length, unit, kind, suspend, before, batch, json };
        command.SetAction(parsed =>
        {
            string?[] asked = [parsed.GetValue(from), parsed.GetValue(length), parsed.GetValue(unit), parsed.GetValue(kind)];
            if (parsed.GetValue(batch) is { } file)
            {
                return asked.Any(a => a is not null) || parsed.GetValue(json) || parsed.GetValue(before) || parsed.GetValue(suspend) is { Length: > 0 }
                    ? terminal.Refuse(Error.Invalid("due.batch-alone", "--batch 不能与其他选项同时使用。", "--batch"))
                    : Batch(terminal, file);
            }

            var backward = parsed.GetValue(before);
            return DueQuestion.Read(asked[0], asked[1], asked[2], asked[3]).TryGet(out var question, out var error)
                && question.Suspended(parsed.GetValue(suspend) ?? [], backward).TryGet(out var suspended, out error)
                ? One(terminal, question, suspended, backward, parsed.GetValue(json))
                : terminal.Refuse(error with { Field = "--" + error.Field });
        });
        return command;
    }

    private static int One(Terminal terminal, DueQuestion question, DateSpan[] suspended, bool before, bool json)
    {
        var due = before ? Deadline.ComputeBackward(question.From, question.Limit, Calendar(), suspended) : Deadline.Compute(question.From, question.Limit, Calendar(), suspended);
        // The derivation tells what was passed over; a suspension that it never came to would otherwise seem to have been overlooked.
        var outside = suspended.Where(s => before ? s.To < due.Due : s.From > due.Due).Select(s => $"{ChineseDate.Format(s.From)}至{ChineseDate.Format(s.To)}中止，在期限之外，不影响结果");
        IReadOnlyList<string> steps = [.. due.Steps, .. outside];
        if (json)
        {
            terminal.PrintJson(new
            {
                due.From,
                due.Limit.Length,
                due.Limit.Unit,
                due.Limit.Kind,
                Before = before ? true : (bool?)null,
                Suspended = suspended.Length == 0 ? null : suspended.Select(s => new { s.From, s.To, s.Days }),
                due.RawEnd,
                due.Due,
                due.Provisional,
                steps,
            });
            return Exit.Done;
        }

        terminal.Out.Write($"{due.Due:yyyy-MM-dd}{(due.Provisional ? "（暂定：所涉年份的放假安排尚未公布）" : "")}\n");
        foreach (var step in steps) terminal.Out.Write($"  {step}\n");
        return Exit.Done;
    }

    private static int Batch(Terminal terminal, string file)
    {
        using var opened = file != "-" && File.Exists(file) ? new StreamReader(file) : null;
        var reader = file == "-" ? terminal.In : opened;
        if (reader is null) return terminal.Refuse(Error.Invalid("due.file", $"找不到文件“{file}”。", "--batch"));
        var rows = new CsvRows(reader);
        if (!rows.Read() || !Header.SequenceEqual(rows.Fields)) return terminal.Refuse(Error.Invalid("due.header", "第一行应为 from,length,unit,kind。", "header", 1));
        var calendar = Calendar();
        var answers = new StringBuilder("from,length,unit,kind,raw_end,due,provisional\n");
        while (rows.Read())
        {
            var row = rows.Fields;
            if (row.Count != Header.Length)
                return terminal.Refuse(Error.Invalid("due.columns", $"应有 {Header.Length} 列，这一行有 {row.Count} 列。", Header[Math.Min(row.Count, Header.Length - 1)], rows.Line));
            if (!DueQuestion.Read(row[0], row[1], row[2], row[3], rows.Line).TryGet(out var question, out var error)) return terminal.Refuse(error);
            var (raw, due, provisional) = Deadline.DatesOnly(question.From, question.Limit, calendar);
            answers.Append(CultureInfo.InvariantCulture, $"{question.From:O},{question.Limit.Length},{row[2]},{row[3]},{raw:O},{due:O},{(provisional ? "true" : "false")}\n");
        }

        foreach (var chunk in answers.GetChunks()) terminal.Out.Write(chunk.Span);
        return Exit.Done;
    }

    private static WorkCalendar Calendar()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "workflows", "calendars", "cn-days.json");
        if (!File.Exists(file)) throw new LawDataException(file, "$", "找不到节假日数据");
        return WorkCalendar.FromJson(File.ReadAllText(file), Path.GetFileName(file));
    }
}
