using Filing.Domain;

namespace Filing.Features.Relations;

/// <summary>What a document does to another paper, or what that is to it.</summary>
public enum RelationKind
{
    /// <summary>修改.</summary>
    Amends,

    /// <summary>废止.</summary>
    Repeals,

    /// <summary>代替: the other ends, and this one stands in its place.</summary>
    Replaces,

    /// <summary>宣布失效.</summary>
    DeclaresLapsed,

    /// <summary>暂停.</summary>
    Suspends,

    /// <summary>撤销.</summary>
    Annuls,

    /// <summary>解释.</summary>
    Interprets,

    /// <summary>以…为依据.</summary>
    IsBasedOn,
}

/// <summary>The words and the effects of <see cref="RelationKind"/>.</summary>
public static class RelationKinds
{
    /// <summary>What it does, for people: 废止.</summary>
    public static string Chinese(this RelationKind kind) => kind switch
    {
        RelationKind.Amends => "修改",
        RelationKind.Repeals => "废止",
        RelationKind.Replaces => "代替",
        RelationKind.DeclaresLapsed => "宣布失效",
        RelationKind.Suspends => "暂停",
        RelationKind.Annuls => "撤销",
        RelationKind.Interprets => "解释",
        RelationKind.IsBasedOn => "依据",
    };

    /// <summary>The same seen from the other paper: 被废止.</summary>
    public static string Passive(this RelationKind kind) => kind switch
    {
        RelationKind.DeclaresLapsed => "被宣布失效",
        RelationKind.IsBasedOn => "被作为依据",
        _ => $"被{kind.Chinese()}",
    };

    /// <summary>
    /// The fact that it is to the other document; null where it changes nothing there. What ends or stops only some articles amends the document, which stays in force.
    /// </summary>
    /// <param name="kind">The relation.</param>
    /// <param name="inPart">True where it is about some articles only.</param>
    public static FactKind? Effect(this RelationKind kind, bool inPart = false)
    {
        FactKind? whole = kind switch
        {
            RelationKind.Interprets or RelationKind.IsBasedOn => null,
            RelationKind.Amends => FactKind.Amended,
            RelationKind.Repeals or RelationKind.Replaces => FactKind.Repealed,
            RelationKind.DeclaresLapsed => FactKind.DeclaredLapsed,
            RelationKind.Suspends => FactKind.Suspended,
            RelationKind.Annuls => FactKind.Annulled,
        };
        return whole is not null && inPart ? FactKind.Amended : whole;
    }
}
