using System.Text;
using Filing.Audit;
using Filing.Data;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Features.Publication;
using Filing.Features.Registration;
using Filing.Features.Supervision;
using Filing.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Supervision;

/// <summary>
/// A register with a document at each point of its life holds; harmed from outside — triggers dropped, rows changed — each check sees its own harm.
/// </summary>
[TestFixture]
[EmbeddedDatabase("a copy of the file is harmed")]
internal sealed class InvariantTests
{
    private static string _whole = null!;
    private static DateTimeOffset _now;

    private TestRegister _register = null!;

    /// <summary>The register is built once; each test harms a copy of its own.</summary>
    [OneTimeSetUp]
    public async Task A_register_with_documents_on_their_way()
    {
        await using var register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 3, 4, 9, 3, 0, TimeSpan.FromHours(8)), WithLimit);
        var published = await Journey.ToReviewAsync(register);
        await published.PassAsync();
        await published.DecideAsync();
        await published.SignAsync();
        await published.SignAsync();
        await register.As("registrar").Send(new EnterInRegister(published.Document));
        await register.As("registrar").Send(new AssignNumber(published.Document, IssueNumber: "郴政发〔2013〕2号"));
        await register.As("publisher").Send(new Publish(published.Document, [new("政府门户网站", register.Today)]));
        var amended = await Journey.ToReviewAsync(register);
        await amended.AskToAmendAsync(Journey.Fee);
        await amended.AnswerAsync(Journey.Amended, AnswerKind.Adopted);
        await amended.ConfirmAsync(true);
        await amended.DecideAsync();
        var reviewed = await Journey.ToReviewAsync(register);
        await reviewed.AcceptAsync();
        var deadline = await register.Scalar<Guid>("SELECT Id FROM Deadline WHERE Name = 'legality-review' AND ClosedAt IS NULL");
        register.Clock.Move(register.Clock.GetUtcNow().AddDays(2), 0);
        await register.As("reviewer").Send(new SuspendDeadline(reviewed.Document, deadline, "等候材料"));
        register.Clock.Move(register.Clock.GetUtcNow().AddDays(3), 0);
        await register.As("reviewer").Send(new ResumeDeadline(reviewed.Document, deadline, "材料已齐"));
        var withdrawn = await Journey.SubmittedAsync(register);
        await register.As("drafter").Send(new WithdrawDraft(withdrawn.Document, "政策调整"));
        var stored = await register.Services.GetRequiredService<MaterialStore>().StoreAsync(new MemoryStream(Encoding.UTF8.GetBytes("说明")), 1000);
        await register.As("drafter").Send(new AddMaterial(reviewed.Document, MaterialKind.Explanation, "说明.txt", "text/plain", stored.Value.Size, stored.Value.Sha256, true));
        register.Clock.Move(register.Clock.GetUtcNow().AddDays(60), 0);
        await register.Services.GetRequiredService<Sweep>().RunAsync();
        _now = register.Clock.GetUtcNow();
        _whole = Directory.CreateTempSubdirectory("filing-whole-").FullName;
        await using (var copy = new SqliteConnection($"Data Source={Path.Combine(register.Folder, Database.SqliteFileName)};Pooling=False"))
        {
            await copy.OpenAsync();
            await using var vacuum = copy.CreateCommand();
            vacuum.CommandText = $"VACUUM INTO '{Path.Combine(_whole, Database.SqliteFileName)}'";
            await vacuum.ExecuteNonQueryAsync();
        }

        foreach (var file in Directory.EnumerateFiles(register.Folder, "*", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith(Database.SqliteFileName, StringComparison.Ordinal)))
        {
            var target = Path.Combine(_whole, Path.GetRelativePath(register.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [OneTimeTearDown]
    public void Forget() => Directory.Delete(_whole, true);

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenCopyAsync(_whole, _now);

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<IReadOnlyList<Verdict>> VerifyAsync() => _register.Services.GetRequiredService<Invariants>().VerifyAsync();

    /// <summary>Writes past everything that guards the tables, as somebody with the file and a tool could.</summary>
    private async Task HarmAsync(params string[] statements)
    {
        await using var raw = new SqliteConnection($"Data Source={Path.Combine(_register.Folder, Database.SqliteFileName)};Pooling=False;Foreign Keys=False");
        await raw.OpenAsync();
        var triggers = new List<string>();
        await using (var names = raw.CreateCommand())
        {
            names.CommandText = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
            await using var reader = await names.ExecuteReaderAsync();
            while (await reader.ReadAsync()) triggers.Add($"DROP TRIGGER {reader.GetString(0)}");
        }

        foreach (var statement in triggers.Concat(statements))
        {
            await using var command = raw.CreateCommand();
            command.CommandText = statement;
            Assert.That(await command.ExecuteNonQueryAsync(), Is.Not.Zero.Or.EqualTo(statement.StartsWith("DROP", StringComparison.Ordinal) ? 0 : 1), "the harm did nothing");
        }
    }

    [Test]
    public async Task A_register_that_was_never_harmed_holds_and_every_check_has_looked_at_something()
    {
        var verdicts = await VerifyAsync();
        Assert.That(verdicts.Select(v => v.Name), Is.EqualTo(Invariants.Names));
        Assert.That(verdicts.SelectMany(v => v.Rows.Select(r => $"{v.Name}: {r}")), Is.Empty);
        Assert.That(verdicts.Where(v => v.Checked == 0).Select(v => v.Name), Is.Empty);
    }

    // Numbers.
    [TestCase("numbers-gapless", "DELETE FROM Number WHERE SeriesId IN (SELECT Id FROM Series WHERE Pool = 'owned')", "缺第 1 号", TestName = "A_number_that_is_gone")]
    [TestCase("numbers-gapless", "UPDATE SeriesYear SET Next = Next + 2", "缺第 2 号", TestName = "A_serial_that_was_skipped")]
    [TestCase("numbers-gapless", "UPDATE Number SET Serial = 9 WHERE SeriesId IN (SELECT Id FROM Series WHERE Pool = 'owned')", "第 9 号超出", TestName = "A_serial_beyond_the_count")]
    [TestCase("numbers-gapless", "UPDATE Number SET VoidReason = '无' WHERE VoidedOn IS NULL", "不全", TestName = "A_number_that_is_half_void")]
    [TestCase("numbers-gapless", "UPDATE Number SET DocumentId = (SELECT DocumentId FROM Fact WHERE Kind = 'withdrawn')", "没有作废", TestName = "A_number_that_outlived_its_document")]
    // Publication.
    [TestCase("publication-complete", "UPDATE Number SET VoidedOn = '2013-03-20', VoidedBy = 'x', VoidReason = 'y'", "没有统一登记号", TestName = "A_published_document_without_its_numbers")]
    [TestCase("publication-complete", "UPDATE DocumentText SET Body = '另一正文' WHERE Purpose = 'published'", "公布的正文与其摘要不符", TestName = "A_published_text_that_was_changed")]
    [TestCase("publication-complete", "UPDATE Publication SET Digest = 'sha256:0'", "摘要不同", TestName = "A_published_digest_that_was_changed")]
    [TestCase("publication-complete", "UPDATE Signature SET VoidedAt = '2013-03-20T00:00:00.000Z'", "没有签发完毕", TestName = "A_published_document_whose_signatures_are_void")]
    [TestCase("publication-complete", "DELETE FROM Fact WHERE Kind = 'registered'", "没有统一登记", TestName = "A_published_document_that_is_not_in_the_register")]
    // Steps.
    [TestCase("steps-in-order", "DELETE FROM Fact WHERE Kind = 'review-concluded'", "之前没有合法性审查完成", TestName = "A_decision_without_a_review")]
    [TestCase("steps-in-order", "DELETE FROM Fact WHERE Kind = 'decided'", "之前没有集体讨论决定", TestName = "A_signature_without_a_decision")]
    [TestCase("steps-in-order", "DELETE FROM Fact WHERE Kind = 'signed'", "之前没有签署", TestName = "A_registration_without_a_signature")]
    [TestCase("steps-in-order", "DELETE FROM Fact WHERE Kind = 'numbered'", "之前没有编号", TestName = "A_publication_without_a_number")]
    [TestCase("steps-in-order", "UPDATE Fact SET LegalDate = '2013-12-01' WHERE Kind = 'decided'", "之前没有集体讨论决定", TestName = "A_decision_dated_after_the_signature")]
    [TestCase("steps-in-order", "UPDATE Fact SET Value = 'Rejected' WHERE Kind = 'decided'", "未获通过而签发", TestName = "A_signature_on_what_was_rejected")]
    [TestCase("steps-in-order", "UPDATE Fact SET Value = 'Refused' WHERE Kind = 'review-concluded'", "审查未通过", TestName = "A_decision_on_what_did_not_pass")]
    [TestCase("steps-in-order", "DELETE FROM Fact WHERE Kind = 'opinion-followed'", "未经落实", TestName = "A_decision_on_an_opinion_that_was_not_followed")]
    // Status.
    [TestCase("status-total", "UPDATE Fact SET Value = 'forever' WHERE Kind = 'term-set'", "无法识别", TestName = "A_term_that_cannot_be_read")]
    [TestCase("status-total", "UPDATE Document SET Stage = 'published'", "所处阶段", TestName = "A_stage_that_no_fact_tells_of")]
    [TestCase("status-total", "UPDATE Fact SET LegalDate = '0001-01-01' WHERE Kind = 'published'", "无法读取", TestName = "A_date_that_cannot_be")]
    // Spans.
    [TestCase("spans-derived", "UPDATE ValiditySpan SET ToDate = '2014-01-01'", "与按事实重新推算的不同", TestName = "A_span_that_was_shortened")]
    [TestCase("spans-derived", "DELETE FROM ValiditySpan", "与按事实重新推算的不同", TestName = "Spans_that_are_gone")]
    // Deadlines.
    [TestCase("due-dates", "UPDATE Deadline SET Due = '2030-01-04' WHERE Name = 'legality-review'", "重新计算为", TestName = "A_due_date_that_was_moved")]
    [TestCase("due-dates", "DELETE FROM Suspension", "重新计算为", TestName = "A_suspension_that_is_gone")]
    [TestCase("due-dates", "UPDATE Suspension SET ToDate = '2000-01-01'", "前后颠倒", TestName = "A_suspension_that_ends_before_it_begins")]
    [TestCase("overdue-list", "UPDATE Deadline SET Due = '2030-01-04' WHERE Name = 'filing-to-superior'", "应在逾期清单中，却不在", TestName = "An_overdue_deadline_that_is_hidden")]
    [TestCase("overdue-list", "DELETE FROM Deadline WHERE Name = 'filing-to-superior'", "应在逾期清单中，却不在", TestName = "A_deadline_that_is_gone")]
    [TestCase("overdue-list", "DELETE FROM Fact WHERE Kind = 'published'", "逐件核算却没有逾期", TestName = "An_overdue_deadline_without_a_start")]
    [TestCase("rung-once", "INSERT INTO Rung SELECT DeadlineId, 99, Days, Outcome, FiredAt, Overtaken FROM Rung", "记录有误", TestName = "A_rung_of_a_projection_that_is_not")]
    [TestCase("rung-once", "UPDATE Rung SET Overtaken = 1", "没有响过的级次", TestName = "An_alert_whose_rung_was_overtaken")]
    [TestCase("rung-once", "INSERT INTO Alert SELECT '00000000-0000-7000-8000-00000000000' || Days, DocumentId, DeadlineId, Projection, Days, Notice, Level, Role, Place, AnchorId, Title, Body, RaisedAt, RaisedOn, WithdrawnAt FROM Alert WHERE Role = 'filer'", "在同一岗位有 2 条", TestName = "An_alert_twice_on_one_desk")]
    [TestCase("rungs-armed", "UPDATE Deadline SET NextRungOn = NULL WHERE ClosedAt IS NULL AND NextRungOn IS NOT NULL", "下次预警日", TestName = "A_rung_that_no_sweep_would_find")]
    [TestCase("rungs-armed", "DELETE FROM Rung WHERE Outcome = 'Overdue'", "下次预警日", TestName = "A_rung_that_was_forgotten")]
    // Events.
    [TestCase("events-whole", "UPDATE Event SET Bytes = CAST(REPLACE(CAST(Bytes AS TEXT), '2013', '2014') AS BLOB) WHERE Type = 'fact-recorded'", "内容与摘要不符", TestName = "An_event_that_was_rewritten")]
    [TestCase("events-whole", "DELETE FROM Event WHERE Type = 'document-published'", "事件不全", TestName = "An_event_that_is_gone")]
    [TestCase("events-whole", "UPDATE Event SET DocumentId = NULL WHERE Type = 'document-published'", "的文件与内容不符", TestName = "An_event_that_was_put_under_another_document")]
    [TestCase("events-whole", "UPDATE Event SET Type = 'number-voided' WHERE Type = 'document-published'", "的种类与内容不符", TestName = "An_event_that_was_given_another_type")]
    [TestCase("facts-recorded", "UPDATE Fact SET LegalDate = '2013-03-01' WHERE Kind = 'published'", "与其事件不符", TestName = "A_fact_that_was_rewritten")]
    [TestCase("facts-recorded", "UPDATE Fact SET ProcessId = '00000000-0000-7000-8000-000000000000' WHERE Kind = 'published'", "没有办理记录", TestName = "A_fact_without_a_process")]
    [TestCase("facts-recorded", "DELETE FROM Event WHERE Type = 'fact-recorded'", "没有事件", TestName = "A_fact_without_an_event")]
    // Outbox.
    [TestCase("outbox-keys", "UPDATE Outbox SET Payload = '{'", "无法读取", TestName = "A_message_that_cannot_be_read")]
    [TestCase("outbox-keys", "UPDATE Outbox SET DeliveredAt = CreatedAt, Attempts = 0", "却没有投递过", TestName = "A_message_that_was_never_sent_but_marked")]
    // Workflows.
    [TestCase("tasks-and-waits", "UPDATE Task SET State = 'done' WHERE State = 'open'", "却没有对应的待办", TestName = "A_task_that_was_closed_behind_the_flow")]
    [TestCase("tasks-and-waits", "UPDATE Task SET Visit = 99 WHERE State = 'open'", "没有等候它的环节", TestName = "A_task_of_another_visit")]
    [TestCase("tasks-and-waits", "DELETE FROM Wait", "却没有对应的待办", TestName = "A_wait_that_is_gone")]
    [TestCase("tasks-and-waits", "UPDATE WorkflowInstance SET State = 'x' WHERE Status = 'running'", "状态无法读取", TestName = "A_state_that_cannot_be_read")]
    [TestCase("tasks-and-waits", "UPDATE WorkflowInstance SET Status = 'finished' WHERE ParentId IS NULL", "已结束", TestName = "An_instance_that_ended_before_its_children")]
    [TestCase("closed-cases", "UPDATE CaseFile SET ClosedAt = '2013-03-20T00:00:00.000Z'", "已办结，仍有", TestName = "A_case_that_is_over_and_is_not")]
    [TestCase("closed-cases", "UPDATE CaseFile SET ClosedAt = NULL", "没有运行中的流程", TestName = "A_case_that_stands_still")]
    // Files.
    [TestCase("materials-whole", "UPDATE Material SET Sha256 = lower(hex(zeroblob(32)))", "文件不在", TestName = "A_material_without_its_file")]
    public async Task Harm_is_seen(string check, string sql, string said)
    {
        await HarmAsync(sql);
        var verdict = (await VerifyAsync()).Single(v => v.Name == check);
        Assert.That(verdict.Holds, Is.False);
        Assert.That(verdict.Rows, Has.Some.Contains(said));
    }

    [Test]
    public async Task A_key_that_lies_in_the_outbox_twice_is_seen_even_without_its_constraint()
    {
        await HarmAsync(
            """
            CREATE TABLE Copy (Id TEXT, DeliveryKey TEXT, Channel TEXT, Payload TEXT, CreatedAt TEXT, Attempts INTEGER, NextAttemptAt TEXT, DeliveredAt TEXT, LastError TEXT);
            INSERT INTO Copy SELECT * FROM Outbox;
            INSERT INTO Copy SELECT '00000000-0000-7000-8000-000000000001', DeliveryKey, Channel, Payload, CreatedAt, Attempts, NextAttemptAt, DeliveredAt, LastError FROM Outbox;
            DROP TABLE Outbox;
            ALTER TABLE Copy RENAME TO Outbox
            """);
        Assert.That((await VerifyAsync()).Single(v => v.Name == "outbox-keys").Rows, Has.Some.Contains("键重复"));
    }

    [Test]
    public async Task A_file_that_was_changed_on_the_disk_is_seen()
    {
        var hash = await _register.Scalar<string>("SELECT Sha256 FROM Material");
        var file = Directory.EnumerateFiles(_register.Folder, hash!, SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "别的");
        Assert.That((await VerifyAsync()).Single(v => v.Name == "materials-whole").Rows, Has.Some.Contains("文件内容已变"));
    }

    [Test]
    public async Task No_more_rows_are_named_than_a_person_reads_but_all_are_counted()
    {
        await HarmAsync("UPDATE Event SET Digest = 'sha256:0'");
        var verdict = (await VerifyAsync()).Single(v => v.Name == "events-whole");
        Assert.That(verdict.Rows, Has.Count.EqualTo(Verdict.Most));
        Assert.That(verdict.Failed, Is.EqualTo(await _register.Scalar<int>("SELECT COUNT(*) FROM Event")));
    }

    private static void WithLimit(LawFolder law) => law.Profile(p => p["limits"]!.AsObject().Remove("legality-review"));
}
