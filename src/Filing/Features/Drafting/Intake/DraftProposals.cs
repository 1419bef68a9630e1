using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// Reads from a text what the paper says about itself: proposals with their places, for a person to confirm. A page may
/// hold several papers. Total: any text has an answer, in time linear in its length.
/// </summary>
public static class DraftProposals
{
    private const int MostFields = 500;
    private const int MostNumbers = 100;

    /// <summary>The proposals, one for each paper of the text in its order; none when the text is wanted or says nothing.</summary>
    public static IReadOnlyList<DocumentProposal> Read(ReadDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var rows = PageRows.Of(document.Lines);
        return [.. PaperSplitter.Split(rows).Select(Read)];
    }

    private static DocumentProposal Read(Paper paper)
    {
        var rows = paper.Rows;
        var receivers = Receivers(paper, out var textFirst);
        var flow = new Flow(rows, textFirst, paper.Last, row => row.Kind is not (RowKind.Clutter or RowKind.Contents));
        var (signatureRow, signature) = PaperDates.Signature(paper);
        var (printing, printedRow) = Printing(paper);
        var title = paper.Title is null ? null : new Proposed<string>(paper.Title.Text, paper.Title.Place, TitleSureness(paper), "取自公文标题，发文机关名称和换行已略去。");
        var enclosed = Enclosed(paper);
        var terms = Terms(title, enclosed, flow);
        var bodies = Bodies(paper, signature);
        var fields = paper.All.SelectMany(row => row.Fields).Take(MostFields).ToList();
        var number = Number(paper, fields);
        var genre = paper.Title is null ? null : Genre(paper.Title, title!);
        var kind = Kind(bodies);
        var proposal = new DocumentProposal
        {
            FirstLine = rows[paper.First].Line,
            LastLine = rows[paper.Last].Line,
            Title = title,
            FullTitle = title is null ? null : FullTitle(paper),
            Enclosed = enclosed,
            Bodies = bodies,
            Number = number,
            OtherNumbers = OtherNumbers(paper, fields),
            Dates = PaperDates.Read(paper, terms, signatureRow),
            Receivers = receivers,
            Copies = Copies(paper, printedRow),
            Cited = CitedFinder.Find(flow, OwnTitles(paper, enclosed), number?.Value),
            Genre = genre,
            Kind = kind,
            Issuance = bodies.Count == 0 ? null : new(
                bodies.Count > 1 ? PaperIssuance.Joint : PaperIssuance.Sole, bodies[0].Place, bodies[0].Sureness,
                bodies.Count > 1 ? $"由 {bodies.Count} 个机关联合制发，以“{bodies[0].Value.Name}”为牵头机关。" : "由一个机关单独制发。"),
            Terms = terms,
            PrintingBody = printing,
            Signature = signature,
            Disclosure = Disclosure(paper, fields),
            Attachments = Attachments(paper),
            Fields = fields,
            Scope = ScopeReader.Read(title, enclosed, genre, kind, bodies, flow, paper.All.First(row => row.Text.Length > 0).Whole),
        };
        return proposal with { Missing = ProposalChecks.Missing(proposal), Findings = ProposalChecks.Findings(proposal, paper) };
    }

    private static Sureness TitleSureness(Paper paper) =>
        paper.Headline is not null || paper.HeadBodies.Count > 0 || paper.Title!.Prefix.Count > 0 || paper.Number is not null ? Sureness.Certain : Sureness.Likely;

    private static IReadOnlyList<Proposed<string>> Receivers(Paper paper, out int textFirst)
    {
        textFirst = Math.Min(paper.BodyFirst, paper.Last);
        if (paper.Title is null || ReceiverFinder.Find(paper.Rows, paper.BodyFirst, paper.Last) is not var (first, last)) return [];
        textFirst = Math.Min(last + 1, paper.Last);
        var flow = new Flow(paper.Rows, first, last);
        return [.. ReceiverFinder.Parts(flow, 0, flow.Text.Length, Sureness.Certain, "取自标题下方的主送机关。")];
    }

    /// <summary>抄送 runs on over the following rows, to the printing line.</summary>
    private static IReadOnlyList<Proposed<string>> Copies(Paper paper, int? printedRow)
    {
        const int most = 8;
        for (var i = paper.BodyFirst; i <= paper.Last; i++)
        {
            if (paper.Rows[i].Fields.FirstOrDefault(field => field.Label is "抄送" or "抄报") is not { Value.Length: > 0 } field) continue;
            var last = i;
            for (var next = i + 1; next <= paper.Last && next - i < most && next != printedRow; next++)
            {
                var kind = paper.Rows[next].Kind;
                if (kind == RowKind.Text) last = next;
                else if (kind != RowKind.Blank) break;
            }

            var flow = new Flow(paper.Rows, i, last, row => row.Kind != RowKind.Blank);
            var start = field.Place.Start - paper.Rows[i].Start;
            return [.. ReceiverFinder.Parts(flow, start, flow.Text.Length, Sureness.Certain, "取自版记中的抄送机关。")];
        }

        return [];
    }

    private static (Proposed<string>? Body, int? Row) Printing(Paper paper)
    {
        for (var i = paper.Last; i >= paper.BodyFirst; i--)
        {
            var row = paper.Rows[i];
            if (row.Kind != RowKind.Printed) continue;
            var before = row.Text.AsSpan(0, row.Date!.Value.Start).TrimEnd();
            if (before.Length > 0) return (new(before.ToString(), row.At(0, before.Length), Sureness.Certain, "取自版记中的印发机关。"), i);
            for (var above = i - 1; above >= paper.BodyFirst && above >= i - 4; above--)
            {
                var printer = paper.Rows[above];
                if (printer.Kind is RowKind.Blank or RowKind.Rule) continue;
                return printer.Kind is RowKind.Bodies or RowKind.Text && printer.Text.Length <= 40
                    ? (new(printer.Text, printer.Whole, Sureness.Likely, "取自印发日期上方的印发机关。"), above)
                    : (null, i);
            }

            return (null, i);
        }

        return (null, null);
    }

    /// <summary>The organs of the head; where the head names none, those of the signature. Named twice is certain.</summary>
    private static List<Proposed<BodyName>> Bodies(Paper paper, IReadOnlyList<Proposed<BodyName>> signature)
    {
        var bodies = new List<Proposed<BodyName>>();
        foreach (var named in paper.HeadBodies.Concat(paper.Title?.Prefix ?? []).Concat(paper.Headline?.Prefix ?? []).Concat(signature))
        {
            var known = bodies.FindIndex(body => body.Value.Name == named.Value.Name);
            if (known < 0) bodies.Add(named);
            else bodies[known] = bodies[known] with { Sureness = Sureness.Certain, Remark = "文件首部与标题、落款中的机关名称一致。" };
        }

        return bodies;
    }

    private static Proposed<IssueNumber>? Number(Paper paper, List<LabelledField> fields)
    {
        if (paper.Number is var (place, number)) return new(number, place, Sureness.Certain, "取自文件首部的发文字号。");
        foreach (var field in fields)
            if (field.Label is "文号" or "发文字号" or "文件编号" && IssueNumber.TryParse(field.Value, out var read, out _))
                return new(read, field.Place, Sureness.Likely, $"取自目录栏“{field.Label}”，文件首部未见文号，请核对。");
        return null;
    }

    private static IReadOnlyList<Proposed<OtherNumber>> OtherNumbers(Paper paper, List<LabelledField> fields)
    {
        var numbers = new List<Proposed<OtherNumber>>();
        foreach (var field in fields.Where(field => field.Value.Length > 0))
        {
            if (field.Label == "索引号")
                numbers.Add(new(new(OtherNumberKind.Index, field.Value), field.Place, Sureness.Certain, "政府信息公开目录的索引号，不说明地区和文件年份。"));
            else if (field.Label is "统一登记号" or "规范性文件登记号" or "登记号")
                numbers.Add(new(new(OtherNumberKind.Registration, RegistrationNumber.TryParse(field.Value, out var read, out _) ? read.ToString() : field.Value), field.Place,
                    read is null ? Sureness.Guess : Sureness.Certain, read is null ? "目录栏中的统一登记号，格式不合，请核对。" : "取自目录栏的统一登记号。"));
        }

        foreach (var row in paper.All.Where(row => row.Kind is RowKind.Text && row.Text.Length is >= 4 and <= 60))
        {
            if (numbers.Count >= MostNumbers) break;
            var squeezed = PageRows.Squeezed(row.Text);
            if (squeezed.Length <= 12 && squeezed[0] == '第' && squeezed[^1] == '号')
                numbers.Add(new(new(OtherNumberKind.Order, squeezed), row.Whole, Sureness.Likely, "单独成行的令号。"));
            else if (char.IsAsciiLetterUpper(squeezed.TrimStart('（', '(') is [var letter, ..] ? letter : ' ') && RegistrationNumber.TryParse(row.Text, out var read, out _)
                && !numbers.Exists(known => known.Value.Text == read.ToString()))
                numbers.Add(new(new(OtherNumberKind.Registration, read.ToString()), row.Whole, Sureness.Certain, "取自文件首部的统一登记号。"));
        }

        return [.. numbers.OrderBy(number => number.Place.Line)];
    }

    private static Proposed<string> Genre(Title title, Proposed<string> proposed)
    {
        var at = proposed.Place.Quote.LastIndexOf(title.Genre, StringComparison.Ordinal);
        var before = at < 0 ? -1 : proposed.Place.Quote.AsSpan(0, at).Count('\n');
        var place = at < 0 ? proposed.Place : new TextPlace(
            proposed.Place.Line + before, before == 0 ? proposed.Place.Start + at : at - proposed.Place.Quote.AsSpan(0, at).LastIndexOf('\n') - 1, title.Genre.Length, title.Genre);
        return Genres.IsOfficial(title.Genre)
            ? new(title.Genre, place, Sureness.Certain, "取自标题末尾的文种。")
            : new(title.Genre, place, Sureness.Likely, "标题末尾不是法定公文文种，一般以通知印发。");
    }

    private static Proposed<PaperKind>? Kind(List<Proposed<BodyName>> bodies)
    {
        if (bodies.Count == 0) return null;
        var lead = bodies[0];
        var party = bodies.FirstOrDefault(body => body.Value.Kind == IssuerKind.PartyOrgan);
        if (party is not null)
        {
            return bodies.Any(body => body.Value.Kind is not IssuerKind.PartyOrgan)
                ? new(PaperKind.PartyGovernmentJoint, party.Place, party.Sureness, "制发机关中有党的机关。")
                : new(PaperKind.Party, party.Place, party.Sureness, "由党的机关制发。");
        }

        return lead.Value.Kind switch
        {
            IssuerKind.Government => new(PaperKind.Government, lead.Place, lead.Sureness, "由人民政府制发。"),
            IssuerKind.GovernmentOffice => new(PaperKind.Government, lead.Place, lead.Sureness, "由政府办公厅（室）制发，视同政府文件。"),
            IssuerKind.Township => new(PaperKind.Township, lead.Place, lead.Sureness, "由乡镇人民政府或街道办事处制发。"),
            IssuerKind.Department => new(PaperKind.Department, lead.Place, Sureness.Likely, "由政府部门制发；如系法律法规授权的组织，请改选。"),
            IssuerKind.LeadingGroupOffice => new(PaperKind.Unclear, lead.Place, Sureness.Likely, "由议事协调机构或其办公室制发，不是政府也不是部门，请核实主体。"),
            _ => new(PaperKind.Unclear, lead.Place, Sureness.Guess, "制发机关不是行政机关，请核实主体。"),
        };
    }

    private static string FullTitle(Paper paper)
    {
        var names = paper.Title!.Prefix.Count > 0
            ? paper.Title.PrefixText
            : string.Join(' ', paper.HeadBodies.Where(body => body.Remark == "取自标题上方的发文机关名称。").Select(body => body.Value.Name));
        return (names.Length > 0 ? names : paper.Title.Prefix.Count == 0 ? paper.Title.PrefixText : "") + paper.Title.Text;
    }

    /// <summary>The enclosed paper's own title further down, or the title as the notice names it.</summary>
    private static Proposed<string>? Enclosed(Paper paper)
    {
        if (paper.Title?.Enclosed is not { Length: > 1 } named) return null;
        var key = PageRows.Key(named);
        for (var i = paper.BodyFirst; i <= paper.Last; i++)
        {
            var joined = "";
            for (var last = i; last <= paper.Last && last - i < 6 && paper.Rows[last].Kind is RowKind.Text or RowKind.Bodies; last++)
            {
                if (paper.Rows[last].Text.Length > key.Length * 2 + 20) break;
                joined += PageRows.Key(paper.Rows[last].Text);
                if (joined == key)
                    return new(PageRows.Squeezed(named), Flow.Span(paper.Rows, i, 0, last, paper.Rows[last].Text.Length), Sureness.Certain, "所印发文件的标题，与通知标题一致。");
                if (!key.StartsWith(joined, StringComparison.Ordinal)) break;
            }
        }

        return new(PageRows.Squeezed(named), paper.Title.Place, Sureness.Likely, "取自通知的标题。");
    }

    private static List<Proposed<TermClause>> Terms(Proposed<string>? title, Proposed<string>? enclosed, Flow flow)
    {
        var terms = TermFinder.Find(flow).ToList();
        var trial = new[] { enclosed, title }.FirstOrDefault(named => named is not null && (named.Value.Contains("暂行", StringComparison.Ordinal) || named.Value.Contains("试行", StringComparison.Ordinal)));
        if (trial is not null) terms.Insert(0, new(new(TermClauseKind.Trial, null, null), trial.Place, Sureness.Certain, "标题含“暂行”或“试行”，有效期上限较短。"));
        return terms;
    }

    private static HashSet<string> OwnTitles(Paper paper, Proposed<string>? enclosed)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        if (paper.Title is not null) own.Add(PageRows.Key(paper.Title.Text));
        if (enclosed is not null) own.Add(PageRows.Key(enclosed.Value));
        return own;
    }

    private static Proposed<string>? Disclosure(Paper paper, List<LabelledField> fields)
    {
        if (fields.FirstOrDefault(field => field.Label == "公开方式" && field.Value.Length > 0) is { } field) return new(field.Value, field.Place, Sureness.Certain, "取自“公开方式”一栏。");
        foreach (var row in paper.Body.Where(row => row.Text.Length is > 5 and < 20))
        {
            var words = row.Text.AsSpan().Trim("（）() ");
            if (words.StartsWith("此件") && words.Contains("公开", StringComparison.Ordinal))
                return new(words.ToString(), row.At(row.Text.AsSpan().IndexOf(words, StringComparison.Ordinal), words.Length), Sureness.Certain, "取自附注。");
        }

        return null;
    }

    /// <summary>附件：1.… and the numbered rows that follow it.</summary>
    private static List<Proposed<string>> Attachments(Paper paper)
    {
        var attachments = new List<Proposed<string>>();
        for (var i = paper.BodyFirst; i <= paper.Last && attachments.Count == 0; i++)
        {
            if (paper.Rows[i].Fields.FirstOrDefault(field => field.Label == "附件") is not { } field) continue;
            if (field.Value.Length > 0) Add(paper.Rows[i], field.Place.Start - paper.Rows[i].Start);
            for (var next = i + 1; next <= paper.Last && attachments.Count < 50; next++)
            {
                if (paper.Rows[next].Kind == RowKind.Blank) continue;
                if (paper.Rows[next].Kind != RowKind.Text || Outline.LabelOf(paper.Rows[next].Text) is not { Level: OutlineLevel.Third } || paper.Rows[next].Text.Length > 120) break;
                Add(paper.Rows[next], 0);
            }
        }

        return attachments;

        void Add(PageRow row, int start)
        {
            start += Outline.LabelOf(row.Text[start..])?.Length ?? 0;
            while (start < row.Text.Length && char.IsWhiteSpace(row.Text[start])) start++;
            if (start < row.Text.Length) attachments.Add(new(row.Text[start..], row.At(start, row.Text.Length - start), Sureness.Certain, "取自附件说明。"));
        }
    }
}
