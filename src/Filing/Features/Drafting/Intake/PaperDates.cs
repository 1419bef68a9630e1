using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>Collects the dates of a paper and says which one each is.</summary>
internal static class PaperDates
{
    private const int SignerGap = 3;

    /// <summary>The dates in the order of the text, each place once.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="terms">Its clauses about force and validity; their dates are taken over.</param>
    /// <param name="signature">The index of the row with the date of signature; null when there is none.</param>
    public static IReadOnlyList<Proposed<PaperDate>> Read(Paper paper, IReadOnlyList<Proposed<TermClause>> terms, int? signature)
    {
        var dates = new List<Proposed<PaperDate>>();
        foreach (var row in paper.PageHead)
            dates.AddRange(OfRow(row, paper, false));
        for (var i = paper.First; i <= paper.Last; i++) dates.AddRange(OfRow(paper.Rows[i], paper, i == signature));
        foreach (var term in terms)
        {
            if (term.Value.Date is not { } date) continue;
            var kind = term.Value.Kind == TermClauseKind.FromDate ? PaperDateKind.InForce : PaperDateKind.ValidUntil;
            dates.RemoveAll(known => known.Value is { Kind: PaperDateKind.Unclear } && known.Value.Date == date && Within(known.Place, term.Place));
            dates.Add(new(new(kind, date), term.Place, term.Sureness, term.Remark));
        }

        return [.. dates.OrderBy(date => date.Place.Line).ThenBy(date => date.Place.Start)];
    }

    /// <summary>The row of the signature: the first row after the title that is a date, and the organs right above it.</summary>
    public static (int? Row, IReadOnlyList<Proposed<BodyName>> Signers) Signature(Paper paper)
    {
        for (var i = paper.BodyFirst; i <= paper.Last; i++)
        {
            var row = paper.Rows[i];
            if (row.Kind != RowKind.Date) continue;
            var signers = row.Bodies.Select(body => Signer(row, body)).ToList();
            for (var (above, gap) = (i - 1, 0); above >= paper.BodyFirst && gap < SignerGap && signers.Count < 24; above--)
            {
                var signer = paper.Rows[above];
                if (signer.Kind is RowKind.Blank or RowKind.Rule) gap++;
                else if (signer.Kind == RowKind.Bodies) signers.InsertRange(0, signer.Bodies.Select(body => Signer(signer, body)));
                else break;
                if (signer.Kind == RowKind.Bodies) gap = 0;
            }

            return (i, signers);
        }

        return (null, []);
    }

    private static Proposed<BodyName> Signer(PageRow row, (int Start, int Length, BodyName Body) body) =>
        new(body.Body, row.At(body.Start, body.Length), Sureness.Likely, "取自成文日期上方的发文机关署名。");

    private static IEnumerable<Proposed<PaperDate>> OfRow(PageRow row, Paper paper, bool signature)
    {
        if (row.Kind == RowKind.Contents) yield break;
        if (row.Kind == RowKind.Fields)
        {
            foreach (var field in row.Fields)
            {
                foreach (var (start, length, date) in ChineseDate.FindAll(field.Value))
                {
                    var (kind, sureness, remark) = OfField(field.Label);
                    yield return new(new(kind, date), field.Place with { Start = field.Place.Start + start, Length = length, Quote = field.Value.Substring(start, length) }, sureness, remark);
                }
            }

            yield break;
        }

        var underTitle = row.Text.Length < 200 && row.Text.Length > 2 && row.Text[0] is '（' or '(' && row.Line <= (paper.Title is null ? 0 : paper.Rows[Math.Min(paper.BodyFirst + 3, paper.Rows.Count - 1)].Line);
        foreach (var (start, length, date) in ChineseDate.FindAll(row.Text))
        {
            var rest = row.Text.AsSpan(start + length);
            var (kind, sureness, remark) = row.Kind switch
            {
                RowKind.Date when signature => (PaperDateKind.Signing, row.Bodies.Count > 0 || HasSigner(paper, row) ? Sureness.Certain : Sureness.Likely, "落款处的成文日期（会议通过或负责人签发之日）。"),
                RowKind.Printed when row.Date?.Start == start => (PaperDateKind.Printed, Sureness.Certain, "版记中的印发日期。"),
                RowKind.Clutter => (PaperDateKind.Page, Sureness.Likely, "网页或报刊的日期，不是文件的公布日期。"),
                _ when underTitle && rest.Contains("通过", StringComparison.Ordinal) => (PaperDateKind.Adopted, Sureness.Likely, "标题下方注明的会议通过日期。"),
                _ when underTitle && rest.Contains("公布", StringComparison.Ordinal) => (PaperDateKind.Published, Sureness.Likely, "标题下方注明的公布日期。"),
                RowKind.Date => (PaperDateKind.Unclear, Sureness.Guess, "单独成行的日期，未写明是哪个日期，请确认。"),
                _ => (PaperDateKind.Unclear, Sureness.Guess, "正文中提到的日期，未必是本文件的日期。"),
            };
            yield return new(new(kind, date), row.At(start, length), sureness, remark);
        }
    }

    private static bool HasSigner(Paper paper, PageRow row) => Signature(paper) is { Row: { } index, Signers.Count: > 0 } && paper.Rows[index] == row;

    private static (PaperDateKind, Sureness, string) OfField(string label) => label switch
    {
        "签署日期" or "成文日期" or "生成日期" => (PaperDateKind.Signing, Sureness.Likely, $"目录栏“{label}”。"),
        "登记日期" => (PaperDateKind.Registered, Sureness.Likely, "目录栏“登记日期”；登记不是公布，公布日期须另行填写。"),
        "发文日期" => (PaperDateKind.Issued, Sureness.Guess, "目录栏“发文日期”，未说明是印发还是公布，请确认。"),
        "发布日期" or "发布时间" or "公开日期" or "公布日期" => (PaperDateKind.Published, Sureness.Guess, $"网页所载“{label}”，请确认是否为在规定载体上首次公布之日。"),
        "施行日期" or "实施日期" or "生效日期" => (PaperDateKind.InForce, Sureness.Likely, $"目录栏“{label}”。"),
        "失效日期" or "有效期" or "有效期限" or "信息时效期" => (PaperDateKind.ValidUntil, Sureness.Guess, $"目录栏“{label}”，请确认是否为最后一个有效日。"),
        _ => (PaperDateKind.Unclear, Sureness.Guess, $"“{label}”一栏中的日期，未写明是哪个日期，请确认。"),
    };

    private static bool Within(TextPlace inner, TextPlace outer) =>
        (inner.Line > outer.Line || (inner.Line == outer.Line && inner.Start >= outer.Start)) && outer.Quote.Contains(inner.Quote, StringComparison.Ordinal);
}
