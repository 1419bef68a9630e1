using System.Text;
using System.Text.Json;
using Filing.Data;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Filing.Tests.Supervision;

/// <summary>The outbox on a real database, with a real mail server or a real folder at its other end.</summary>
[TestFixture]
internal sealed class OutboxTests
{
    private const string Subject = "报备逾期催报：《郴州市人民政府关于进一步加强城镇房屋租赁管理工作的若干规定（暂行）》及其实施细则";

    private static readonly Mail Sample = new("filer@example.test", "报备员甲", Subject, "请立即报送备案。\n第二行");

    private TestRegister _register = null!;
    private SmtpSink _sink = null!;
    private StandingTime _time = null!;

    [SetUp]
    public async Task Open()
    {
        _register = await TestRegister.OpenAsync();
        _sink = new SmtpSink();
        _time = new StandingTime();
    }

    [TearDown]
    public async Task Close()
    {
        await _sink.DisposeAsync();
        await _register.DisposeAsync();
    }

    private SmtpChannel Smtp => new(new MailSettings { Host = "127.0.0.1", Port = _sink.Port, From = "filing@czs.example.test" });

    private string Folder => Path.Combine(_register.Folder, "outbox");

    private MailFolderChannel Files => new(Folder, "filing@czs.example.test", new DiskFileSystem());

    private OutboxDelivery Delivery(params IDeliveryChannel[] channels) => new(_register.Database, channels, _register.Clock, _time, NullLogger<OutboxDelivery>.Instance);

    private Task<int> PutAsync(string key, Mail? mail = null) => _register.Database.WriteAsync(db => db.ExecuteAsync(
        "INSERT INTO Outbox (Id, DeliveryKey, Channel, Payload, CreatedAt, Attempts, NextAttemptAt) VALUES (@Id, @key, 'mail', @Payload, @Now, 0, NULL)",
        new { Id = Guid.CreateVersion7(), key, Payload = JsonSerializer.Serialize(mail ?? Sample, Json.Options), Now = _register.Clock.GetUtcNow() }));

    private Task<string?> StateOf(string key) => _register.Scalar<string>(
        "SELECT CONCAT(Attempts, ' ', CASE WHEN DeliveredAt IS NULL THEN 'waits' ELSE 'delivered' END) FROM Outbox WHERE DeliveryKey = @key", new { key });

    [Test]
    public async Task A_mail_goes_out_by_SMTP_once_with_its_key_and_readable_Chinese()
    {
        await PutAsync("alert:1:2");
        var delivery = Delivery(Smtp);
        Assert.That(await delivery.RunAsync(), Is.EqualTo(new DeliveryPass(1, 0)));
        Assert.That(await delivery.RunAsync(), Is.EqualTo(new DeliveryPass(0, 0)));
        var mail = _sink.Mails.Single();
        Assert.That(SmtpSink.Header(mail, "X-Filing-Key"), Is.EqualTo("alert:1:2"));
        Assert.That(SmtpSink.Header(mail, "Message-ID"), Does.Match("^<[0-9a-f]{32}@czs.example.test>$"));
        Assert.That(Decoded(SmtpSink.Header(mail, "Subject")!), Is.EqualTo(Subject));
        Assert.That(BodyOf(mail), Is.EqualTo("请立即报送备案。\r\n第二行").Or.EqualTo("请立即报送备案。\n第二行"));
        Assert.That(await StateOf("alert:1:2"), Is.EqualTo("1 delivered"));
    }

    [Test]
    public async Task Without_a_server_mails_are_files_that_a_mail_program_reads()
    {
        await PutAsync("alert:1:2");
        await PutAsync("alert_1_2");
        await Delivery(Files).RunAsync();
        var files = Directory.GetFiles(Folder).Order().ToList();
        Assert.That(files, Has.Count.EqualTo(2), "keys that differ only in what a file name may not hold get files of their own");
        Assert.That(files, Has.All.EndsWith(".eml"));
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, MailFolderChannel.FileName("alert:1:2")));
        Assert.That(text.Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain("\n").And.Not.Contain("\r"), "lines end as the standard says");
        Assert.That(text.Split("\r\n").Max(l => l.Length), Is.LessThanOrEqualTo(998));
        Assert.That(text.Split("\r\n").Where(l => l.Contains("=?utf-8?B?", StringComparison.Ordinal)).Select(l => l.Length), Has.All.LessThanOrEqualTo(100));
        Assert.That(text.All(char.IsAscii), Is.True);
        Assert.That(Decoded(SmtpSink.Header(text, "Subject")!), Is.EqualTo(Subject));
        Assert.That(SmtpSink.Header(text, "Date"), Is.EqualTo("Sat, 14 Feb 2026 16:40:07 +0800"));
        Assert.That(BodyOf(text), Is.EqualTo("请立即报送备案。\r\n第二行"));
    }

    [Test]
    public async Task A_repetition_writes_the_same_file_again()
    {
        var files = Files;
        var delivery = new Delivery("alert:1:2", JsonSerializer.Serialize(Sample, Json.Options), _register.Clock.GetUtcNow());
        await files.DeliverAsync(delivery, default);
        var first = await File.ReadAllBytesAsync(Directory.GetFiles(Folder).Single());
        await files.DeliverAsync(delivery, default);
        Assert.That(await File.ReadAllBytesAsync(Directory.GetFiles(Folder).Single()), Is.EqualTo(first));
    }

    [Test]
    public async Task A_process_that_dies_between_sending_and_marking_delivers_again_under_the_same_key()
    {
        await PutAsync("alert:1:2");
        using var death = new CancellationTokenSource();
        Assert.That(async () => await Delivery(new DiesAfterSending(Smtp, death)).RunAsync(death.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_sink.Mails, Has.Count.EqualTo(1));
        Assert.That(await StateOf("alert:1:2"), Is.EqualTo("1 waits"));

        Assert.That((await Delivery(Smtp).RunAsync()).Delivered, Is.Zero, "the lease of the dead one still runs");
        _time.Pass(OutboxDelivery.Lease);
        Assert.That((await Delivery(Smtp).RunAsync()).Delivered, Is.EqualTo(1));
        Assert.That(_sink.Mails, Has.Count.EqualTo(2));
        Assert.That(_sink.ActedOn("alert:1:2"), Is.EqualTo(1), "who looks at the key acts once");
    }

    [Test]
    public async Task A_refused_mail_waits_longer_each_time_and_is_delivered_in_the_end()
    {
        await PutAsync("alert:1:2");
        _sink.Refusing = true;
        var delivery = Delivery(Smtp);
        for (var attempt = 1; attempt <= 9; attempt++)
        {
            Assert.That((await delivery.RunAsync()).Failed, Is.EqualTo(1), $"attempt {attempt}");
            _time.Pass(OutboxDelivery.WaitAfter(attempt, TimeSpan.FromSeconds(30)) - TimeSpan.FromSeconds(1));
            Assert.That((await delivery.RunAsync()).Failed, Is.Zero, $"too early after attempt {attempt}");
            _time.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.That(OutboxDelivery.WaitAfter(9, TimeSpan.FromSeconds(30)), Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(await _register.Scalar<string>("SELECT LastError FROM Outbox"), Does.Contain("come again"));
        Assert.That((await delivery.StateAsync()).Failing, Is.EqualTo(1));
        _sink.Refusing = false;
        Assert.That((await delivery.RunAsync()).Delivered, Is.EqualTo(1));
        Assert.That(await StateOf("alert:1:2"), Is.EqualTo("10 delivered"));
    }

    [Test]
    public async Task A_mail_that_cannot_be_sent_does_not_hold_up_the_others()
    {
        await PutAsync("bad", Sample with { To = "not an address" });
        await PutAsync("good");
        Assert.That(await Delivery(Smtp).RunAsync(), Is.EqualTo(new DeliveryPass(1, 1)));
        Assert.That(_sink.Mails, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Two_processes_that_deliver_at_once_deliver_each_mail_once()
    {
        for (var i = 0; i < 60; i++) await PutAsync($"alert:{i}");
        await using var other = await TestDatabase.OpenAsync(_register.Folder);
        var second = new OutboxDelivery(other, [Smtp], _register.Clock, _time, NullLogger<OutboxDelivery>.Instance);
        var passes = await Task.WhenAll(Delivery(Smtp).RunAsync(), second.RunAsync());
        Assert.That(passes.Sum(p => p.Delivered), Is.EqualTo(60));
        Assert.That(_sink.Mails.Select(m => SmtpSink.Header(m, "X-Filing-Key")).Distinct().Count(), Is.EqualTo(60));
        Assert.That(_sink.Mails, Has.Count.EqualTo(60));
    }

    [Test]
    public async Task A_title_cannot_smuggle_a_header_into_a_mail()
    {
        await PutAsync("alert:1", Sample with { Subject = "标题\r\nBcc: thief@example.test", Name = "甲\r\nX-Evil: 1" });
        await PutAsync("alert:2", Sample with { Subject = "plain\r\nBcc: thief@example.test" });
        await Delivery(Smtp).RunAsync();
        Assert.That(_sink.Mails, Has.Count.EqualTo(2));
        Assert.That(_sink.Mails.Select(m => SmtpSink.Header(m, "Bcc") ?? SmtpSink.Header(m, "X-Evil")), Has.All.Null);
    }

    [Test]
    public async Task What_a_command_puts_into_the_outbox_goes_out_even_when_the_clock_of_the_law_is_years_ahead()
    {
        _register.On(2031, 4, 1);
        await _register.PublishedAsync();
        _register.On(2031, 4, 30);
        await _register.Services.GetRequiredService<Sweep>().RunAsync();
        var waiting = (await Delivery(Smtp).StateAsync()).Waiting;
        Assert.That(waiting, Is.GreaterThan(0));
        Assert.That((await Delivery(Smtp).RunAsync()).Delivered, Is.EqualTo(waiting));
    }

    private static string Decoded(string header) => string.Concat(header.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
    {
        var parts = word.Split('?');
        Assert.That((parts[0], parts[1].ToLowerInvariant(), parts[4]), Is.EqualTo(("=", "utf-8", "=")), word);
        Assert.That(parts[2], Is.EqualTo("B").IgnoreCase);
        return Encoding.UTF8.GetString(Convert.FromBase64String(parts[3]));
    }));

    private static string BodyOf(string mail) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(mail[mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)..].Replace("\r\n", "", StringComparison.Ordinal)));

    /// <summary>Sends, and dies before anybody hears of it.</summary>
    private sealed class DiesAfterSending(IDeliveryChannel channel, CancellationTokenSource death) : IDeliveryChannel
    {
        public string Name => channel.Name;

        public async Task DeliverAsync(Delivery delivery, CancellationToken ct)
        {
            await channel.DeliverAsync(delivery, CancellationToken.None);
            await death.CancelAsync();
        }
    }

    private sealed class StandingTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 21, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan time) => _now += time;
    }
}
