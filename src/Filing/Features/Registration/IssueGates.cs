using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Features.Registration;

/// <summary>
/// What must hold before a document is registered, numbered and published, whatever a definition offers: signed before registered, registered
/// before numbered, and always the text that was approved. The codes begin with the step: <c>register.not-signed</c>.
/// </summary>
internal static class IssueGates
{
    /// <summary>Signed at every level, and none of the signatures was voided: <c>not-signed</c>.</summary>
    public static Error? Signed(string step, Approval approval) =>
        approval.Signed ? null : Error.Refused($"{step}.not-signed", $"该文件尚未签发，或签发已因退回而失效，不能{Name(step)}。");

    /// <summary>The latest text is the approved one: <c>text-changed</c>.</summary>
    public static Error? Unchanged(string step, Approval approval) =>
        approval.Unchanged ? null : Error.Refused($"{step}.text-changed", $"正文与审签通过的文本不一致，不能{Name(step)}。请退回重新审签，或恢复审签文本。");

    /// <summary>Not registered yet: <c>register.already</c>.</summary>
    public static Error? NotRegistered(Case file) => file.Latest(FactKind.Registered) is { } fact
        ? Error.Refused("register.already", $"该文件已于{ChineseDate.Format(fact.LegalDate)}统一登记，不能重复登记。")
        : null;

    /// <summary>Entered in the register, where the profile wants it: <c>not-registered</c>.</summary>
    public static Error? Registered(string step, Case file) =>
        file.Has(FactKind.Registered) || !file.Profile.RequiredBeforePublication.Value.Contains(PublicationRequirement.Registered)
            ? null
            : Error.Refused($"{step}.not-registered", $"该文件尚未统一登记，不能{Name(step)}（{file.Profile.RequiredBeforePublication.Source}）。");

    /// <summary>Every number that the profile wants stands: <c>no-registration-number</c>, <c>no-issue-number</c>.</summary>
    public static Error? Numbered(string step, Case file, IReadOnlyList<NumberRow> numbers)
    {
        var required = file.Profile.RequiredBeforePublication;
        if (required.Value.Contains(PublicationRequirement.RegistrationNumber) && numbers.Standing(NumberKind.Registration) is null)
            return Error.Refused($"{step}.no-registration-number", $"该文件没有统一登记号，不能{Name(step)}（{required.Source}）。");
        if (required.Value.Contains(PublicationRequirement.IssueNumber) && numbers.Standing(NumberKind.Issue) is null)
            return Error.Refused($"{step}.no-issue-number", $"该文件没有发文字号，不能{Name(step)}（{required.Source}）。");
        return null;
    }

    private static string Name(string step) => step switch
    {
        "register" => "登记",
        "number" => "编号",
        "publish" => "公布",
        _ => "办理",
    };
}
