using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>Alerts lie on desks, and a message goes to everybody who sits there.</summary>
internal static class Alerts
{
    /// <summary>Lays an alert on a desk and puts a message into the outbox for everybody who sits at it.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="documentId">The document that it is about.</param>
    /// <param name="title">The document's title.</param>
    /// <param name="notice">One of <see cref="NoticeWords"/>.</param>
    /// <param name="level"><c>info</c>, <c>warning</c> or <c>serious</c>.</param>
    /// <param name="desk">Where it lies.</param>
    /// <param name="ring">The rung that rang; null when the alert is of no deadline.</param>
    public static Task RaiseAsync(Work work, Guid documentId, string title, string notice, string level, Desk desk, Ring? ring) =>
        LayAsync(work, documentId, notice, level, desk, ring, NoticeWords.Title(notice, title), NoticeWords.Body(notice, title, ring, work.Today));

    /// <summary>As <see cref="RaiseAsync"/>, with words of its own.</summary>
    public static async Task LayAsync(Work work, Guid documentId, string notice, string level, Desk desk, Ring? ring, string subject, string body)
    {
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Cases/Alerts: an alert
            INSERT INTO Alert (Id, DocumentId, DeadlineId, Projection, Days, Notice, Level, Role, Place, AnchorId, Title, Body, RaisedAt, RaisedOn)
            VALUES (@id, @documentId, @DeadlineId, @Projection, @Days, @notice, @level, @Role, @Place, @AnchorId, @subject, @body, @Now, @Today)
            """,
            new
            {
                id,
                documentId,
                ring?.DeadlineId,
                ring?.Projection,
                ring?.Days,
                notice,
                level,
                Role = Kebab.Of(desk.Role),
                Place = Kebab.Of(desk.Place),
                desk.AnchorId,
                subject,
                body,
                work.Now,
                work.Today,
            });
        work.Record(new AlertRaised(id, notice, desk.Role, Kebab.Of(desk.Place), desk.AnchorId, ring?.DeadlineId), documentId);
        foreach (var seat in await DesksOf.SeatsAsync(work.Db, desk, work.Today))
        {
            if (seat.Email is { Length: > 0 } email) await Outbox.MailAsync(work, $"alert:{id}:{seat.AccountId}", new Mail(email, seat.Name, subject, body));
        }
    }
}
