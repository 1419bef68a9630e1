using System.Buffers;
using System.Text;
using System.Xml;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// Walks one part of a Word file from front to back. Tracked changes are read as accepted; hidden text, field codes,
/// comments and the second copy of a text box are left out; a row of a table is a line, its cells parted by tabs, but a
/// row of a single cell is running text.
/// </summary>
internal sealed class WordWalker(TextCleaner cleaner, LineOrigin origin, WordNumbering? numbering, WordSeen seen)
{
    private static readonly SearchValues<char> PageNumber = SearchValues.Create("0123456789-—－– 第页共/");

    private readonly Stack<StringBuilder> _paragraphs = new();
    private readonly Stack<Row> _rows = new();
    private readonly StringBuilder _carried = new();
    private readonly Stack<bool> _markDeleted = new();
    private bool _hidden;

    private int Line => cleaner.Lines.Count + 1;

    /// <summary>Reads to the end of the part. Returns the error that stopped it, or null.</summary>
    public Error? Walk(XmlReader xml, ReadLimits limits)
    {
        xml.Read();
        while (!xml.EOF)
        {
            if (cleaner.TooLong) return IntakeErrors.TooLong(limits.MaxCharacters);
            if (xml.NodeType == XmlNodeType.Element && Enter(xml)) continue;
            if (xml.NodeType == XmlNodeType.EndElement && DocxReader.IsWord(xml)) Leave(xml.LocalName);
            xml.Read();
        }

        FlushCarried();
        return cleaner.TooLong ? IntakeErrors.TooLong(limits.MaxCharacters) : null;
    }

    /// <summary>True when the reader was already moved on.</summary>
    private bool Enter(XmlReader xml)
    {
        if (!DocxReader.IsWord(xml)) return EnterForeign(xml);
        switch (xml.LocalName)
        {
            case "p":
                _paragraphs.Push(new StringBuilder());
                _markDeleted.Push(false);
                if (xml.IsEmptyElement) Leave("p");
                return false;
            case "pPr":
                ReadParagraphProperties(xml);
                return false;
            case "r":
                _hidden = false;
                return false;
            case "rPr":
                ReadRunProperties(xml);
                return false;
            case "t":
                var kept = !_hidden;
                var text = xml.ReadElementContentAsString();
                if (kept) Append(text);
                else if (text.Length > 0) seen.HiddenLine ??= Line;
                return true;
            case "tab" or "ptab":
                Append("\t");
                return false;
            case "br" or "cr":
                Append("\n");
                return false;
            case "noBreakHyphen":
                Append("-");
                return false;
            case "sym":
                seen.SymbolLine ??= Line;
                Append("□");
                return false;
            case "tr":
                FlushCarried();
                _rows.Push(new Row());
                return false;
            case "trPr":
                ReadChange(xml, "trPr", "del", () => _rows.Peek().Deleted = true);
                return false;
            case "tc" when _rows.Count > 0:
                _rows.Peek().Cells.Add([]);
                return false;
            case "tcPr" when _rows.Count > 0:
                ReadChange(xml, "tcPr", "cellDel", () => _rows.Peek().CellDeleted = true);
                return false;
            case "ins" or "moveTo":
                seen.TrackedLine ??= Line;
                return false;
            case "del" or "moveFrom":
                seen.TrackedLine ??= Line;
                xml.Skip();
                return true;
            case "commentReference" or "commentRangeStart":
                seen.CommentLine ??= Line;
                return false;
            case "altChunk" or "subDoc":
                seen.ForeignParts = true;
                return false;
            case "object":
                seen.Objects++;
                xml.Skip();
                return true;
            case "footnote" or "endnote" when DocxReader.Attribute(xml, "type") is "separator" or "continuationSeparator" or "continuationNotice":
            case "delText" or "instrText" or "delInstrText" or "rt" or "sectPr":
                xml.Skip();
                return true;
            default:
                return false;
        }
    }

    private bool EnterForeign(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            // The same text box again, for older programs.
            case "Fallback":
                xml.Skip();
                return true;
            case "t" when xml.NamespaceURI.Contains("/math", StringComparison.Ordinal):
                Append(xml.ReadElementContentAsString());
                return true;
            case "pic" or "imagedata":
                seen.Pictures++;
                return false;
            default:
                return false;
        }
    }

    private void Leave(string element)
    {
        switch (element)
        {
            case "p" when _paragraphs.Count > 0:
                var text = _paragraphs.Pop().ToString();
                if (_markDeleted.Pop())
                {
                    _carried.Append(text);
                    break;
                }

                text = _carried + text;
                _carried.Clear();
                Emit(text);
                break;
            case "r":
                _hidden = false;
                break;
            case "tc":
                FlushCarried();
                if (_rows.Count > 0) _rows.Peek().EndCell();
                break;
            case "tr" when _rows.Count > 0:
                EndRow(_rows.Pop());
                break;
            case "txbxContent":
                FlushCarried();
                break;
        }
    }

    private void EndRow(Row row)
    {
        if (row.Deleted)
        {
            seen.TrackedLine ??= Line;
            return;
        }

        // A letter is sometimes laid out in a frame of one cell: that is running text.
        if (row.Cells is [var only])
        {
            foreach (var paragraph in only) Emit(paragraph);
            return;
        }

        var cells = row.Cells.Select(cell => string.Join(' ', cell.Where(text => text.Length > 0)).Replace('\n', ' ').Replace('\t', ' ')).ToList();
        if (cells.Exists(cell => cell.Length > 0)) Emit(string.Join('\t', cells), LineOrigin.TableRow);
    }

    private void Emit(string text, LineOrigin? of = null)
    {
        if (_rows.TryPeek(out var row) && row.Cells.Count > 0)
        {
            row.Cells[^1].Add(text);
            return;
        }

        if (origin == LineOrigin.Body)
        {
            cleaner.Add(text, of ?? origin);
            return;
        }

        text = text.Trim();
        if (text.Length == 0 || (origin != LineOrigin.Footnote && (IsPageNumber(text) || !seen.PageTexts.Add(text)))) return;
        cleaner.Add(text, origin);
    }

    private void Append(string text)
    {
        if (_paragraphs.TryPeek(out var paragraph)) paragraph.Append(text);
    }

    private void FlushCarried()
    {
        if (_carried.Length == 0) return;
        var text = _carried.ToString();
        _carried.Clear();
        Emit(text);
    }

    private void ReadParagraphProperties(XmlReader xml)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        string? style = null, number = null, level = null;
        xml.Read();
        while (!xml.EOF && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && DocxReader.IsWord(xml))
            {
                switch (xml.LocalName)
                {
                    case "pPrChange" or "rPrChange" or "sectPr":
                        xml.Skip();
                        continue;
                    case "pStyle":
                        style = DocxReader.Attribute(xml, "val");
                        break;
                    case "numId":
                        number = DocxReader.Attribute(xml, "val");
                        break;
                    case "ilvl":
                        level = DocxReader.Attribute(xml, "val");
                        break;
                    case "ins" or "moveTo" when xml.Depth == depth + 2:
                        seen.TrackedLine ??= Line;
                        break;
                    case "del" or "moveFrom" when xml.Depth == depth + 2:
                        seen.TrackedLine ??= Line;
                        if (_markDeleted.TryPop(out _)) _markDeleted.Push(true);
                        break;
                }
            }

            xml.Read();
        }

        if (numbering is null || _paragraphs.Count == 0 || _markDeleted.Peek()) return;
        Append(numbering.Label(style, number, level));
    }

    private void ReadRunProperties(XmlReader xml)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        xml.Read();
        while (!xml.EOF && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && DocxReader.IsWord(xml))
            {
                if (xml.LocalName == "rPrChange")
                {
                    xml.Skip();
                    continue;
                }

                if (xml.LocalName == "vanish") _hidden = DocxReader.Attribute(xml, "val") is not ("0" or "false" or "off");
            }

            xml.Read();
        }
    }

    private void ReadChange(XmlReader xml, string properties, string change, Action deleted)
    {
        if (xml.IsEmptyElement || _rows.Count == 0) return;
        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth && xml.LocalName == properties))
        {
            if (xml.NodeType != XmlNodeType.Element || !DocxReader.IsWord(xml) || xml.Depth != depth + 1) continue;
            if (xml.LocalName == change) deleted();
            if (xml.LocalName is "ins" or "cellIns" or "del" or "cellDel") seen.TrackedLine ??= Line;
        }
    }

    private static bool IsPageNumber(string text) => text.AsSpan().IndexOfAnyExcept(PageNumber) < 0;

    private sealed class Row
    {
        public List<List<string>> Cells { get; } = [];

        public bool Deleted { get; set; }

        public bool CellDeleted { get; set; }

        public void EndCell()
        {
            if (CellDeleted) Cells[^1].Clear();
            CellDeleted = false;
        }
    }
}
