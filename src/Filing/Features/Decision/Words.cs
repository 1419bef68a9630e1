namespace Filing.Features.Decision;

/// <summary>What a meeting, or the head, decided. The names are the outcomes of the definition.</summary>
public enum DecisionOutcome
{
    /// <summary>通过.</summary>
    Adopted,

    /// <summary>原则通过: the changes go back to legal confirmation.</summary>
    AdoptedInPrinciple,

    /// <summary>再议.</summary>
    Deferred,

    /// <summary>不通过.</summary>
    Rejected,
}

/// <summary>How it was decided.</summary>
public enum DecisionMode
{
    /// <summary>集体讨论决定.</summary>
    Collective,

    /// <summary>负责人直接决定, on the urgent path only.</summary>
    Head,
}

/// <summary>What the reviewer says to the changes after an adoption in principle.</summary>
public enum ChangesOutcome
{
    /// <summary>修改符合法律要求.</summary>
    Confirmed,

    /// <summary>须重新审查.</summary>
    Returned,
}

/// <summary>What a signer did.</summary>
public enum SigningOutcome
{
    /// <summary>签发.</summary>
    Signed,

    /// <summary>退回.</summary>
    Returned,
}

/// <summary>What a co-issuing body did.</summary>
public enum CountersigningOutcome
{
    /// <summary>同意.</summary>
    Agreed,

    /// <summary>不同意.</summary>
    Refused,
}

/// <summary>Which day stands under the document as its date (成文日期: 会议通过或者发文机关负责人签发的日期).</summary>
public enum DatedBy
{
    /// <summary>The day of the last signature.</summary>
    Signature,

    /// <summary>The day on which it was adopted.</summary>
    Adoption,
}

/// <summary>The Chinese words of this area.</summary>
public static class DecisionWords
{
    /// <summary>The name of an outcome.</summary>
    public static string Chinese(this DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Adopted => "通过",
        DecisionOutcome.AdoptedInPrinciple => "原则通过",
        DecisionOutcome.Deferred => "再议",
        DecisionOutcome.Rejected => "不通过",
    };

    /// <summary>The name of a way of deciding.</summary>
    public static string Chinese(this DecisionMode mode) => mode switch
    {
        DecisionMode.Collective => "集体讨论决定",
        DecisionMode.Head => "负责人直接决定",
    };
}
