namespace Filing.Domain;

/// <summary>One step of an edit script.</summary>
internal enum Edit
{
    /// <summary>In both.</summary>
    Keep,

    /// <summary>In the old one only.</summary>
    Remove,

    /// <summary>In the new one only.</summary>
    Add,
}

/// <summary>The shortest edit script between two sequences (E. W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986).</summary>
internal static class Myers
{
    /// <summary>Beyond this many edits the sequences have little in common; the middle is given as replaced, so that time and memory stay small.</summary>
    private const int MostEdits = 2000;

    /// <summary>
    /// The script from <paramref name="old"/> to <paramref name="now"/>: as many <see cref="Edit.Keep"/> and <see cref="Edit.Remove"/> as there are
    /// old elements, and as many <see cref="Edit.Keep"/> and <see cref="Edit.Add"/> as there are new ones.
    /// </summary>
    public static List<Edit> Script(ReadOnlySpan<int> old, ReadOnlySpan<int> now)
    {
        var head = old.CommonPrefixLength(now);
        var tail = 0;
        while (tail < Math.Min(old.Length, now.Length) - head && old[^(tail + 1)] == now[^(tail + 1)]) tail++;
        var script = new List<Edit>(old.Length + now.Length);
        Repeat(Edit.Keep, head);
        script.AddRange(Middle(old[head..^tail], now[head..^tail]));
        Repeat(Edit.Keep, tail);
        return script;

        void Repeat(Edit edit, int times)
        {
            for (var i = 0; i < times; i++) script.Add(edit);
        }
    }

    private static List<Edit> Middle(ReadOnlySpan<int> old, ReadOnlySpan<int> now)
    {
        var most = Math.Min(old.Length + now.Length, MostEdits);
        // furthest[k]: how far into the old one the best path on diagonal k (old minus new) has come; one more on each side for the edges.
        var furthest = new int[(2 * most) + 3];
        var trace = new List<int[]>();
        for (var edits = 0; edits <= most; edits++)
        {
            trace.Add(furthest[(most + 1 - edits)..(most + 2 + edits)]);
            for (var k = -edits; k <= edits; k += 2)
            {
                var at = most + 1 + k;
                var x = k == -edits || (k != edits && furthest[at - 1] < furthest[at + 1]) ? furthest[at + 1] : furthest[at - 1] + 1;
                while (x < old.Length && x - k < now.Length && old[x] == now[x - k]) x++;
                furthest[at] = x;
                if (x >= old.Length && x - k >= now.Length) return Back(trace, old.Length, now.Length);
            }
        }

        return [.. Enumerable.Repeat(Edit.Remove, old.Length), .. Enumerable.Repeat(Edit.Add, now.Length)];
    }

    /// <summary>Walks the way back from the end; the row of d edits is as it was before the d-th edit, its middle being diagonal 0.</summary>
    private static List<Edit> Back(List<int[]> trace, int x, int y)
    {
        var script = new List<Edit>(x + y);
        for (var edits = trace.Count - 1; edits > 0; edits--)
        {
            var (row, k) = (trace[edits], x - y);
            var added = k == -edits || (k != edits && row[edits + k - 1] < row[edits + k + 1]);
            var before = added ? k + 1 : k - 1;
            var (fromX, fromY) = (row[edits + before], row[edits + before] - before);
            Keep(x - Math.Max(fromX, fromY + x - y));
            script.Add(added ? Edit.Add : Edit.Remove);
            (x, y) = (fromX, fromY);
        }

        Keep(x);
        script.Reverse();
        return script;

        // The snake after the edit; it ends where one of the two stands as before the edit.
        void Keep(int length)
        {
            for (var i = 0; i < length; i++) script.Add(Edit.Keep);
            (x, y) = (x - length, y - length);
        }
    }
}
