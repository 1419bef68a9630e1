using System.Text;

namespace Filing.Tests.Data.Sql;

/// <summary>A string literal of a source file.</summary>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Text">Its value; each hole of an interpolated one is <see cref="Hole"/>.</param>
/// <param name="Holes">What stands in the holes, in their order.</param>
public sealed record CSharpString(int Line, string Text, IReadOnlyList<string> Holes)
{
    /// <summary>What stands where an interpolated string has a hole.</summary>
    public const char Hole = '\u0001';
}

/// <summary>Finds the string literals of a C# file: as much of the language's grammar as that needs, and no more.</summary>
public static class CSharpStrings
{
    public static IReadOnlyList<CSharpString> In(string source)
    {
        var reader = new Reader(source);
        reader.Code(untilBrace: false);
        return reader.Found;
    }

    private sealed class Reader(string source)
    {
        private int _at;

        public List<CSharpString> Found { get; } = [];

        private bool Next(string text) => string.CompareOrdinal(source, _at, text, 0, text.Length) == 0;

        public void Code(bool untilBrace)
        {
            var depth = 0;
            while (_at < source.Length)
            {
                var c = source[_at];
                if (Next("//"))
                {
                    _at = IndexOrEnd("\n");
                }
                else if (Next("/*"))
                {
                    _at = IndexOrEnd("*/") + 2;
                }
                else if (c == '\'')
                {
                    _at += source[_at + 1] == '\\' ? 3 : 2;
                    _at = IndexOrEnd("'") + 1;
                }
                else if (c is '"' or '$' or '@' && Literal())
                {
                    // It was read.
                }
                else
                {
                    if (c is '{' or '(' or '[') depth++;
                    if (c is '}' or ')' or ']' && --depth < 0 && untilBrace) return;
                    _at++;
                }
            }
        }

        private int IndexOrEnd(string text) => source.IndexOf(text, _at, StringComparison.Ordinal) is var found and >= 0 ? found : source.Length;

        private bool Literal()
        {
            var start = _at;
            var (dollars, verbatim) = (0, false);
            for (; _at < source.Length && source[_at] is '$' or '@'; _at++)
            {
                if (source[_at] == '$') dollars++;
                else verbatim = true;
            }

            if (_at >= source.Length || source[_at] != '"')
            {
                _at = start;
                return false;
            }

            var quotes = Run('"');
            var line = source.AsSpan(0, start).Count('\n') + 1;
            if (verbatim || quotes < 3)
            {
                _at++;
                var holes = new List<string>();
                Found.Add(new(line, Short(verbatim, dollars > 0, holes), holes));
            }
            else
            {
                _at += quotes;
                var holes = new List<string>();
                Found.Add(new(line, Raw(quotes, dollars, holes), holes));
            }

            return true;
        }

        private int Run(char c)
        {
            var length = 0;
            while (_at + length < source.Length && source[_at + length] == c) length++;
            return length;
        }

        private string Short(bool verbatim, bool interpolated, List<string> holes)
        {
            var text = new StringBuilder();
            while (true)
            {
                var c = source[_at++];
                if (c == '"' && verbatim && source[_at] == '"') _at++;
                else if (c == '"') return text.ToString();
                else if (c == '\\' && !verbatim) c = source[_at++] switch { 'n' => '\n', 't' => '\t', var other => other };
                else if (interpolated && c is '{' or '}' && source[_at] == c) _at++;
                else if (interpolated && c == '{') c = InHole(1, holes);
                text.Append(c);
            }
        }

        private string Raw(int quotes, int dollars, List<string> holes)
        {
            var text = new StringBuilder();
            while (Run('"') < quotes)
            {
                if (dollars > 0 && Run('{') is var open && open >= dollars)
                {
                    _at += open;
                    text.Append('{', open - dollars).Append(InHole(dollars, holes));
                }
                else
                {
                    text.Append(source[_at++]);
                }
            }

            _at += Run('"');
            return text.ToString();
        }

        private char InHole(int braces, List<string> holes)
        {
            var start = _at;
            Code(untilBrace: true);
            holes.Add(source[start.._at].Trim());
            _at += braces;
            return CSharpString.Hole;
        }
    }
}
