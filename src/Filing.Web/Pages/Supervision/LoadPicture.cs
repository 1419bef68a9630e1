using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Filing.Domain;
using Filing.Features.Supervision;

namespace Filing.Web.Pages.Supervision;

/// <summary>What is due in a week under one limit, or under those that the picture puts together.</summary>
/// <param name="From">The first day that counts: Monday, or today in the first week.</param>
/// <param name="To">Sunday.</param>
/// <param name="Counts">By the names of <see cref="LoadPicture.Series"/>, in their order.</param>
public sealed record LoadWeek(DateOnly From, DateOnly To, IReadOnlyList<int> Counts);

/// <summary>A colour of the picture.</summary>
/// <param name="Limit">The limit, as the definitions call it.</param>
/// <param name="Label">In Chinese.</param>
/// <param name="Class">The class of its bars: told apart by lightness as well as by colour.</param>
public sealed record LoadSeries(string Limit, string Label, string Class);

/// <summary>未来六周到期: a column a day, stacked by limit, rest days shaded. A table beside it says the same in figures that are links.</summary>
public sealed class LoadPicture
{
    private const int Left = 26, Top = 14, Step = 22, Bar = 16, Height = 96;
    private readonly Board _board;

    /// <summary>A picture of what a board says.</summary>
    public LoadPicture(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        _board = board;
        Series = [.. board.Days.GroupBy(d => d.Name).OrderBy(g => g.Key, StringComparer.Ordinal).Select((g, i) => new LoadSeries(g.Key, g.First().Label, $"s{i % 4}"))];
        Weeks =
        [
            .. Enumerable.Range(0, Board.Weeks).Select(w =>
            {
                var (from, to) = (board.Monday.AddDays(7 * w), board.Monday.AddDays((7 * w) + 6));
                return new LoadWeek(from < board.Today ? board.Today : from, to, [.. Series.Select(s => board.Days.Where(d => d.Name == s.Limit && d.Due >= from && d.Due <= to).Sum(d => d.Count))]);
            }),
        ];
    }

    /// <summary>The limits under which something is due, in the order of the stacks.</summary>
    public IReadOnlyList<LoadSeries> Series { get; }

    /// <summary>The weeks, this one first.</summary>
    public IReadOnlyList<LoadWeek> Weeks { get; }

    /// <summary>The picture. It has a title and a description of its own.</summary>
    public string Svg()
    {
        var most = Math.Max(4, _board.Days.GroupBy(d => d.Due).Select(g => g.Sum(d => d.Count)).DefaultIfEmpty().Max());
        var width = Left + (Step * 7 * Board.Weeks) + 4;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"load\" viewBox=\"0 0 {width} {Top + Height + 22}\" role=\"group\" aria-labelledby=\"load-title load-desc\"><title id=\"load-title\">未来{Board.Weeks}周每日到期件数</title>");
        svg.Append(CultureInfo.InvariantCulture, $"<desc id=\"load-desc\">{E(Description())}</desc>");
        foreach (var rest in _board.RestDays) svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"rest\" x=\"{X(rest) - 3}\" y=\"{Top}\" width=\"{Step}\" height=\"{Height}\"/>");
        foreach (var mark in new[] { most / 2, most })
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{width}\" y1=\"{Y(mark, most)}\" y2=\"{Y(mark, most)}\"/><text x=\"{Left - 5}\" y=\"{Y(mark, most) + 4}\" text-anchor=\"end\">{mark}</text>");
        foreach (var day in _board.Days.GroupBy(d => d.Due)) Column(svg, day.Key, [.. day], most);
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"base\" x1=\"{Left}\" x2=\"{width}\" y1=\"{Top + Height}\" y2=\"{Top + Height}\"/>");
        for (var week = 0; week < Board.Weeks; week++)
        {
            var monday = _board.Monday.AddDays(7 * week);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(monday)}\" y=\"{Top + Height + 16}\">{monday.Month}月{monday.Day}日</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"today\" x1=\"{X(_board.Today) - 3}\" x2=\"{X(_board.Today) - 3}\" y1=\"4\" y2=\"{Top + Height}\"/><text class=\"today\" x=\"{X(_board.Today) + 1}\" y=\"12\">今天</text></svg>");
        return svg.ToString();
    }

    private string Description() => Weeks.All(w => w.Counts.Sum() == 0)
        ? "没有到期的事项。"
        : string.Concat(Weeks.Select(w => $"{ChineseDate.FormatShort(w.From)}至{ChineseDate.FormatShort(w.To)} {w.Counts.Sum()} 件；")).TrimEnd('；') + "。";

    private void Column(StringBuilder svg, DateOnly day, IReadOnlyList<DueCount> counts, int most)
    {
        var below = 0;
        foreach (var series in Series)
        {
            var count = counts.Where(c => c.Name == series.Limit).Sum(c => c.Count);
            if (count == 0) continue;
            var (top, bottom) = (Y(below + count, most), Y(below, most));
            svg.Append(CultureInfo.InvariantCulture, $"<a href=\"/alerts?list=due&amp;from={day:yyyy-MM-dd}&amp;to={day:yyyy-MM-dd}&amp;limit={Uri.EscapeDataString(series.Limit)}\"><title>{E($"{ChineseDate.FormatFull(day)} {series.Label} {count} 件")}</title>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{series.Class}\" x=\"{X(day)}\" y=\"{top}\" width=\"{Bar}\" height=\"{bottom - top - 1}\"/></a>");
            below += count;
        }
    }

    private int X(DateOnly day) => Left + 3 + (Step * (day.DayNumber - _board.Monday.DayNumber));

    private static int Y(int count, int most) => Top + Height - (Height * count / most);

    private static string E(string text) => HtmlEncoder.Default.Encode(text);
}
