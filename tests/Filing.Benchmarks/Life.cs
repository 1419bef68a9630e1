using Filing.Domain;
using Filing.Features.Drafting;

namespace Filing.Tests.Support;

/// <summary>One step of a life: one command of one person.</summary>
/// <param name="Name">The command's verb.</param>
/// <param name="TakeAsync">Sends it.</param>
internal sealed record LifeStep(string Name, Func<IPeople, Life, Task> TakeAsync);

/// <summary>
/// The life of a government document, told by the commands of its people: a walk of <see cref="Steps"/>, so that it can be timed step by
/// step, or taken up to where a test begins. All of it may happen on one day.
/// </summary>
internal sealed class Life(DateOnly today)
{
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
    ];

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
