using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Workflows;

namespace Filing.Activities;

/// <summary>Raises an alert on each desk that the definition names, and puts a message into the outbox for everybody who sits there.</summary>
public sealed class Notify : IActivity<FlowContext>
{
    /// <inheritdoc/>
    public string Type => ActivityTypes.Notify;

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> EnterAsync(ActivityScope<FlowContext> scope)
    {
        var (context, node) = (scope.Context, scope.Node);
        var (work, ring, notice) = (context.Work, context.Ring, node.Text("notice")!);
        var title = NoticeWords.Title(notice, context.Case.Title);
        var body = NoticeWords.Body(notice, context.Case.Title, ring, work.Today);
        foreach (var desk in DesksOfNode(context, node).Distinct())
        {
            var id = Work.NewId();
            await context.Db.ExecuteAsync(
                """
                -- Activities/Notify: an alert
                INSERT INTO Alert (Id, DocumentId, DeadlineId, Projection, Days, Notice, Level, Role, Place, AnchorId, Title, Body, RaisedAt, RaisedOn)
                VALUES (@id, @DocumentId, @DeadlineId, @Projection, @Days, @notice, @Level, @Role, @Place, @AnchorId, @title, @body, @Now, @Today)
                """,
                new
                {
                    id, context.Case.DocumentId, ring?.DeadlineId, ring?.Projection, ring?.Days, notice, Level = node.Text("level"),
                    Role = Kebab.Of(desk.Role), Place = Kebab.Of(desk.Place), desk.AnchorId, title, body, work.Now, work.Today,
                });
            work.Record(new AlertRaised(id, notice, desk.Role, Kebab.Of(desk.Place), desk.AnchorId, ring?.DeadlineId), context.Case.DocumentId);
            foreach (var seat in await Pipeline.DesksOf.SeatsAsync(context.Db, desk, work.Today))
            {
                if (seat.Email is { Length: > 0 } email) await Outbox.MailAsync(work, $"alert:{id}:{seat.AccountId}", new Mail(email, seat.Name, title, body));
            }
        }

        return ActivityResult.Done;
    }

    private static IEnumerable<Desk> DesksOfNode(FlowContext context, Node node)
    {
        foreach (var address in node.Text("to")!.Split(','))
        {
            var parts = address.Split('@');
            var (role, place) = (Kebab.Parse<Role>(parts[0]), Kebab.Parse<Place>(parts[1]));
            // A jurisdiction that has its filings done elsewhere is told there.
            if (role == Role.Filer && context.Case.Profile.Places.TryGetValue("file-up", out var other)) place = other.Value.Place;
            if (context.DeskOf(role, place) is { } desk) yield return desk;
        }
    }
}
