namespace Filing.BrowserTests;

/// <summary>
/// A day of each role, by people who find their way by what the pages say: from the inbox to the form, through the check to the register.
/// Every page on the way is looked at.
/// </summary>
[TestFixture]
internal sealed class JourneyTests
{
    private const string Draft =
        """
        首页 > 政务公开 > 文件
        郴州市共享单车停放管理办法
        第一条 为了规范共享单车停放秩序，根据《中华人民共和国道路交通安全法》，制定本办法。
        第二条 本市城区内共享单车的停放适用本办法。
        第三条 经营企业应当在划定区域内投放车辆。
        第四条 本办法自公布之日起施行，有效期5年。
        版权所有 郴州市人民政府
        """;

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_drafter_pastes_a_draft_confirms_what_was_read_and_sees_it_wait_for_the_legal_office(bool scripts)
    {
        await using var drafter = await Person.ComesAsync("drafter-cgj", scripts);
        await drafter.FollowsAsync("新送审");
        await drafter.LooksAsync("submit-empty");
        await drafter.WritesAsync("或者粘贴正文", Draft.Replace("共享单车", scripts ? "共享单车" : "共享汽车", StringComparison.Ordinal));
        await drafter.ChoosesAsync("我确认所提交的文件和内容不涉及国家秘密、工作秘密");
        await drafter.PressesAsync("读取");
        await drafter.LooksAsync("submit-proposed");
        Assert.That(await drafter.Page.InputValueAsync("#f-Title"), Does.Contain("停放管理办法").And.Not.Contain("首页"));
        await drafter.ChoosesAsync("部门规范性文件");
        await drafter.Page.SelectOptionAsync("#f-IssuingBody", new Microsoft.Playwright.SelectOptionValue { Label = "郴州市城市管理和综合执法局" });
        await drafter.PressesAsync("下一步：核对");
        Assert.That(await drafter.SeesAsync(), Does.Contain("下一步").And.Contain("认定（郴州市司法局 · 审查员）"));
        await drafter.LooksAsync("submit-check");
        await drafter.PressesAsync("确认：送审");
        Assert.That(await drafter.SeesAsync(), Does.Contain("认定"));
        await drafter.GoesToAsync("/?which=waiting");
        Assert.That(await drafter.SeesAsync(), Does.Contain(scripts ? "共享单车" : "共享汽车"));
        await drafter.LooksAsync("waiting");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_reviewer_takes_a_draft_in_and_reviews_another_article_by_article(bool scripts)
    {
        await using var reviewer = await Person.ComesAsync("reviewer", scripts);
        await reviewer.LooksAsync("inbox");
        if (scripts)
        {
            await reviewer.OpensTaskAsync("认定");
            await reviewer.ChoosesAsync("属于规范性文件");
            await reviewer.WritesAsync("理由", "涉及公民权利义务，普遍适用，可以反复适用。");
            await reviewer.ConfirmsAsync("认定");
            await reviewer.GoesToAsync("/");
        }

        await reviewer.OpensTaskAsync("合法性审查");
        await reviewer.ChoosesAsync("权限");
        await reviewer.WritesAsync("条款", "第三条");
        await reviewer.Page.FillAsync("#f-Finding-Text", "设定义务没有上位法依据，应当删去。");
        await reviewer.PressesAsync("加入意见");
        Assert.That(await reviewer.SeesAsync(), Does.Contain("设定义务没有上位法依据"));
        await reviewer.LooksAsync("review");
    }

    [Test]
    public async Task A_registrar_numbers_and_sees_the_number_at_once_in_the_register()
    {
        await using var registrar = await Person.ComesAsync("registrar");
        await registrar.OpensTaskAsync("统一编号");
        await registrar.LooksAsync("number");
        if (await registrar.Page.Locator("#f-IssueNumber").CountAsync() > 0) await registrar.Page.FillAsync("#f-IssueNumber", "郴林发〔2026〕99号");
        await registrar.ConfirmsAsync("统一编号");
        var number = System.Text.RegularExpressions.Regex.Match(await registrar.SeesAsync(), "CZCR-2026-[0-9]{5}").Value;
        Assert.That(number, Is.Not.Empty);
        await registrar.GoesToAsync("/register?q=" + number);
        Assert.That(await registrar.SeesAsync(), Does.Contain(number));
        await registrar.LooksAsync("register");
    }

    [Test]
    public async Task A_publisher_publishes_and_the_public_finds_it_the_same_moment()
    {
        await using var publisher = await Person.ComesAsync("publisher");
        await publisher.OpensTaskAsync("统一公布");
        var title = (await publisher.Page.InnerTextAsync("h1 small")).Trim();
        await publisher.LooksAsync("publish");
        await publisher.ConfirmsAsync("统一公布");
        await using var citizen = await Person.ComesAsync(null);
        await citizen.GoesToAsync("/public?state=all&q=" + Uri.EscapeDataString(title));
        await citizen.FollowsAsync(title);
        Assert.That(await citizen.SeesAsync(), Does.Contain("统一登记号").And.Contain("公布"));
        await citizen.LooksAsync("public-document");
    }

    [Test]
    public async Task A_filer_sees_what_is_due_and_files_it()
    {
        await using var filer = await Person.ComesAsync("publisher");
        await filer.GoesToAsync("/filings");
        await filer.LooksAsync("filings");
        await filer.GoesToAsync("/");
        await filer.OpensTaskAsync("报送备案");
        await filer.LooksAsync("file-up");
    }

    [Test]
    public async Task A_receiver_registers_what_a_county_filed()
    {
        await using var receiver = await Person.ComesAsync("supervisor");
        await receiver.GoesToAsync("/filings/received");
        await receiver.LooksAsync("received");
        await receiver.GoesToAsync("/");
        await receiver.OpensTaskAsync("接收备案");
        await receiver.Page.GetByRole(Microsoft.Playwright.AriaRole.Radio).First.CheckAsync();
        await receiver.LooksAsync("receive");
        await receiver.ConfirmsAsync("接收备案");
        Assert.That(await receiver.SeesAsync(), Does.Contain("备案已登记"));
    }

    [Test]
    public async Task A_supervisor_goes_from_every_figure_of_the_board_to_its_rows()
    {
        await using var supervisor = await Person.ComesAsync("supervisor");
        await supervisor.FollowsAsync("看板");
        await supervisor.LooksAsync("board");
        var links = await supervisor.Page.Locator(".figures a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        Assert.That(links, Is.Not.Empty);
        foreach (var link in links.Distinct()) await supervisor.GoesToAsync(link);
    }

    [TestCase(true, 1366)]
    [TestCase(true, 390)]
    [TestCase(false, 1366)]
    public async Task A_citizen_looks_up_what_is_in_force_and_comments_on_a_draft(bool scripts, int width)
    {
        await using var citizen = await Person.ComesAsync(null, scripts, width, 844);
        await citizen.GoesToAsync("/public");
        await citizen.LooksAsync("public");
        await citizen.GoesToAsync("/public?on=2025年3月1日");
        Assert.That(await citizen.SeesAsync(), Does.Contain("2025年3月1日"));
        await citizen.Page.Locator("main a[href^='/public/documents/']").First.ClickAsync();
        await citizen.LooksAsync("public-document");
        await citizen.GoesToAsync("/public/consultations");
        await citizen.LooksAsync("consultations");
        await citizen.Page.Locator("main a[href^='/public/consultations/']").First.ClickAsync();
        await citizen.WritesAsync("意见内容", $"建议第二条写明适用的区域。（{width}，{scripts}）");
        await citizen.PressesAsync("提交意见");
        Assert.That(await citizen.SeesAsync(), Does.Contain("回执").Or.Contain("编号"));
        await citizen.LooksAsync("comment-sent");
    }
}
