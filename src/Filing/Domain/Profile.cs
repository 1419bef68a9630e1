namespace Filing.Domain;

/// <summary>A value of the law with where it comes from and how sure it is.</summary>
/// <param name="Value">The value that applies.</param>
/// <param name="Source">The paper and its article, in Chinese.</param>
/// <param name="Confidence">How far it can be trusted.</param>
public sealed record Sourced<T>(T Value, string Source, Confidence Confidence);

/// <summary>What happens when the drafter does not follow the legal office's opinion.</summary>
public enum OpinionGate
{
    /// <summary>Not signed, without exception (长沙 2016 第17项).</summary>
    Block,

    /// <summary>Signed only with a recorded reason.</summary>
    Explain,
}

/// <summary>What must have happened before a document may be published.</summary>
public enum PublicationRequirement
{
    /// <summary>Entered in the unified register.</summary>
    Registered,

    /// <summary>Has a unified registration number.</summary>
    RegistrationNumber,

    /// <summary>Has an issue number.</summary>
    IssueNumber,
}

/// <summary>Who gives the numbers of a series.</summary>
public enum NumberPool
{
    /// <summary>This register allocates them: gapless, never reused.</summary>
    Owned,

    /// <summary>The office-automation system gives them to other papers too: recorded here, unique, gaps are no fault.</summary>
    External,
}

/// <summary>What happens when a document enters into force too early after its publication, without a reason.</summary>
public enum EarlyForceGate
{
    /// <summary>It is published, and the record says so.</summary>
    Warn,

    /// <summary>It is not published.</summary>
    Block,
}

/// <summary>Which moment of a filing stops the clock.</summary>
public enum FilingCounts
{
    /// <summary>报送: when it was sent.</summary>
    Sent,

    /// <summary>收到: when the superior received it.</summary>
    Received,
}

/// <summary>
/// A limit of the law as one profile has it. A null <see cref="Limit"/> says that the sources name no figure: it is shown as such and never runs out.
/// </summary>
/// <param name="Name">Its name in the definitions.</param>
/// <param name="Limit">The longest time that the step may take.</param>
/// <param name="Least">The time, in the unit and kind of <paramref name="Limit"/>, that nobody may be pressed to undercut; whoever needs less may be quicker.</param>
/// <param name="Source">The paper and its article, in Chinese.</param>
/// <param name="Confidence">How far it can be trusted.</param>
public sealed record ProfileLimit(string Name, Limit? Limit, int? Least, string Source, Confidence Confidence);

/// <summary>
/// The rules of one jurisdiction for one period, as data: what <c>workflows/profiles/*.json</c> says. A case keeps the profile with which it began.
/// </summary>
public sealed record Profile
{
    /// <summary>Stable name, e.g. <c>hunan-chenzhou</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Counted from 1; a changed profile is a new version.</summary>
    public required int Version { get; init; }

    /// <summary>Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>Leading digits of the division codes (GB/T 2260) that it governs; the longest match wins, and empty, which matches all, comes last.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>First day on which cases may start under it.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day on which cases may start under it; null while it stands.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Which definition a kind of document follows; <c>elsewhere</c> is the one for 补录.</summary>
    public required IReadOnlyDictionary<string, string> Definitions { get; init; }

    /// <summary>Grounds on which a paper is not normative, offered in the identification.</summary>
    public required Sourced<IReadOnlyList<string>> Excluded { get; init; }

    /// <summary>调研论证: whether a draft is studied and argued for, with a report, before anybody is consulted on it (惠政文〔2016〕35号 第六项).</summary>
    public required Sourced<bool> ResearchFirst { get; init; }

    /// <summary>Whether the public must be consulted (unless waived on the urgent path).</summary>
    public required Sourced<bool> PublicConsultation { get; init; }

    /// <summary>Shortest public consultation, in calendar days, both ends included.</summary>
    public required Sourced<int> PublicConsultationDays { get; init; }

    /// <summary>The aspects on which the legality review must pronounce.</summary>
    public required Sourced<IReadOnlyList<ReviewAspect>> ReviewAspects { get; init; }

    /// <summary>What a normative document may not create: the reviewer's checklist.</summary>
    public required Sourced<IReadOnlyList<string>> Forbidden { get; init; }

    /// <summary>送审材料: the kinds of material, by their codes, with which a draft goes to the legal office.</summary>
    public required Sourced<IReadOnlyList<string>> ReviewMaterials { get; init; }

    /// <summary>公平竞争审查: whether no draft is decided on without its conclusion, or the statement that it touches no business (公平竞争审查条例第十八条).</summary>
    public required Sourced<bool> FairCompetition { get; init; }

    /// <summary>What happens when the opinion is not followed.</summary>
    public required Sourced<OpinionGate> OpinionNotFollowed { get; init; }

    /// <summary>The levels of signature, in order.</summary>
    public required Sourced<IReadOnlyList<string>> SignatureLevels { get; init; }

    /// <summary>What publication requires.</summary>
    public required Sourced<IReadOnlyList<PublicationRequirement>> RequiredBeforePublication { get; init; }

    /// <summary>Whether a document that lacks one of the three unifieds may not be a basis for administration.</summary>
    public required Sourced<bool> BasisOnlyAfterThreeUnifieds { get; init; }

    /// <summary>How a registration number is made: <c>{year}</c>, <c>{body:00}</c>, <c>{serial:000}</c> stand for their parts.</summary>
    public required Sourced<string> RegistrationPattern { get; init; }

    /// <summary>Who gives registration numbers.</summary>
    public required Sourced<NumberPool> RegistrationPool { get; init; }

    /// <summary>Who gives issue numbers.</summary>
    public required Sourced<NumberPool> IssuePool { get; init; }

    /// <summary>The digits of bodies in the numbers, by the body's code.</summary>
    public required Sourced<IReadOnlyDictionary<string, string>> BodyDigits { get; init; }

    /// <summary>The digits of bodies that have none of their own, by their kind.</summary>
    public required Sourced<IReadOnlyDictionary<BodyKind, string>> KindDigits { get; init; }

    /// <summary>How issue numbers are made where this register gives them, by the body's code.</summary>
    public required Sourced<IReadOnlyDictionary<string, string>> IssuePatterns { get; init; }

    /// <summary>The carriers of publication.</summary>
    public required Sourced<IReadOnlyList<string>> Carriers { get; init; }

    /// <summary>The carrier whose first appearance starts the filing clock.</summary>
    public required Sourced<string> ClockCarrier { get; init; }

    /// <summary>解读: whether a document is published only together with its interpretation (江府办〔2018〕7号 第二十八项).</summary>
    public required Sourced<bool> Interpretation { get; init; }

    /// <summary>The term when a document names none.</summary>
    public required Sourced<Limit> DefaultTerm { get; init; }

    /// <summary>The longest term of a trial document (暂行、试行).</summary>
    public required Sourced<Limit> TrialTerm { get; init; }

    /// <summary>From which fact a term is counted: <see cref="FactKind.Published"/> or <see cref="FactKind.InForce"/>.</summary>
    public required Sourced<FactKind> TermBase { get; init; }

    /// <summary>Whether a term ends on the corresponding day or the day before.</summary>
    public required Sourced<TermEndConvention> TermEnd { get; init; }

    /// <summary>How many months before its end a document is evaluated.</summary>
    public required Sourced<int> EvaluationLeadMonths { get; init; }

    /// <summary>The fewest calendar days from publication to entry into force, unless there is a reason.</summary>
    public required Sourced<int> ForceAfterDays { get; init; }

    /// <summary>What an entry into force before that, without a reason, means.</summary>
    public required Sourced<EarlyForceGate> EarlyForce { get; init; }

    /// <summary>Which moment of a filing counts.</summary>
    public required Sourced<FilingCounts> FilingCounts { get; init; }

    /// <summary>Which kinds of documents are filed with the next-higher government.</summary>
    public required Sourced<IReadOnlyList<DocumentKind>> FilingAppliesTo { get; init; }

    /// <summary>The materials of a filing.</summary>
    public required Sourced<IReadOnlyList<string>> FilingMaterials { get; init; }

    /// <summary>How the filing authority numbers its receipts where this register gives them; null where they are typed.</summary>
    public Sourced<string>? ReceiptPattern { get; init; }

    /// <summary>
    /// What comes before what: by the code of a task, the outcomes of tasks (<c>sign:Signed</c>) of which one must have come before it may be laid. Every walk of the
    /// definitions that the profile names is held to it, but for that of 补录, whose steps were taken elsewhere.
    /// </summary>
    public required Sourced<IReadOnlyDictionary<string, IReadOnlyList<string>>> Precedence { get; init; }

    /// <summary>
    /// Tasks that this jurisdiction gives to another desk than the definition names: task code to role and place; <c>department.number</c> for one kind of document only.
    /// </summary>
    public required IReadOnlyDictionary<string, Sourced<(Role Role, Place Place)>> Places { get; init; }

    /// <summary>The desk to which a task of a document goes by the profile; null where the definition says it.</summary>
    public (Role Role, Place Place)? PlaceOf(DocumentKind kind, string task) =>
        Places.TryGetValue($"{Kebab.Of(kind)}.{task}", out var own) || Places.TryGetValue(task, out own) ? own.Value : null;

    /// <summary>Limits by name, overriding the literals of the definitions.</summary>
    public required IReadOnlyDictionary<string, ProfileLimit> Limits { get; init; }

    /// <summary>Whether a case that starts on that day for that division code may use it.</summary>
    public bool Governs(string divisionCode, DateOnly startedOn) =>
        divisionCode.StartsWith(Jurisdiction, StringComparison.Ordinal) && From <= startedOn && (To is not { } to || startedOn <= to);
}
