using System.CommandLine;
using Filing.Audit;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Web.Operations;
using Microsoft.Data.SqlClient;

namespace Filing.Web.CommandLine;

/// <summary>
/// <c>filing move --from DIR --to TARGET</c>: the register of a data folder goes from the embedded database to SQL Server; called again, it goes on where it
/// stopped. <c>filing move --from DIR --undo</c> gives that up.
/// </summary>
internal static class MoveVerb
{
    public static Command Make(Terminal terminal)
    {
        var from = new Option<string>("--from") { Description = "数据文件夹，其中有 filing.db；先停止其上的服务", HelpName = "DIR", Required = true };
        var to = new Option<string?>("--to") { Description = "空的 SQL Server 数据库：连接串，或 @文件（其中写有连接串，命令行中便不出现口令）", HelpName = "TARGET" };
        var undo = new Option<bool>("--undo") { Description = "放弃迁移，恢复使用原数据库" };
        var command = new Command("move", "把登记簿从数据文件夹迁到 SQL Server，逐行核对；中断后再次执行即接着迁移") { from, to, undo };
        command.SetAction(async (parsed, ct) =>
        {
            var (folder, target) = (Path.GetFullPath(parsed.GetRequiredValue(from)), parsed.GetValue(to));
            if (parsed.GetValue(undo)) return target is null ? await UndoAsync(terminal, folder, ct) : terminal.Refuse(Error.Invalid("move.undo", "--undo 不与 --to 同时使用。", "--undo"));
            if (target is null) return terminal.Refuse(Error.Invalid("move.to-missing", "请用 --to 写明目标数据库，或用 --undo 放弃迁移。", "--to"));
            if (!ConnectionString(target).TryGet(out var connection, out var error)) return terminal.Refuse(error);
            if (!(await Move.OpenAsync(folder, connection, TimeProvider.System, ct)).TryGet(out var move, out error)) return terminal.Refuse(error);
            await using (move)
            {
                try
                {
                    return await RunAsync(terminal, folder, move, ct);
                }
                catch (SqlException e)
                {
                    return terminal.Refuse(Error.Refused("move.interrupted", $"与目标数据库（{move.To}）的往来中断：{e.Message} 已写入的都保留，再次执行同一命令即接着迁移。"));
                }
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, string folder, Move move, CancellationToken ct)
    {
        var laws = Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows"));
        var progress = new Printed(terminal);
        if (move.Compared)
        {
            if (!(await move.FinishAsync(ct)).TryGet(out _, out var late)) return terminal.Refuse(late);
            terminal.Out.Write($"已迁移到 {move.To}，此前已逐行核对。\n");
            return Told(terminal, folder);
        }

        if (!move.Resumes && !await HoldsAsync(terminal, Invariants.ChainAsync(move.Source, laws, ct)))
            return terminal.Refuse(Error.Refused("move.source-broken", "原数据库中办理记录的链条不完整，没有开始迁移。请先用 filing verify 核查，或从备份恢复。"));
        var resumes = move.Resumes;
        await move.BeginAsync(ct);
        terminal.Err.WriteLine(resumes ? $"接着迁移到 {move.To}。" : $"开始迁移到 {move.To}；原数据库已停止写入。");
        if (!(await move.CopyAsync(progress, ct)).TryGet(out _, out var error)) return terminal.Refuse(error);
        var compared = await move.CompareAsync(progress, ct);
        if (compared.Differing > 0)
        {
            foreach (var difference in compared.First) terminal.Out.Write($"不符  {difference}\n");
            return terminal.Refuse(Error.Refused("move.differs", $"核对了 {compared.Tables} 张表 {compared.Rows} 行，两边有 {compared.Differing} 行不符，迁移没有完成。请另建一个空的数据库重新迁移，或用 --undo 恢复使用原数据库。"));
        }

        if (!await HoldsAsync(terminal, Invariants.ChainAsync(move.Target, laws, ct)))
            return terminal.Refuse(Error.Refused("move.chain", "目标数据库中办理记录的链条不完整，迁移没有完成。请另建一个空的数据库重新迁移，或用 --undo 恢复使用原数据库。"));
        if (!(await move.FinishAsync(ct)).TryGet(out _, out error)) return terminal.Refuse(error);
        terminal.Out.Write($"已迁移到 {move.To}：{compared.Tables} 张表 {compared.Rows} 行，逐行核对一致，办理记录的链条完整。\n");
        return Told(terminal, folder);
    }

    /// <summary>What is left to do; the password is not repeated.</summary>
    private static int Told(Terminal terminal, string folder)
    {
        terminal.Out.Write($"请在 {Path.Combine(folder, FilingOptions.FileName)} 中写入（已有其他配置的，并入其中），再启动服务：\n");
        terminal.Out.Write("""{"Database":{"SqlServer":"目标数据库的连接串"}}""" + "\n");
        terminal.Out.Write($"材料文件仍在 {Path.Combine(folder, "materials")}，服务照旧使用这个数据文件夹；原数据库 {Database.SqliteFileName} 留作存档，不再写入。\n");
        return Exit.Done;
    }

    private static async Task<int> UndoAsync(Terminal terminal, string folder, CancellationToken ct)
    {
        if (!(await Move.UndoAsync(folder, ct)).TryGet(out var mark, out var error)) return terminal.Refuse(error);
        terminal.Out.Write($"已恢复使用“{folder}”中的登记簿。\n");
        terminal.Out.Write(mark.State == MoveState.Moved
            ? $"注意：{mark.To} 中的登记簿是完整的，此后两处各自变化，只能用其中一处；请从 {FilingOptions.FileName} 中去掉 Database:SqlServer，并停用该数据库。\n"
            : $"{mark.To} 中写了一部分，不能再用；重新迁移时请另建一个空的数据库。\n");
        return Exit.Done;
    }

    private static Result<string> ConnectionString(string target)
    {
        if (!target.StartsWith('@')) return target;
        try
        {
            return File.ReadAllText(target[1..]).Trim() is { Length: > 0 } text ? text : Error.Invalid("move.to-empty", $"文件“{target[1..]}”是空的，其中应写有连接串。", "--to");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Error.Invalid("move.to-unreadable", $"不能读取文件“{target[1..]}”：{e.Message}", "--to");
        }
    }

    private static async Task<bool> HoldsAsync(Terminal terminal, Task<IReadOnlyList<Verdict>> checks)
    {
        var verdicts = await checks;
        foreach (var verdict in verdicts.Where(v => !v.Holds)) PrintedVerdicts.Print(terminal, verdict);
        return verdicts.All(v => v.Holds);
    }

    /// <summary>A line for each table that has rows, and for every so many rows of a large one.</summary>
    private sealed class Printed(Terminal terminal) : IProgress<MoveStep>
    {
        private const long Every = 50_000;
        private long _said;

        public void Report(MoveStep step)
        {
            if (step.Rows < _said) _said = 0;
            if (step.Rows > 0 && (step.Done || step.Rows - _said >= Every))
            {
                _said = step.Rows;
                terminal.Err.WriteLine($"{(step.Phase == MovePhase.Copy ? "写入" : "核对")}  {step.Table}  {step.Rows} 行{(step.Done ? "，完成" : "")}");
            }

            if (step.Done) _said = 0;
        }
    }
}
