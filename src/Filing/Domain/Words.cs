namespace Filing.Domain;

/// <summary>What an office holder may be asked to do. A post is a role in a body, with dates.</summary>
public enum Role
{
    /// <summary>起草人: submits and amends drafts for the drafting unit.</summary>
    Drafter,

    /// <summary>起草单位法制审核员: the drafting unit's own legal section.</summary>
    DepartmentLegal,

    /// <summary>审查员: the legal office's reviewer.</summary>
    Reviewer,

    /// <summary>登记员: keeps the unified register and gives numbers.</summary>
    Registrar,

    /// <summary>会务秘书: puts drafts before the meeting and records its decision.</summary>
    Secretary,

    /// <summary>签发人: signs for the issuing body.</summary>
    Signer,

    /// <summary>公布员: publishes for the government office.</summary>
    Publisher,

    /// <summary>报备员: files with the superior.</summary>
    Filer,

    /// <summary>备案接收员: receives the filings of lower governments.</summary>
    Receiver,

    /// <summary>监督员: sees who is late and is told.</summary>
    Supervisor,

    /// <summary>规则管理员: confirms the assumed values of the law.</summary>
    RuleKeeper,

    /// <summary>系统管理员: bodies and accounts, never documents.</summary>
    Administrator,

    /// <summary>安全保密管理员: security settings, never documents.</summary>
    SecurityOfficer,

    /// <summary>安全审计员: reads the audit trail, never documents.</summary>
    Auditor,
}

/// <summary>Where a task is done, seen from its document. Which body that is, is resolved on the day.</summary>
public enum Place
{
    /// <summary>起草单位.</summary>
    DraftingBody,

    /// <summary>制定机关.</summary>
    IssuingBody,

    /// <summary>联合制定机关: one of the co-issuers.</summary>
    CoIssuer,

    /// <summary>本级政府法制机构（司法行政部门）.</summary>
    LegalOffice,

    /// <summary>本级政府办公室.</summary>
    GovernmentOffice,

    /// <summary>上一级政府法制机构（备案机关）.</summary>
    SuperiorLegalOffice,
}

/// <summary>What a body is.</summary>
public enum BodyKind
{
    /// <summary>人民政府.</summary>
    Government,

    /// <summary>政府办公室（厅）.</summary>
    GovernmentOffice,

    /// <summary>政府法制机构；2019 年起为司法行政部门.</summary>
    LegalOffice,

    /// <summary>政府工作部门.</summary>
    Department,

    /// <summary>乡镇人民政府、街道办事处.</summary>
    Township,

    /// <summary>法律法规授权组织.</summary>
    AuthorisedBody,
}

/// <summary>Whose document it is.</summary>
public enum DocumentKind
{
    /// <summary>政府规范性文件（含政府办公室文件）.</summary>
    Government,

    /// <summary>部门规范性文件.</summary>
    Department,

    /// <summary>乡镇、街道规范性文件.</summary>
    Township,

    /// <summary>授权组织规范性文件.</summary>
    AuthorisedBody,
}

/// <summary>Issued by one body or by several.</summary>
public enum Issuance
{
    /// <summary>单独制定.</summary>
    Sole,

    /// <summary>联合制定.</summary>
    Joint,
}

/// <summary>How a document came into the register.</summary>
public enum DocumentOrigin
{
    /// <summary>Went its whole way here.</summary>
    Here,

    /// <summary>补录: issued elsewhere; facts with their source, marked 未经本系统审查.</summary>
    Elsewhere,
}

/// <summary>How sure a value of the law is. On a page these are words, never letters.</summary>
public enum Confidence
{
    /// <summary>S 文件原文.</summary>
    Seed,

    /// <summary>D 本地文本.</summary>
    OwnText,

    /// <summary>L 后续文本·待确认.</summary>
    LaterText,

    /// <summary>N 外地参照.</summary>
    Neighbour,

    /// <summary>M 系统暂定.</summary>
    Assumed,
}

/// <summary>The Chinese words of the codes, in one place.</summary>
public static class Words
{
    /// <summary>May a value of the law be named as the ground of an official paper? What is only assumed, or a neighbour's rule, may not.</summary>
    public static bool IsGround(this Confidence confidence) => confidence is Confidence.Seed or Confidence.OwnText or Confidence.LaterText;

    /// <summary>The name of a role.</summary>
    public static string Chinese(this Role role) => role switch
    {
        Role.Drafter => "起草人",
        Role.DepartmentLegal => "起草单位法制审核员",
        Role.Reviewer => "审查员",
        Role.Registrar => "登记员",
        Role.Secretary => "会务秘书",
        Role.Signer => "签发人",
        Role.Publisher => "公布员",
        Role.Filer => "报备员",
        Role.Receiver => "备案接收员",
        Role.Supervisor => "监督员",
        Role.RuleKeeper => "规则管理员",
        Role.Administrator => "系统管理员",
        Role.SecurityOfficer => "安全保密管理员",
        Role.Auditor => "安全审计员",
    };

    /// <summary>The name of a place.</summary>
    public static string Chinese(this Place place) => place switch
    {
        Place.DraftingBody => "起草单位",
        Place.IssuingBody => "制定机关",
        Place.CoIssuer => "联合制定机关",
        Place.LegalOffice => "本级政府法制机构",
        Place.GovernmentOffice => "本级政府办公室",
        Place.SuperiorLegalOffice => "备案机关",
    };

    /// <summary>The name of a kind of body.</summary>
    public static string Chinese(this BodyKind kind) => kind switch
    {
        BodyKind.Government => "人民政府",
        BodyKind.GovernmentOffice => "政府办公室",
        BodyKind.LegalOffice => "法制机构",
        BodyKind.Department => "工作部门",
        BodyKind.Township => "乡镇街道",
        BodyKind.AuthorisedBody => "授权组织",
    };

    /// <summary>The name of a kind of document.</summary>
    public static string Chinese(this DocumentKind kind) => kind switch
    {
        DocumentKind.Government => "政府规范性文件",
        DocumentKind.Department => "部门规范性文件",
        DocumentKind.Township => "乡镇街道规范性文件",
        DocumentKind.AuthorisedBody => "授权组织规范性文件",
    };

    /// <summary>The name of an issuance.</summary>
    public static string Chinese(this Issuance issuance) => issuance switch
    {
        Issuance.Sole => "单独制定",
        Issuance.Joint => "联合制定",
    };

    /// <summary>How sure a value is, in words.</summary>
    public static string Chinese(this Confidence confidence) => confidence switch
    {
        Confidence.Seed => "文件原文",
        Confidence.OwnText => "本地文本",
        Confidence.LaterText => "后续文本·待确认",
        Confidence.Neighbour => "外地参照",
        Confidence.Assumed => "系统暂定",
    };

    /// <summary>The letter of a confidence, as the profiles write it.</summary>
    public static bool TryConfidence(string? letter, out Confidence confidence)
    {
        (var known, confidence) = letter switch
        {
            "S" => (true, Confidence.Seed),
            "D" => (true, Confidence.OwnText),
            "L" => (true, Confidence.LaterText),
            "N" => (true, Confidence.Neighbour),
            "M" => (true, Confidence.Assumed),
            _ => (false, default),
        };
        return known;
    }
}
