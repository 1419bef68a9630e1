namespace Filing.Domain;

/// <summary>The aspects on which a legality review pronounces (郴政发〔2013〕2号 第十项).</summary>
public enum ReviewAspect
{
    /// <summary>主体: may this body issue it at all?</summary>
    Subject,

    /// <summary>权限: does the matter lie within its power?</summary>
    Power,

    /// <summary>内容: does what it says agree with superior law?</summary>
    Content,

    /// <summary>程序: was it made as the law wants?</summary>
    Procedure,

    /// <summary>形式: are its kind, structure and wording right?</summary>
    Form,
}

/// <summary>The Chinese names of <see cref="ReviewAspect"/>.</summary>
public static class ReviewAspectWords
{
    /// <summary>The name of an aspect.</summary>
    public static string Chinese(this ReviewAspect aspect) => aspect switch
    {
        ReviewAspect.Subject => "主体",
        ReviewAspect.Power => "权限",
        ReviewAspect.Content => "内容",
        ReviewAspect.Procedure => "程序",
        ReviewAspect.Form => "形式",
    };
}
