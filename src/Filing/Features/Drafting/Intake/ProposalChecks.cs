using System.Globalization;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>What a paper should say and does not, and where its places contradict each other.</summary>
internal static class ProposalChecks
{
    private const string FormRule = "党政机关公文处理工作条例第九条";

    /// <summary>What is missing, to be asked for.</summary>
    public static IReadOnlyList<MissingValue> Missing(DocumentProposal paper)
    {
        var missing = new List<MissingValue>();
        void Ask(bool absent, string field, string message, string? rule)
        {
            if (absent) missing.Add(new MissingValue(field, message, rule));
        }

        Ask(paper.Title is null, "title", "未识别出标题，请填写。", FormRule);
        Ask(paper.Bodies.Count == 0, "bodies", "未识别出制发机关，请填写。", FormRule);
        Ask(paper.Number is null, "number", "未见发文字号，请填写；尚未编号的草案可留空。", FormRule);
        Ask(paper.DateOf(PaperDateKind.Signing) is null, "signedOn", "未见成文（签署）日期，请填写；尚未签署的草案可留空。", FormRule);
        Ask(paper.Receivers.Count == 0, "receivers", "未见主送机关；公告、通告等普发文件可留空。", null);
        if (paper.Scope.Value == PaperScope.OutsideRegister) return missing;
        Ask(paper.DateOf(PaperDateKind.Published) is null, "publishedOn",
            "文中未写明公布日期。报备期限从公布之日起计算，请按在规定载体上首次公布之日填写；成文、登记、印发日期都不能代替。", "备案期限自发布（公布）之日起计算");
        Ask(paper.OtherNumbers.All(number => number.Value.Kind != OtherNumberKind.Registration), "registrationNumber",
            "未见统一登记号；实行统一登记的地方（如湖南）须先登记编号再公布。", "未经统一登记、统一编号、统一公布的规范性文件不得作为行政管理的依据");
        Ask(paper.Terms.All(term => term.Value.Kind is not (TermClauseKind.FromIssue or TermClauseKind.FromDate or TermClauseKind.DaysAfterIssue)) && paper.DateOf(PaperDateKind.InForce) is null,
            "inForceOn", "文中未写明施行日期，请填写。", null);
        Ask(paper.Terms.All(term => term.Value.Kind is not (TermClauseKind.Years or TermClauseKind.UntilDate or TermClauseKind.LongTerm)) && paper.DateOf(PaperDateKind.ValidUntil) is null,
            "validity", "文中未写明有效期，请填写，或按本地规则的默认期限处理。", "规范性文件除需长期执行的外应当设定有效期");
        Ask(paper.Disclosure is null, "disclosure", "文中未写明公开方式，请选择。", "政府信息公开条例第二十条");
        return missing;
    }

    /// <summary>The findings, in the order of the text.</summary>
    public static IReadOnlyList<Finding> Findings(DocumentProposal proposal, Paper paper)
    {
        var findings = new List<Finding>();
        DateOrder(proposal, findings);
        EmptyFields(proposal, findings);
        FieldConflicts(proposal, findings);
        IndexNumber(proposal, paper, findings);
        NumberForm(proposal, paper, findings);
        return [.. findings.OrderBy(finding => finding.First.Line).ThenBy(finding => finding.First.Start)];
    }

    private static void DateOrder(DocumentProposal proposal, List<Finding> findings)
    {
        if (proposal.DateOf(PaperDateKind.Signing) is not { } signed) return;
        foreach (var other in proposal.Dates)
        {
            var name = other.Value.Kind switch
            {
                PaperDateKind.Printed => "印发日期",
                PaperDateKind.Registered => "登记日期",
                PaperDateKind.Published => "公布日期",
                PaperDateKind.InForce => "施行日期",
                PaperDateKind.Issued => "发文日期",
                PaperDateKind.ValidUntil => "有效期届满日期",
                _ => null,
            };
            if (name is null) continue;
            if (other.Value.Date < signed.Value.Date)
            {
                findings.Add(new("DATE_ORDER", FindingWeight.Contradiction,
                    $"{name} {Say(other.Value.Date)} 早于成文日期 {Say(signed.Value.Date)}，请核对原件。", other.Place, signed.Place));
            }
            else if (other.Value.Kind == PaperDateKind.Registered && other.Value.Date > signed.Value.Date)
            {
                findings.Add(new("REGISTERED_AFTER_SIGNED", FindingWeight.Note, string.Create(CultureInfo.InvariantCulture,
                    $"登记日期 {Say(other.Value.Date)} 晚于签署日期 {Say(signed.Value.Date)} {other.Value.Date.DayNumber - signed.Value.Date.DayNumber} 天：登记不是签署，也不是公布，请勿混用。"),
                    other.Place, signed.Place));
            }
        }

        var dates = proposal.Dates.Where(date => date.Value.Kind == PaperDateKind.Signing).ToList();
        foreach (var second in dates.Skip(1).Where(date => date.Value.Date != dates[0].Value.Date))
            findings.Add(new("META_CONFLICT", FindingWeight.Contradiction, $"成文（签署）日期有两个：{Say(dates[0].Value.Date)} 和 {Say(second.Value.Date)}。", dates[0].Place, second.Place));
    }

    private static void EmptyFields(DocumentProposal proposal, List<Finding> findings)
    {
        foreach (var field in proposal.Fields.Where(field => field.Value.Length == 0))
        {
            var (shown, what) = field.Label switch
            {
                "文号" or "发文字号" or "文件编号" => (proposal.Number?.Place, proposal.Number?.Value.ToString()),
                "签署日期" or "成文日期" or "生成日期" => Date(PaperDateKind.Signing),
                "施行日期" or "实施日期" or "生效日期" => Date(PaperDateKind.InForce),
                "发文日期" => Date(PaperDateKind.Printed),
                "统一登记号" or "规范性文件登记号" or "登记号" => Registration(),
                "所属机构" or "发布机构" or "发文机关" or "制定机关" => (proposal.Bodies.Count > 0 ? proposal.Bodies[0].Place : null, proposal.Bodies.Count > 0 ? proposal.Bodies[0].Value.Name : null),
                _ => ((TextPlace?)null, (string?)null),
            };
            if (shown is not null)
                findings.Add(new("META_GAP", FindingWeight.Gap, $"目录栏“{field.Label}”为空，而正文载明“{what}”，请补录。", field.Place, shown));
            else if (field.Label is "统一登记号" or "规范性文件登记号" or "登记号")
                findings.Add(new("META_GAP", FindingWeight.Gap, $"目录栏“{field.Label}”为空，正文也未载明，请核实是否已经统一登记。", field.Place, null));
        }

        (TextPlace?, string?) Date(PaperDateKind kind) => proposal.DateOf(kind) is { } date ? (date.Place, Say(date.Value.Date)) : (null, null);

        (TextPlace?, string?) Registration() => proposal.OtherNumbers.FirstOrDefault(number => number.Value.Kind == OtherNumberKind.Registration) is { } number ? (number.Place, number.Value.Text) : (null, null);
    }

    private static void FieldConflicts(DocumentProposal proposal, List<Finding> findings)
    {
        if (proposal.Number is not { } number) return;
        foreach (var field in proposal.Fields)
        {
            if (field.Label is "文号" or "发文字号" or "文件编号" && IssueNumber.TryParse(field.Value, out var other, out _) && other != number.Value)
                findings.Add(new("META_CONFLICT", FindingWeight.Contradiction, $"目录栏“{field.Label}”是 {other}，文件首部是 {number.Value}。", field.Place, number.Place));
        }
    }

    /// <summary>The index number names the platform's node and the year of entry; both are often taken for region and year of the paper.</summary>
    private static void IndexNumber(DocumentProposal proposal, Paper paper, List<Finding> findings)
    {
        if (proposal.OtherNumbers.FirstOrDefault(number => number.Value.Kind == OtherNumberKind.Index) is not { } index) return;
        var text = index.Value.Text;
        if (paper.SiteCode is { Quote: var site } place && text.Length >= 6 && text.AsSpan(0, 6).IndexOfAnyExceptInRange('0', '9') < 0 && !text.AsSpan().StartsWith(site.AsSpan(0, 4)))
        {
            findings.Add(new("INDEX_REGION", FindingWeight.Contradiction,
                $"索引号以 {text[..6]} 开头，与本网站所在地区代码 {site[..6]} 不符：索引号的前段是平台节点代码，不能据以判断地区。", index.Place, place));
        }

        var slash = text.AsSpan().LastIndexOfAny('/', '-', '—');
        foreach (var part in text.Split('/', '-', '—'))
        {
            if (slash < 0 || part.Length != 4 || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1949 or > 2099) continue;
            var (own, shown) = proposal.Number is { } number ? (number.Value.Year, number.Place)
                : proposal.DateOf(PaperDateKind.Signing) is { } signed ? (signed.Value.Date.Year, signed.Place) : (year, null);
            if (own != year)
            {
                findings.Add(new("INDEX_YEAR", FindingWeight.Contradiction, string.Create(CultureInfo.InvariantCulture,
                    $"索引号中的年份是 {year} 年，文件是 {own} 年的：索引号的年份是录入年份，不能据以判断文件年份。"), index.Place, shown));
            }

            break;
        }
    }

    private static void NumberForm(DocumentProposal proposal, Paper paper, List<Finding> findings)
    {
        if (proposal.Number is not { } number) return;
        var written = PageRows.Squeezed(number.Place.Quote);
        if (written != number.Value.ToString())
            findings.Add(new("NUMBER_FORM", FindingWeight.Note, $"文号写作“{written}”，规范写法是“{number.Value}”。", number.Place, null));
        if (proposal.DateOf(PaperDateKind.Signing) is { } signed && signed.Value.Date.Year != number.Value.Year)
        {
            findings.Add(new("NUMBER_YEAR", FindingWeight.Contradiction, string.Create(CultureInfo.InvariantCulture,
                $"文号的年份是 {number.Value.Year} 年，成文日期在 {signed.Value.Date.Year} 年。"), number.Place, signed.Place));
        }

        if (paper.Headline?.Number is var (place, other) && other != number.Value)
            findings.Add(new("META_CONFLICT", FindingWeight.Contradiction, $"网页标题中的文号是 {other}，文件首部是 {number.Value}。", place, number.Place));
    }

    private static string Say(DateOnly date) => ChineseDate.Format(date);
}
