using System.Text;

namespace Filing.Web.CommandLine;

/// <summary>
/// The rows of a CSV text (RFC 4180) whose fields hold no line ends, one at a time. Empty lines are passed over and counted. A quote that is
/// not closed on its line takes the rest of the line.
/// </summary>
internal sealed class CsvRows(TextReader reader)
{
    private readonly List<string> _fields = [];
    private readonly StringBuilder _quoted = new();

    /// <summary>The line of the current row, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The fields of the current row.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Read()
    {
        while (reader.ReadLine() is { } line)
        {
            Line++;
            if (line.Length == 0) continue;
            Split(line);
            return true;
        }

        return false;
    }

    private void Split(string line)
    {
        _fields.Clear();
        for (var at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && line[at] == '"')
            {
                _fields.Add(Quoted(line, ref at));
                continue;
            }

            var comma = line.IndexOf(',', at);
            var end = comma < 0 ? line.Length : comma;
            _fields.Add(line[at..end]);
            at = end;
        }
    }

    /// <summary>Reads a field from its opening quote; leaves the place at the comma after it, or at the end.</summary>
    private string Quoted(string line, ref int at)
    {
        _quoted.Clear();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"') _quoted.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == '"') _quoted.Append(line[at++]);
            else break;
        }

        // What stands between the closing quote and the comma belongs to no good field, and makes a bad one of it.
        for (at++; at < line.Length && line[at] != ','; at++) _quoted.Append(line[at]);
        return _quoted.ToString();
    }
}
