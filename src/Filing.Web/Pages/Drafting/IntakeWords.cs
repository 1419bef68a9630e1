using Filing.Features.Drafting;
using Filing.Features.Drafting.Intake;

namespace Filing.Web.Pages.Drafting;

/// <summary>The words of what was read.</summary>
public static class IntakeWords
{
    /// <summary>How sure it is.</summary>
    public static string Of(Sureness sureness) => sureness switch
    {
        Sureness.Certain => "文中写明",
        Sureness.Likely => "推断，请核对",
        Sureness.Guess => "猜测，请确认",
    };

    /// <summary>Which date it is.</summary>
    public static string Of(PaperDateKind kind) => kind switch
    {
        PaperDateKind.Signing => "成文（签署）日期",
        PaperDateKind.Adopted => "通过日期",
        PaperDateKind.Registered => "登记日期",
        PaperDateKind.Issued => "发文日期",
        PaperDateKind.Printed => "印发日期",
        PaperDateKind.Published => "公布日期",
        PaperDateKind.InForce => "施行日期",
        PaperDateKind.ValidUntil => "有效期届满日期",
        PaperDateKind.Page => "网页或报纸日期",
        PaperDateKind.Unclear => "其他日期",
    };

    /// <summary>Which number it is.</summary>
    public static string Of(OtherNumberKind kind) => kind switch
    {
        OtherNumberKind.Registration => "统一登记号",
        OtherNumberKind.Index => "索引号",
        OtherNumberKind.Order => "令号",
    };

    /// <summary>Who makes it.</summary>
    public static string Of(PaperKind kind) => kind switch
    {
        PaperKind.Government => "政府文件",
        PaperKind.Department => "部门文件",
        PaperKind.Township => "乡镇、街道文件",
        PaperKind.AuthorisedBody => "授权组织文件",
        PaperKind.PartyGovernmentJoint => "党政联合文件",
        PaperKind.Party => "党的机关文件",
        PaperKind.Unclear => "主体不明",
    };

    /// <summary>Whether it belongs into the register.</summary>
    public static string Of(PaperScope scope) => scope switch
    {
        PaperScope.Candidate => "待认定",
        PaperScope.Excluded => "属于排除清单中的种类",
        PaperScope.OutsideRegister => "不进入本登记簿",
    };

    /// <summary>A field that a paper does not fill.</summary>
    public static string Field(string field) => field switch
    {
        "title" => "标题",
        "bodies" => "制发机关",
        "number" => "发文字号",
        "signedOn" => "成文日期",
        "receivers" => "主送机关",
        "publishedOn" => "公布日期",
        "registrationNumber" => "统一登记号",
        "inForceOn" => "施行日期",
        "validity" => "有效期",
        "disclosure" => "公开方式",
        _ => field,
    };

    /// <summary>A cited document as a basis is stated.</summary>
    public static CitedPaper Of(CitedDocument cited)
    {
        ArgumentNullException.ThrowIfNull(cited);
        return new(cited.Title, cited.Number?.ToString() ?? cited.Order);
    }
}
