using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Features.LegalityReview;
using Filing.Features.Publication;
using Filing.Features.Registration;

namespace Filing.Tests.Support;

/// <summary>One step of a life: one command of one person.</summary>
/// <param name="Name">The command's verb.</param>
/// <param name="TakeAsync">Sends it.</param>
internal sealed record LifeStep(string Name, Func<IPeople, Life, Task> TakeAsync);

/// <summary>
/// The life of a government document, told by the commands of its people: a walk of <see cref="Steps"/>, so that it can be timed step by
/// step, or taken up to where a test begins. All of it may happen on one day.
/// </summary>
/// <param name="today">The day.</param>
/// <param name="serial">The serial in its issue number, which is given elsewhere: another one for each life.</param>
internal sealed class Life(DateOnly today, int serial)
{
    private static readonly string[] Forbidden = ["许可", "处罚", "强制", "收费", "违法增加义务"];
    private int _next;

    /// <summary>The document; empty before the first step.</summary>
    public Guid Document { get; private set; }

    /// <summary>The whole way, in order.</summary>
    public static IReadOnlyList<LifeStep> Steps { get; } =
    [
        new("submit-draft", async (people, life) => life.Document = (await people.Send("drafter", Draft())).DocumentId),
        new("identify-document", (people, life) => people.Send("reviewer", new IdentifyDocument(life.Document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"))),
        new("complete-draft", (people, life) => people.Send("drafter",
            new CompleteDraft(life.Document, "为了规范房屋租赁，依据有关法律起草。", [new("国务院关于加强市县政府依法行政的决定", "国发〔2008〕17号")]))),
        new("open-unit-consultation", (people, life) => people.Send("drafter",
            new OpenConsultation(life.Document, ConsultationAudience.Units, life.Yesterday, "公函", ["市财政局"], OpensOn: life.LastWeek))),
        new("open-public-consultation", (people, life) => people.Send("drafter",
            new OpenConsultation(life.Document, ConsultationAudience.Public, life.Yesterday, "门户网站", OpensOn: life.LastWeek))),
        new("close-unit-consultation", (people, life) => people.Send("drafter", new CloseUnitConsultation(life.Document))),
        new("close-public-consultation", (people, life) => people.Send("drafter", new ClosePublicConsultation(life.Document))),
        new("check-by-department", (people, life) => people.Send("department-legal", new CheckByDepartment(life.Document, true, "同意送审"))),
        new("accept-for-review", (people, life) => people.Send("reviewer", new AcceptForReview(life.Document, AcceptanceOutcome.Accepted))),
        new("conclude-review", (people, life) => people.Send("reviewer",
            new ConcludeReview(life.Document, ReviewConclusion.Passed, [.. Enum.GetValues<ReviewAspect>().Select(a => new AspectOpinion(a, true))], Forbidden))),
        new("record-decision", (people, life) => people.Send("secretary",
            new RecordDecision(life.Document, DecisionOutcome.Adopted, "市政府常务会议", "第12次", "市长", ["市长", "副市长甲", "副市长乙"]))),
        new("sign-document", (people, life) => people.Send("signer-deputy", new SignDocument(life.Document, SigningOutcome.Signed))),
        new("sign-document-again", (people, life) => people.Send("signer", new SignDocument(life.Document, SigningOutcome.Signed))),
        new("enter-in-register", (people, life) => people.Send("registrar", new EnterInRegister(life.Document))),
        new("assign-number", (people, life) => people.Send("registrar", new AssignNumber(life.Document, $"郴政发〔{life.Year}〕{life.Serial}号"))),
        new("publish", (people, life) => people.Send("publisher", new Publish(life.Document, [new("政府门户网站", life.Today)]))),
        new("add-material", async (people, life) =>
        {
            var basis = await people.StoreAsync("国发〔2008〕17号"u8.ToArray());
            await people.Send("drafter", new AddMaterial(life.Document, MaterialKind.Basis, "依据.txt", "text/plain", basis.Size, basis.Sha256, true));
        }),
        new("file-up", (people, life) => people.Send("filer", new FileUp(life.Document, $"郴政备〔{life.Year}〕{life.Serial}号"))),
        new("receive-filing", (people, life) => people.Send("receiver-province", new ReceiveFiling(life.Document, FilingAnswer.Registered))),
    ];

    private DateOnly Today => today;

    private int Year => today.Year;

    private int Serial => serial;

    private DateOnly Yesterday => today.AddDays(-1);

    private DateOnly LastWeek => today.AddDays(-7);

    /// <summary>A draft of the housing bureau for the city.</summary>
    public static SubmitDraft Draft() =>
        new("郴州市城镇房屋租赁管理办法", DocumentKind.Government, World.Housing, World.City, "第一条 为了规范房屋租赁，制定本办法。", true);

    /// <summary>Takes the next step; false when the life is over.</summary>
    public async Task<bool> StepAsync(IPeople people)
    {
        if (_next == Steps.Count) return false;
        await Steps[_next++].TakeAsync(people, this);
        return true;
    }

    /// <summary>Goes on up to a step, which is taken too.</summary>
    /// <exception cref="ArgumentException">There is no such step ahead.</exception>
    public async Task<Life> ToAsync(IPeople people, string name)
    {
        while (await StepAsync(people))
        {
            if (Steps[_next - 1].Name == name) return this;
        }

        throw new ArgumentException($"The life has no step {name} ahead.", nameof(name));
    }
}
