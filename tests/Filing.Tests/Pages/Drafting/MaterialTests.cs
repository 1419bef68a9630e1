using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Filing.Tests.Pages.Drafting;

/// <summary>材料: uploaded without scripts, downloaded only when they are what they were.</summary>
[TestFixture]
internal sealed class MaterialTests
{
    private DraftingTown _town = null!;
    private HttpClient _drafter = null!;
    private Guid _document;

    [OneTimeSetUp]
    public async Task Start()
    {
        _town = await DraftingTown.StartAsync();
        _drafter = await _town.Server.SignedIn("drafter");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _drafter.Dispose();
        await _town.DisposeAsync();
    }

    [SetUp]
    public async Task Submit() => _document = await _town.SubmittedAsync();

    private Task<PageForm> Open() => PageForm.OpenAsync(_drafter, $"/documents/{_document}/materials");

    private Task<int> Rows() => _town.Server.Scalar<int>("SELECT COUNT(*) FROM Material WHERE DocumentId = @_document", new { _document })!;

    private static PageForm Ready(PageForm form) => form.Fill(("Kind", "Explanation"), ("NotSecret", "true"));

    [Test]
    public async Task Several_files_are_taken_in_at_once_and_come_out_as_they_were()
    {
        var content = Encoding.UTF8.GetBytes("起草说明 𠮷");
        var form = Ready(await Open()).Choose("file", "起草说明“一”.txt", content).Choose("file", "依据.pdf", "%PDF-1.4 x"u8.ToArray());
        Assert.That(await form.PressOnAsync(), Is.EqualTo($"/documents/{_document}/materials"));
        Assert.That(await Rows(), Is.EqualTo(2));
        Assert.That(await _town.EventsAsync(_document), Does.Contain("material-added"));
        var page = await Open();
        Assert.That(page.Said, Does.Contain("已上传 “起草说明“一”.txt”、“依据.pdf”").And.Contain("已上传 2 件"));
        var link = page.Page.QuerySelectorAll("table a").First(a => a.TextContent.StartsWith("起草说明", StringComparison.Ordinal)).GetAttribute("href")!;
        var answer = await _drafter.GetAsync(link);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(content));
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/plain"));
            Assert.That(answer.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
            Assert.That(answer.Content.Headers.ContentDisposition!.FileNameStar, Is.EqualTo("起草说明“一”.txt"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
            Assert.That(answer.Headers.GetValues("Repr-Digest"), Is.EqualTo([$"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:"]));
            Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
        }
    }

    [Test]
    public async Task A_large_file_is_streamed_through_beyond_the_limit_of_other_requests()
    {
        var content = new byte[18 << 20];
        "%PDF-1.4"u8.CopyTo(content);
        await Ready(await Open()).Choose("file", "扫描件.pdf", content).PressOnAsync();
        Assert.That(await _town.Server.Scalar<long>("SELECT Size FROM Material WHERE DocumentId = @_document", new { _document }), Is.EqualTo(content.Length));
    }

    private static TestCaseData[] Refused =>
    [
        new TestCaseData("程序.exe", "MZ"u8.ToArray(), "true", "Explanation", "不接收 .exe 文件"),
        new TestCaseData("图.pdf", new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "true", "Explanation", "内容却不是"),
        new TestCaseData("空.pdf", Array.Empty<byte>(), "true", "Explanation", "是空的"),
        new TestCaseData("说明.txt", "x"u8.ToArray(), "false", "Explanation", "不涉密"),
        new TestCaseData("说明.txt", "x"u8.ToArray(), "true", "", "请选择材料种类"),
        new TestCaseData(new string('长', 210) + ".txt", "x"u8.ToArray(), "true", "Explanation", "文件名不能超过 200 字"),
    ];

    [TestCaseSource(nameof(Refused))]
    public async Task What_cannot_be_taken_in_is_said_clearly(string name, byte[] content, string notSecret, string kind, string said)
    {
        var form = (await Open()).Fill(("Kind", kind), ("NotSecret", notSecret)).Choose("file", name, content);
        var answer = await form.PressAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(PageForm.Errors(await PageForm.PageOf(answer)), Does.Contain(said));
        Assert.That(await Rows(), Is.Zero);
    }

    [Test]
    public async Task Nothing_chosen_is_asked_for() =>
        Assert.That(PageForm.Errors(await PageForm.PageOf(await Ready(await Open()).PressAsync())), Does.Contain("请选择文件"));

    [TestCase("", Description = "none")]
    [TestCase("made-up", Description = "another")]
    public async Task A_form_that_is_not_of_this_page_is_refused(string token)
    {
        var form = Ready(await Open()).Fill(("__RequestVerificationToken", token)).Choose("file", "说明.txt", "x"u8.ToArray());
        Assert.That((int)(await form.PressAsync()).StatusCode, Is.EqualTo(400));
        Assert.That(await Rows(), Is.Zero);
    }

    [Test]
    public async Task A_torn_upload_is_answered()
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"Kind\"\r\n\r\nExpl"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.That((int)(await _drafter.PostAsync($"/documents/{_document}/materials", content)).StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_file_that_has_changed_since_is_not_handed_out()
    {
        await Ready(await Open()).Choose("file", "说明.txt", "原来的"u8.ToArray()).PressOnAsync();
        var (id, sha) = (await _town.Server.Scalar<Guid>("SELECT Id FROM Material WHERE DocumentId = @_document", new { _document }), await _town.Server.Scalar<string>("SELECT Sha256 FROM Material WHERE DocumentId = @_document", new { _document }));
        var path = Path.Combine(_town.Server.Register.Folder, "materials", sha![..2], sha[2..4], sha);
        await File.WriteAllTextAsync(path, "别的");
        var answer = await _drafter.GetAsync($"/documents/{_document}/materials/{id}");
        Assert.That(((int)answer.StatusCode, answer.Content.Headers.ContentDisposition), Is.EqualTo((500, (ContentDispositionHeaderValue?)null)));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("与登记的摘要不符"));
    }

    [Test]
    public async Task The_materials_of_others_are_not_there()
    {
        await Ready(await Open()).Choose("file", "说明.txt", "x"u8.ToArray()).PressOnAsync();
        var id = await _town.Server.Scalar<Guid>("SELECT Id FROM Material WHERE DocumentId = @_document", new { _document });
        using var stranger = await _town.Server.SignedIn("stranger");
        Assert.That((int)(await stranger.GetAsync($"/documents/{_document}/materials/{id}")).StatusCode, Is.EqualTo(404));
        var other = await _town.SubmittedAsync();
        Assert.That((int)(await _drafter.GetAsync($"/documents/{other}/materials/{id}")).StatusCode, Is.EqualTo(404), "nor under another document");
    }
}
