namespace Filing.Features.LegalityReview;

/// <summary>What came of looking whether a draft can be taken in for review.</summary>
public enum AcceptanceOutcome
{
    /// <summary>受理.</summary>
    Accepted,

    /// <summary>材料不齐，退回补正.</summary>
    Incomplete,
}

/// <summary>The conclusion of a legality review. The names are the outcomes of the definition.</summary>
public enum ReviewConclusion
{
    /// <summary>合法.</summary>
    Passed,

    /// <summary>修改后合法.</summary>
    Amend,

    /// <summary>退回补充程序.</summary>
    Returned,

    /// <summary>不予制定.</summary>
    Refused,
}

/// <summary>What the drafter says to a finding.</summary>
public enum AnswerKind
{
    /// <summary>采纳.</summary>
    Adopted,

    /// <summary>部分采纳.</summary>
    PartlyAdopted,

    /// <summary>不采纳.</summary>
    NotAdopted,
}

/// <summary>Whether the opinion was followed. The names are the outcomes of the definition.</summary>
public enum Following
{
    /// <summary>已按意见修改: every binding finding is confirmed.</summary>
    Followed,

    /// <summary>未采纳意见: the drafter did not adopt a binding finding.</summary>
    NotFollowed,

    /// <summary>须再次修改: something that was said to be adopted is not done.</summary>
    Again,
}

/// <summary>The Chinese words of this area.</summary>
public static class ReviewWords
{
    /// <summary>The day from which the review is called 审核 and no longer 审查 (国办发〔2018〕115号, 2018-12-04).</summary>
    public static DateOnly CalledAudit { get; } = new(2018, 12, 4);

    /// <summary>What the review is called on a day: 合法性审查, and from <see cref="CalledAudit"/> on 合法性审核.</summary>
    public static string ReviewOn(DateOnly day) => day < CalledAudit ? "合法性审查" : "合法性审核";

    /// <summary>The name of a conclusion, as the opinion prints it.</summary>
    public static string Chinese(this ReviewConclusion conclusion) => conclusion switch
    {
        ReviewConclusion.Passed => "合法",
        ReviewConclusion.Amend => "修改后合法",
        ReviewConclusion.Returned => "退回补充程序",
        ReviewConclusion.Refused => "不予制定",
    };

    /// <summary>The name of an answer.</summary>
    public static string Chinese(this AnswerKind answer) => answer switch
    {
        AnswerKind.Adopted => "采纳",
        AnswerKind.PartlyAdopted => "部分采纳",
        AnswerKind.NotAdopted => "不采纳",
    };

    /// <summary>The name of what came of the opinion.</summary>
    public static string Chinese(this Following following) => following switch
    {
        Following.Followed => "已按意见修改",
        Following.NotFollowed => "未采纳意见",
        Following.Again => "须再次修改",
    };
}
