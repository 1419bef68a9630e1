using System.Globalization;
using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>What alerts say. The definitions name a notice; the words stand here.</summary>
internal static class NoticeWords
{
    /// <summary>The notice of a rung for which no definition waits.</summary>
    public const string Unattended = "limit-unattended";

    /// <summary>True when there is such a notice.</summary>
    public static bool Known(string? notice) => notice is not null && Head(notice) is not null;

    /// <summary>The subject line of an alert.</summary>
    public static string Title(string notice, string title) => $"{Head(notice)}：《{title}》";

    /// <summary>The text of an alert.</summary>
    public static string Body(string notice, string title, Ring? ring, DateOnly today) => ring is null
        ? $"《{title}》{Head(notice)}。"
        : notice switch
        {
            "validity-lapsed" => $"《{title}》的有效期已于{ChineseDate.Format(ring.Due)}届满，自次日起失效，不得再作为行政管理的依据。",
            "validity-expiring" => $"《{title}》的有效期至{ChineseDate.Format(ring.Due)}止，{Ahead(ring.Due, today)}。需要继续执行的，应当在届满前评估并重新登记、编号、公布。",
            "evaluation-opened" => $"《{title}》有效期将满，自{ChineseDate.Format(ring.Due)}起应当开展届满前评估。",
            _ => $"《{title}》“{ring.Label}”应于{ChineseDate.FormatFull(ring.Due)}前完成，{(today > ring.Due ? Late(ring.Due, today) : Ahead(ring.Due, today))}。{Consequence(notice)}",
        };

    private static string Ahead(DateOnly due, DateOnly today) =>
        due == today ? "今日到期" : string.Create(CultureInfo.InvariantCulture, $"还有 {due.DayNumber - today.DayNumber} 天");

    private static string Late(DateOnly due, DateOnly today) => string.Create(CultureInfo.InvariantCulture, $"已逾期 {today.DayNumber - due.DayNumber} 天");

    private static string Consequence(string notice) => notice switch
    {
        "filing-overdue" => "请立即报送备案。",
        "filing-escalated" => "已报送督查。",
        Unattended => "流程中没有环节等候这一期限，请核实办理情况。",
        _ => "",
    };

    private static string? Head(string notice) => notice switch
    {
        "review-due-soon" => "审查期限将至",
        "review-overdue" => "审查逾期催办",
        "filing-due-soon" => "报备期限将至",
        "filing-overdue" => "报备逾期催报",
        "filing-escalated" => "报备逾期报送督查",
        "supplement-due-soon" => "补正期限将至",
        "supplement-overdue" => "补正逾期催办",
        "validity-expiring" => "有效期即将届满",
        "validity-lapsed" => "有效期届满失效",
        "evaluation-opened" => "开展届满前评估",
        Unattended => "期限提醒",
        _ => null,
    };
}
