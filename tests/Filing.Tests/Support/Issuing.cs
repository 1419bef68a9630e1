using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.FilingUp;
using Filing.Features.Publication;
using Filing.Features.Registration;

namespace Filing.Tests.Support;

/// <summary>A journey goes on: signed, registered, numbered, published, filed, each on the day of the clock.</summary>
internal static class Issuing
{
    /// <summary>The moment at which these journeys begin: eight days of consultation later it is 23 March 2013.</summary>
    public static readonly DateTimeOffset Start = new(2013, 3, 15, 9, 12, 0, TimeSpan.FromHours(8));

    public const string IssueNumber = "郴政发〔2013〕2号";

    /// <summary>A document that was signed at both levels today.</summary>
    public static async Task<Journey> SignedAsync(TestRegister register, DocumentKind kind = DocumentKind.Government, string? coSigner = null, params string[] coIssuers)
    {
        var journey = await Journey.ToReviewAsync(register, kind, coIssuers);
        await journey.PassAsync();
        await journey.DecideAsync();
        if (coSigner is not null) await register.As(coSigner).Send(new Countersign(journey.Document, CountersigningOutcome.Agreed));
        await journey.SignAsync();
        await journey.SignAsync();
        return journey;
    }

    public static async Task<Journey> RegisteredAsync(TestRegister register, DocumentKind kind = DocumentKind.Government)
    {
        var journey = await SignedAsync(register, kind);
        await register.RegisterAsync(journey);
        return journey;
    }

    public static async Task<Journey> NumberedAsync(TestRegister register, DocumentKind kind = DocumentKind.Government, string number = IssueNumber)
    {
        var journey = await RegisteredAsync(register, kind);
        await register.As("registrar").Send(new AssignNumber(journey.Document, number));
        return journey;
    }

    public static async Task<Journey> PublishedAsync(TestRegister register, DocumentKind kind = DocumentKind.Government, string number = IssueNumber)
    {
        var journey = await NumberedAsync(register, kind, number);
        await register.PublishAsync(journey);
        return journey;
    }

    public static async Task<Journey> FiledAsync(TestRegister register, string number = IssueNumber)
    {
        var journey = await PublishedAsync(register, DocumentKind.Government, number);
        await register.AddBasisAsync(journey.Document);
        await register.As("filer").Send(new FileUp(journey.Document));
        return journey;
    }

    public static Task<Done> RegisterAsync(this TestRegister register, Journey journey, DateOnly? on = null) =>
        register.As("registrar").Send(new EnterInRegister(journey.Document, On: on));

    public static Task<Published> PublishAsync(this TestRegister register, Journey journey, DateOnly? on = null) =>
        register.As("publisher").Send(new Publish(journey.Document, [Site(on ?? register.Today)]));

    /// <summary>An appearance on the carrier that starts the clock.</summary>
    public static Appearance Site(DateOnly on) => new("政府门户网站", on, "https://www.example.test/1");

    /// <summary>The one material of a filing that the register does not make itself.</summary>
    public static Task AddBasisAsync(this TestRegister register, Guid document) => register.Database.WriteAsync(db => db.ExecuteAsync(
        """
        INSERT INTO Material (Id, DocumentId, Kind, FileName, MediaType, Size, Sha256, NotSecret, AddedBy, AddedAt)
        VALUES (@Id, @document, 'basis', '依据.pdf', 'application/pdf', 1, @Sha256, 1, 'drafter', @Now)
        """,
        new { Id = Pipeline.Work.NewId(), document, Sha256 = new string('a', 64), Now = register.Clock.GetUtcNow() }));

    /// <summary>The deadline of a document by name: from, due, met, closed.</summary>
    public static async Task<DeadlineSeen> DeadlineAsync(this TestRegister register, Guid document, string name) =>
        (await register.Rows<DeadlineSeen>("SELECT FromDate, Due, MetOn, ClosedReason FROM Deadline WHERE DocumentId = @document AND Name = @name ORDER BY Id", new { document, name })).Single();

    internal sealed record DeadlineSeen
    {
        public required DateOnly FromDate { get; init; }
        public DateOnly? Due { get; init; }
        public DateOnly? MetOn { get; init; }
        public string? ClosedReason { get; init; }
    }
}
