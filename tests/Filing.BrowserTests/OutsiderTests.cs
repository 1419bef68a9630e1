using System.Text.RegularExpressions;
using Filing.Domain;
using Filing.Pipeline;
using Microsoft.Playwright;

namespace Filing.BrowserTests;

/// <summary>
/// Somebody who knows the offices but not the system brings a document of the city from the first sign-in to its publication and filing. No address is
/// typed but the first: who is next is read from the document's page, the account from the sign-in page, the work from the inbox, and the rest is
/// links, fields and buttons by their words.
/// </summary>
[TestFixture]
internal sealed partial class OutsiderTests
{
    private const string Title = "郴州市中小学校午休服务管理办法";

    private const string Draft =
        $"""
        {Title}
        第一条 为了规范中小学校午休服务，保障学生身心健康，根据《中华人民共和国义务教育法》《中华人民共和国未成年人保护法》，结合本市实际，制定本办法。
        第二条 本市行政区域内公办中小学校提供的午休服务，适用本办法。
        第三条 市教育局负责本办法的组织实施，财政、市场监督管理等部门按照各自职责做好相关工作。
        第四条 学校提供午休服务应当坚持自愿原则，公开服务内容和收支情况。
        第五条 本办法自公布之日起30日后施行，有效期5年。
        """;

    private Premises _premises = null!;
    private Person _outsider = null!;
    private string? _desk;
    private int _signatures;

    private IPage Page => _outsider.Page;

    [OneTimeSetUp]
    public async Task Come()
    {
        _premises = await Premises.OpenAsync();
        _outsider = await Person.ComesAsync(null, address: _premises.Address);
    }

    [OneTimeTearDown]
    public async Task Leave()
    {
        if (_outsider is not null) await _outsider.DisposeAsync();
        if (_premises is not null) await _premises.DisposeAsync();
    }

    /// <summary>Where it ended, whether well or not.</summary>
    [TearDown]
    public Task Keep() => Page.ScreenshotAsync(new() { Path = Path.Combine(Office.Screenshots, "outsider-last.png"), FullPage = true });

    [Test]
    public async Task Whoever_follows_only_what_the_pages_say_comes_from_sign_in_to_a_published_and_filed_document()
    {
        await _outsider.GoesToAsync("/");
        await SitsDownAsync("郴州市教育局 · 起草人");
        await SubmitsAsync();

        var done = new List<string>();
        while (await WaitsForAsync() is { } next && done.Count < 30)
        {
            await SitsDownAsync(next.Desk, next.Task == "签发" ? _signatures++ : 0);
            await Page.Locator("tr", new() { HasText = Title }).Locator("td a.tag", new() { HasText = next.Task }).First.ClickAsync();
            await DoesAsync(next.Task);
            done.Add(next.Task);
        }

        Assert.That(done.Take(4).Order(StringComparer.Ordinal), Is.EqualTo(((string[])["认定", "补齐材料", "征求单位意见", "公开征求意见"]).Order(StringComparer.Ordinal)), "both consultations are open at once");
        Assert.That(done.Skip(4), Is.EqualTo((string[])["起草单位法制审核", "受理", "合法性审查", "集体讨论决定", "签发", "签发", "统一登记", "统一编号", "统一公布", "报送备案", "接收备案"]));
        await SeesTheEndAsync();
    }

    /// <summary>The drafter pastes a text and confirms what was read from it.</summary>
    private async Task SubmitsAsync()
    {
        await _outsider.FollowsAsync("新送审");
        await _outsider.WritesAsync("或者粘贴正文", Draft);
        await _outsider.ChoosesAsync("我确认所提交的文件和内容不涉及国家秘密、工作秘密");
        await _outsider.PressesAsync("读取");
        Assert.That(await Page.GetByLabel("标题").Last.InputValueAsync(), Is.EqualTo(Title));
        await Page.GetByLabel("制定机关").First.SelectOptionAsync(new SelectOptionValue { Label = "郴州市人民政府" });
        await _outsider.ChoosesAsync("政府规范性文件");
        await ConfirmsAsync("送审");
    }

    /// <summary>What each task asks for, in the words of its page.</summary>
    private Task DoesAsync(string task) => task switch
    {
        "认定" => IdentifiesAsync(),
        "补齐材料" => CompletesAsync(),
        "征求单位意见" => ConsultsUnitsAsync(),
        "公开征求意见" => ConsultsThePublicAsync(),
        "起草单位法制审核" => ChecksAsync(),
        "受理" => AcceptsAsync(),
        "合法性审查" => ReviewsAsync(),
        "集体讨论决定" => DecidesAsync(),
        "签发" => SignsAsync(),
        "统一登记" => RegistersAsync(),
        "统一编号" => NumbersAsync(),
        "统一公布" => ConfirmsAsync("统一公布"),
        "报送备案" => FilesAsync(),
        "接收备案" => ReceivesAsync(),
        _ => throw new AssertionException($"an unexpected task: {task}"),
    };

    private async Task IdentifiesAsync()
    {
        await _outsider.ChoosesAsync("属于规范性文件");
        await _outsider.WritesAsync("理由", "规定学校和学生的权利义务，普遍适用，可以反复适用。");
        await ConfirmsAsync("认定");
    }

    private async Task CompletesAsync()
    {
        await _outsider.WritesAsync("起草说明", "午休条件各校不一，需要统一规定。起草中调研了十二所学校，征求意见将随后进行。");
        await _outsider.PressesAsync("补齐材料");
        await Page.WaitForURLAsync(DonePage());
        // A paper that has just been made is shown first.
        if (Page.Url.Contains("/papers/", StringComparison.Ordinal)) await _outsider.FollowsAsync("返回文件");
    }

    private async Task ConsultsUnitsAsync()
    {
        await _outsider.WritesAsync("征求哪些单位", "市财政局\n市司法局");
        await _outsider.WritesAsync("截止日期", ChineseDate.Format(_premises.Register.Clock.Today.AddDays(5)));
        await _outsider.WritesAsync("渠道", "公函");
        await _outsider.PressesAsync("发起征求意见");
        await _outsider.WritesAsync("提出人", "市财政局");
        await Page.GetByLabel("意见", new() { Exact = true }).FillAsync("建议明确经费来源。");
        await _outsider.PressesAsync("登记这一条");
        await Page.GetByLabel("第 1 条的采纳情况").SelectOptionAsync(new SelectOptionValue { Label = "采纳" });
        await _outsider.PressesAsync("保存采纳情况");
        await ConfirmsAsync("结束征求单位意见");
    }

    /// <summary>The page says until when it lasts; the clock goes there, and the same page is opened from the inbox again.</summary>
    private async Task ConsultsThePublicAsync()
    {
        await _outsider.PressesAsync("发起征求意见");
        await Page.GetByText("已发起，至").WaitForAsync();
        var ready = ReadyFrom().Match(await _outsider.SeesAsync()).Groups[1].Value;
        Assert.That(ready, Is.Not.Empty, "the page says from when on it can be closed");
        Assert.That(await Page.Locator("button[value=check]").CountAsync(), Is.Zero, "not before");
        _premises.Register.Clock.Move(LegalClock.StartOf(DateOnly.ParseExact(ready, "yyyy年M月d日", System.Globalization.CultureInfo.InvariantCulture)).AddHours(9.5));
        await _outsider.FollowsAsync("待办");
        await Page.Locator("tr", new() { HasText = Title }).Locator("td a.tag", new() { HasText = "公开征求意见" }).First.ClickAsync();
        await ConfirmsAsync("结束公开征求意见");
    }

    private async Task ChecksAsync()
    {
        await _outsider.ChoosesAsync("审核通过");
        await _outsider.WritesAsync("审核意见", "内容合法，程序齐备。");
        await ConfirmsAsync("起草单位法制审核");
    }

    private async Task AcceptsAsync()
    {
        await _outsider.ChoosesAsync("予以受理");
        await ConfirmsAsync("受理");
    }

    private async Task ReviewsAsync()
    {
        foreach (var box in await Page.Locator("#f-ForbiddenChecked input[type=checkbox]").AllAsync()) await box.CheckAsync();
        foreach (var lawful in await Page.Locator("#f-Aspects").GetByLabel("合法", new() { Exact = true }).AllAsync()) await lawful.CheckAsync();
        await Page.Locator("#conclusion input[type=radio]").First.CheckAsync();
        await ConfirmsAsync("合法性审查");
    }

    private async Task DecidesAsync()
    {
        await _outsider.WritesAsync("会议", "郴州市人民政府常务会议");
        await _outsider.WritesAsync("次数或者编号", "第128次");
        await _outsider.WritesAsync("主持人", "市长");
        await _outsider.WritesAsync("出席人员", "市长、副市长、秘书长");
        await _outsider.ChoosesAsync("通过");
        await ConfirmsAsync("集体讨论决定");
    }

    private async Task SignsAsync()
    {
        await Page.Locator("#f-Outcome input[type=radio]").First.CheckAsync();
        await ConfirmsAsync("签发");
    }

    private async Task RegistersAsync()
    {
        await Page.Locator("#f-Outcome input[type=radio]").First.CheckAsync();
        await ConfirmsAsync("统一登记");
    }

    private async Task NumbersAsync()
    {
        await _outsider.WritesAsync("发文字号", "郴政发〔2026〕188号");
        await ConfirmsAsync("统一编号");
        Assert.That(await _outsider.SeesAsync(), Does.Match("CZCR-2026-[0-9]{5}").And.Contain("郴政发〔2026〕188号"), "both numbers at once");
    }

    private async Task FilesAsync()
    {
        await _outsider.FollowsAsync("上传材料");
        await Page.GetByLabel("材料种类").SelectOptionAsync(new SelectOptionValue { Label = "制定依据" });
        await _outsider.ChoosesAsync("我确认所上传的文件不涉及国家秘密、工作秘密");
        await Page.GetByLabel("文件", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "制定依据.txt", MimeType = "text/plain", Buffer = "《中华人民共和国义务教育法》\n"u8.ToArray() });
        await _outsider.PressesAsync("上传");
        await _outsider.FollowsAsync("待办");
        await Page.Locator("tr", new() { HasText = Title }).Locator("td a.tag", new() { HasText = "报送备案" }).First.ClickAsync();
        await ConfirmsAsync("报送备案");
    }

    private async Task ReceivesAsync()
    {
        await _outsider.ChoosesAsync("备案登记");
        await ConfirmsAsync("接收备案");
    }

    /// <summary>The document's page has its numbers, when it was to be filed and why then; the public finds it.</summary>
    private async Task SeesTheEndAsync()
    {
        await _outsider.LooksAsync("filed");
        var seen = await _outsider.SeesAsync();
        Assert.That(seen, Does.Match("CZCR-2026-[0-9]{5}").And.Contain("郴政发〔2026〕188号"));
        Assert.That(
            await Page.Locator(".deadline", new() { HasText = "报送备案" }).InnerTextAsync(),
            Does.Contain("2026年12月14日 星期一").And.Contain("11月27日公布，当日不计").And.Contain("自11月28日起第15日为 12月12日（星期六）").And.Contain("12月12日是星期六，顺延至 12月14日（星期一）"));
        await _outsider.FollowsAsync("公众查询");
        await _outsider.WritesAsync("标题或文号", Title);
        await _outsider.PressesAsync("查询");
        // Published today, in force in a month: the list of what is in force says where it is.
        await _outsider.FollowsAsync("尚未施行 1 件");
        await _outsider.FollowsAsync(Title);
        Assert.That(await _outsider.SeesAsync(), Does.Contain("郴政发〔2026〕188号").And.Contain("公布"));
        await _outsider.LooksAsync("public-document");
    }

    /// <summary>Who is next, as the document's page says it: by the button of one's own task, or by the line that names the desk that is waited for.</summary>
    private async Task<(string Task, string Desk)?> WaitsForAsync()
    {
        var now = Page.Locator(".now").First;
        if (await now.CountAsync() == 0) return null;
        if (await now.Locator("a.btn.main").CountAsync() > 0) return ((await now.Locator("a.btn.main").First.InnerTextAsync()).Trim(), _desk!);
        var waits = Waits().Match(await now.InnerTextAsync());
        Assert.That(waits.Success, Is.True, await now.InnerTextAsync());
        return (waits.Groups[1].Value, waits.Groups[2].Value);
    }

    /// <summary>Checks the answers and confirms, which leads to the page of the document.</summary>
    private async Task ConfirmsAsync(string act)
    {
        await _outsider.ConfirmsAsync(act);
        await Page.WaitForURLAsync(DonePage());
        // A paper that has just been made is shown first.
        if (Page.Url.Contains("/papers/", StringComparison.Ordinal)) await _outsider.FollowsAsync("返回文件");
    }

    /// <summary>Signs in as whoever the sign-in page says to sit there; the next one where several do.</summary>
    private async Task SitsDownAsync(string desk, int nth = 0)
    {
        var same = _desk == desk && nth == 0;
        _desk = desk;
        if (!same)
        {
            if (await Page.GetByRole(AriaRole.Button, new() { Name = "退出" }).CountAsync() > 0) await _outsider.PressesAsync("退出");
            var account = Page.Locator("li", new() { HasText = desk }).Nth(nth);
            var folded = Page.Locator("details:not([open])", new() { Has = Page.Locator("li", new() { HasText = desk }) }).Locator("summary");
            if (await folded.CountAsync() > 0) await folded.First.ClickAsync();
            await account.Locator("button").ClickAsync();
        }
        else
        {
            await _outsider.FollowsAsync("待办");
        }
    }

    [GeneratedRegex("/documents/[0-9a-f-]{36}(/papers/[a-z-]+)?$")]
    private static partial Regex DonePage();

    [GeneratedRegex("([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)起可以结束")]
    private static partial Regex ReadyFrom();

    [GeneratedRegex("等待：\\s*(\\S+?)（(.+? · .+?)，")]
    private static partial Regex Waits();
}
