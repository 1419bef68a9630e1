using System.Diagnostics;
using System.Text.Json;
using Filing.Tests.Data;
using Filing.Web.CommandLine;

namespace Filing.Tests.CommandLine;

/// <summary>The built executable, as a person starts it.</summary>
[TestFixture]
internal sealed class ProcessTests
{
    [Test]
    public async Task The_result_is_UTF_8_without_a_byte_order_mark()
    {
        using var process = Cli.Start(Cli.Executable, "number", "郴政发（2013）2号");
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes);
        await process.WaitForExitAsync();
        Assert.That((process.ExitCode, bytes.ToArray()), Is.EqualTo((Exit.Done, "郴政发〔2013〕2号\n"u8.ToArray())));
    }

    [Test]
    public async Task Without_a_verb_it_serves_and_ends_when_asked_to()
    {
        using var folder = new TempFolder();
        using var process = Cli.Start(Cli.Executable, "--urls", "http://127.0.0.1:0", "--data", folder["data"]);
        var address = await Cli.AddressAsync(process);
        using var client = new HttpClient { BaseAddress = address };
        using var health = JsonDocument.Parse(await client.GetStringAsync("/healthz"));
        Assert.That(health.RootElement.GetProperty("edition").GetString(), Is.EqualTo(Filing.Web.Operations.Edition.Name));
        Assert.That((await Cli.Run("account", "create", "--login", "beside", "--name", "并行", "--data", folder["data"])).Code, Is.EqualTo(Exit.Done), "a verb beside the server");
        await Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExitAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.That(process.ExitCode, Is.EqualTo(Exit.Done));
    }

    [TestCase("workflows/validity.json", "validity.json")]
    [TestCase("workflows/profiles/hunan-chenzhou.json", "hunan-chenzhou.json")]
    [TestCase("workflows/calendars/cn-days.json", "cn-days.json")]
    public async Task Law_that_cannot_be_read_stops_the_start_with_its_file_and_reason(string file, string named)
    {
        using var program = new TempFolder();
        Copy(AppContext.BaseDirectory, program.Path);
        await File.WriteAllTextAsync(Path.Combine(program.Path, file), "{ \"half\":");
        using var process = Cli.Start(Path.Combine(program.Path, Path.GetFileName(Cli.Executable)), "--data", program["data"]);
        var (output, errors) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That((process.ExitCode, output), Is.EqualTo((Exit.Refused, "")));
        Assert.That(errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(errors, Does.Contain(named).And.Contain("原因").And.Not.Contain("   at "));
    }

    [Test]
    public async Task A_choice_that_this_edition_does_not_hold_stops_the_start()
    {
        using var folder = new TempFolder();
        var start = new ProcessStartInfo(Cli.Executable, ["--data", folder["data"]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FILING_Timers__Host"] = "Quartz";
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.EqualTo(Exit.Refused));
        Assert.That(errors, Does.Contain("Timers:Host").And.Contain("BuiltIn"));
    }

    private static void Copy(string from, string to)
    {
        string[] kinds = [".dll", ".json", ".sql", ".so", ""];
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => kinds.Contains(Path.GetExtension(f))))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
