using System.Globalization;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Web.Operations;

/// <summary>Where <c>--clock</c> moves the clock of the law: <c>2013-03-20T09:00+08:00</c>, and with <c>,x36000</c> how fast it runs from there.</summary>
/// <param name="To">The moment that the server starts at.</param>
/// <param name="Rate">Legal seconds in a real one; 0 stands still.</param>
public sealed record ClockSetting(DateTimeOffset To, double Rate)
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>Reads a setting. A moment without an offset is one in China.</summary>
    public static Result<ClockSetting> Parse(string text)
    {
        var parts = text.Split(',');
        var rate = 1d;
        var understood = parts.Length is 1 or 2 && TryMoment(parts[0], out var to)
            && (parts.Length == 1 || (parts[1] is ['x', ..] && double.TryParse(parts[1][1..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate) && rate <= 1e6))
            ? new ClockSetting(to, rate)
            : null;
        return understood is not null ? understood : Error.Invalid("clock.unreadable", $"“{text}”不是可用的时钟：应写作 2013-03-20T09:00+08:00，或加上快慢，如 ,x36000。", "--clock");
    }

    /// <summary>Moves a clock there.</summary>
    public void Apply(LegalClock clock) => clock.Move(To, Rate);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{To:yyyy-MM-dd'T'HH:mm:sszzz},x{Rate}");

    private static bool TryMoment(string text, out DateTimeOffset moment)
    {
        if (DateTimeOffset.TryParseExact(text, Formats[..2], CultureInfo.InvariantCulture, DateTimeStyles.None, out moment)) return true;
        if (!DateTimeOffset.TryParseExact(text, Formats[2..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment)) return false;
        if (!text.EndsWith('Z')) moment = new DateTimeOffset(moment.DateTime, LegalClock.China);
        return true;
    }
}
