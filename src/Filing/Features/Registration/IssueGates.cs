using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Features.Registration;

/// <summary>
/// What must hold before a document is registered, numbered and published, whatever a definition offers: signed before registered, registered
/// before numbered, and always the text that was approved.
/// </summary>
internal static class IssueGates
{
    /// <summary>Decided on, and signed at every level and by every body; none of the signatures was voided.</summary>
    public static Error? Signed(string code, string step, Approval approval) =>
        approval.Why is { } why && !approval.Changed ? Error.Refused(code, $"该文件不能{step}：{why.Message}") : null;

    /// <summary>The latest text is the approved one.</summary>
    public static Error? Unchanged(string code, string step, Approval approval) =>
        approval.Changed ? Error.Refused(code, $"正文与审签通过的文本不一致，不能{step}。请退回重新审签，或恢复审签文本。") : null;

    /// <summary>Not registered yet: <c>register.already</c>.</summary>
    public static Error? NotRegistered(Case file) => file.Latest(FactKind.Registered) is { } fact
        ? Error.Refused("register.already", $"该文件已于{ChineseDate.Format(fact.LegalDate)}统一登记，不能重复登记。")
        : null;

    /// <summary>Entered in the register, where the profile wants it.</summary>
    public static Error? Registered(string code, string step, Case file) =>
        file.Has(FactKind.Registered) || !file.Profile.RequiredBeforePublication.Value.Contains(PublicationRequirement.Registered)
            ? null
            : Error.Refused(code, $"该文件尚未统一登记，不能{step}（{file.Profile.RequiredBeforePublication.Source}）。");

    /// <summary>Every number that the profile wants before publication stands: <c>publish.no-registration-number</c>, <c>publish.no-issue-number</c>.</summary>
    public static Error? Numbered(Case file, IReadOnlyList<NumberRow> numbers)
    {
        var required = file.Profile.RequiredBeforePublication;
        if (required.Value.Contains(PublicationRequirement.RegistrationNumber) && numbers.Standing(NumberKind.Registration) is null)
            return Error.Refused("publish.no-registration-number", $"该文件没有统一登记号，不能公布（{required.Source}）。");
        return required.Value.Contains(PublicationRequirement.IssueNumber) && numbers.Standing(NumberKind.Issue) is null
            ? Error.Refused("publish.no-issue-number", $"该文件没有发文字号，不能公布（{required.Source}）。")
            : null;
    }
}
