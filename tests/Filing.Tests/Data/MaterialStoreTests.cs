using System.Security.Cryptography;
using Filing.Data;
using Filing.Domain;

namespace Filing.Tests.Data;

public sealed class MaterialStoreTests
{
    private static readonly byte[] Small = "规范性文件"u8.ToArray();
    private static readonly byte[] Large = RandomBytes(200_000);

    private TempFolder _folder = null!;
    private ShiftedClock _clock = null!;
    private MaterialStore _store = null!;

    [SetUp]
    public void Open()
    {
        _folder = new();
        _clock = new();
        _store = new(_folder["materials"], new DiskFileSystem(), _clock);
    }

    [TearDown]
    public void Close() => _folder.Dispose();

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(20260214).NextBytes(bytes);
        return bytes;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Task<Result<StoredMaterial>> Store(MaterialStore store, byte[] bytes, long limit = 1 << 20) =>
        store.StoreAsync(new MemoryStream(bytes), limit);

    private static Func<CancellationToken, Task<IReadOnlySet<string>>> Referenced(params byte[][] contents) =>
        _ => Task.FromResult<IReadOnlySet<string>>(contents.Select(Hash).ToHashSet());

    private string[] Files() => Directory.EnumerateFiles(_folder["materials"], "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) != "lock").Select(path => Path.GetFileName(path)).Order().ToArray();

    private string PathOf(byte[] bytes) => Path.Combine(_folder["materials"], Hash(bytes)[..2], Hash(bytes)[2..4], Hash(bytes));

    [Test]
    public async Task A_file_is_kept_under_its_hash_and_comes_back_whole()
    {
        foreach (var content in new[] { Small, Large, [] })
        {
            var stored = (await Store(_store, content)).Value;
            Assert.That(stored, Is.EqualTo(new StoredMaterial(Hash(content), content.Length)));
            await using var back = _store.Open(stored.Sha256).Value;
            using var copy = new MemoryStream();
            await back.CopyToAsync(copy);
            Assert.That(copy.ToArray(), Is.EqualTo(content));
            Assert.That(await _store.VerifyAsync(stored.Sha256), Is.EqualTo(MaterialState.Whole));
        }
    }

    [Test]
    public async Task The_same_content_from_many_at_once_is_kept_once_and_nothing_is_left_over()
    {
        var stored = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store(_store, Large))));
        Assert.That(stored.Select(result => result.Value.Sha256).Distinct(), Is.EqualTo(new[] { Hash(Large) }));
        Assert.That(Files(), Is.EqualTo(new[] { Hash(Large) }));
    }

    [TestCase(200_000, true)]
    [TestCase(199_999, false)]
    [TestCase(0, false)]
    public async Task The_limit_itself_is_allowed_and_a_byte_more_is_not(long limit, bool allowed)
    {
        var result = await Store(_store, Large, limit);
        Assert.That(result.Ok, Is.EqualTo(allowed));
        Assert.That(result.Error?.Kind, Is.EqualTo(allowed ? null : ErrorKind.TooLarge));
        Assert.That(Files(), Has.Length.EqualTo(allowed ? 1 : 0));
    }

    [Test]
    public async Task An_endless_stream_is_cut_off_at_the_limit()
    {
        var endless = new Endless();
        var result = await _store.StoreAsync(endless, 1_000_000);
        Assert.That(result.Error!.Kind, Is.EqualTo(ErrorKind.TooLarge));
        Assert.That(endless.Given, Is.LessThan(1_200_000));
    }

    [Test]
    public void A_cancelled_upload_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var endless = new Endless { OnRead = given => { if (given > 500_000) cancel.Cancel(); } };
        Assert.That(async () => await _store.StoreAsync(endless, long.MaxValue, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Files(), Is.Empty);
    }

    [TestCase("")]
    [TestCase("../../filing.db")]
    [TestCase("0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public async Task A_name_that_is_no_stored_hash_is_not_found(string name)
    {
        await Store(_store, []);
        Assert.That(_store.Open(name).Error?.Kind, Is.EqualTo(ErrorKind.NotFound));
        Assert.That(await _store.VerifyAsync(name), Is.EqualTo(MaterialState.Missing));
    }

    [Test]
    public async Task A_damaged_file_is_recognised_and_healed_by_the_next_upload()
    {
        await Store(_store, Large);
        await using (var file = File.OpenWrite(PathOf(Large))) file.WriteByte((byte)(Large[0] ^ 1));
        Assert.That(await _store.VerifyAsync(Hash(Large)), Is.EqualTo(MaterialState.Damaged));
        await Store(_store, Large);
        Assert.That(await _store.VerifyAsync(Hash(Large)), Is.EqualTo(MaterialState.Whole));
    }

    [Test]
    public async Task A_file_that_nothing_refers_to_is_removed_after_a_day_and_a_referenced_one_never()
    {
        await Store(_store, Small);
        await Store(_store, Large);
        _clock.Now += TimeSpan.FromHours(23);
        Assert.That(await _store.CollectOrphansAsync(Referenced(Small)), Is.Zero);
        _clock.Now += TimeSpan.FromHours(2);
        Assert.That(await _store.CollectOrphansAsync(Referenced(Small)), Is.EqualTo(1));
        Assert.That(Files(), Is.EqualTo(new[] { Hash(Small) }));
        _clock.Now += TimeSpan.FromDays(1000);
        Assert.That(await _store.CollectOrphansAsync(Referenced(Small)), Is.Zero);
    }

    [Test]
    public async Task An_old_orphan_that_is_uploaded_again_while_the_collector_looks_stays()
    {
        await Store(_store, Large);
        _clock.Now += TimeSpan.FromDays(2);
        var removed = await _store.CollectOrphansAsync(async _ =>
        {
            await Store(_store, Large);
            return new HashSet<string>();
        });
        Assert.That(removed, Is.Zero);
        Assert.That(await _store.VerifyAsync(Hash(Large)), Is.EqualTo(MaterialState.Whole));
    }

    [Test]
    public async Task What_a_broken_off_upload_left_is_removed_after_a_day_and_a_strangers_file_never()
    {
        await Store(_store, Small);
        foreach (var name in new[] { "incoming/0.part", "readme.txt" })
        {
            await File.WriteAllTextAsync(_folder[$"materials/{name}"], "left over");
            File.SetLastWriteTimeUtc(_folder[$"materials/{name}"], _clock.Now.UtcDateTime);
        }

        Assert.That(await _store.CollectOrphansAsync(Referenced(Small)), Is.Zero);
        _clock.Now += TimeSpan.FromDays(2);
        Assert.That(await _store.CollectOrphansAsync(Referenced(Small)), Is.EqualTo(1));
        Assert.That(Files(), Is.EqualTo(new[] { Hash(Small), "readme.txt" }.Order()));
    }

    [Test]
    public async Task An_exclusive_lock_keeps_everybody_else_waiting_and_a_shared_one_only_the_exclusive()
    {
        var files = new DiskFileSystem();
        using var shared = files.Lock(_folder["lock"], exclusive: false);
        files.Lock(_folder["lock"], exclusive: false).Dispose();
        var exclusive = Task.Run(() => files.Lock(_folder["lock"], exclusive: true));
        Assert.That(await Task.WhenAny(exclusive, Task.Delay(50)), Is.Not.SameAs(exclusive));
        shared.Dispose();
        (await exclusive).Dispose();
    }

    // Every step of an upload, with each way to fail and each thing that a power cut may leave behind.
    [TestCase(false, Survival.Everything)]
    [TestCase(true, Survival.Nothing)]
    [TestCase(true, Survival.Everything)]
    [TestCase(true, Survival.AtRandom)]
    public async Task No_promised_file_is_missing_or_torn_whichever_step_fails(bool powerCut, Survival survival)
    {
        var random = new Random(20260214);
        var faults = 0;
        for (var round = 0; round < (survival == Survival.AtRandom ? 40 : 1); round++)
        {
            for (var step = 1; ; step++)
            {
                var files = new FaultyFileSystem("/data") { Clock = _clock };
                var store = new MaterialStore("/data/materials", files, _clock);
                var promised = new HashSet<string> { (await Store(store, Small)).Value.Sha256 };
                files.FailAt = files.Steps + step;
                files.PowerCut = powerCut;
                var failed = false;
                foreach (var content in new[] { Large, Small, [] })
                {
                    try
                    {
                        promised.Add((await Store(store, content)).Value.Sha256);
                    }
                    catch (Exception e) when (e is IOException or PowerCutException)
                    {
                        failed = true;
                    }
                }

                if (!failed) break;
                faults++;
                if (powerCut) files.Restart(survival, random);
                else files.FailAt = 0;
                var after = new MaterialStore("/data/materials", files, _clock);
                foreach (var sha256 in promised)
                    Assert.That(await after.VerifyAsync(sha256), Is.EqualTo(MaterialState.Whole), $"step {step}: {sha256} of\n{files}");
                foreach (var name in files.Files.Select(path => Path.GetFileName(path)).Where(name => name.Length == 64))
                    Assert.That(await after.VerifyAsync(name), Is.EqualTo(MaterialState.Whole), $"step {step}: nobody was promised {name}, but its name says what it holds");

                // And it works on: the upload is tried again, the rubbish goes, the promised file stays.
                await Store(after, Large);
                _clock.Now += TimeSpan.FromDays(2);
                await after.CollectOrphansAsync(Referenced(Small));
                Assert.That(files.Files.Select(path => Path.GetFileName(path)), Is.EqualTo(new[] { Hash(Small) }), $"step {step}");
            }
        }

        Assert.That(faults, Is.GreaterThan(15));
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 2, 14, 16, 40, 7, TimeSpan.FromHours(8));

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    }

    private sealed class Endless : MemoryStream
    {
        public long Given { get; private set; }

        public Action<long>? OnRead { get; init; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Given += buffer.Length;
            OnRead?.Invoke(Given);
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
