namespace Filing.Workflows;

/// <summary>Which node every path from the start to another must pass, over plain indices.</summary>
internal sealed class Dominance
{
    private readonly int[] _parent;
    private readonly int[] _order;

    /// <param name="count">How many nodes there are.</param>
    /// <param name="start">The index of the start.</param>
    /// <param name="ways">Source and target of each connection.</param>
    public Dominance(int count, int start, IReadOnlyList<(int From, int To)> ways)
    {
        var next = new List<int>[count];
        var before = new List<int>[count];
        for (var i = 0; i < count; i++) (next[i], before[i]) = ([], []);
        foreach (var (from, to) in ways)
        {
            next[from].Add(to);
            before[to].Add(from);
        }

        // Reverse postorder by an explicit stack, then the iteration of Cooper, Harvey and Kennedy.
        _order = new int[count];
        _parent = new int[count];
        Array.Fill(_order, -1);
        Array.Fill(_parent, -1);
        var post = new List<int>(count);
        var seen = new bool[count];
        var stack = new Stack<(int Node, int Next)>([(start, 0)]);
        seen[start] = true;
        while (stack.TryPop(out var top))
        {
            if (top.Next < next[top.Node].Count)
            {
                stack.Push((top.Node, top.Next + 1));
                var to = next[top.Node][top.Next];
                if (seen[to]) continue;
                seen[to] = true;
                stack.Push((to, 0));
            }
            else
            {
                post.Add(top.Node);
            }
        }

        post.Reverse();
        for (var i = 0; i < post.Count; i++) _order[post[i]] = i;
        _parent[start] = start;
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var node in post)
            {
                if (node == start) continue;
                var parent = -1;
                foreach (var from in before[node])
                {
                    if (_parent[from] < 0) continue;
                    parent = parent < 0 ? from : Meet(parent, from);
                }

                if (parent == _parent[node]) continue;
                (_parent[node], changed) = (parent, true);
            }
        }
    }

    /// <summary>True when the start leads to the node.</summary>
    public bool Reaches(int node) => _order[node] >= 0;

    /// <summary>The nearest node that every path to this one passes; the start's is itself.</summary>
    public int ParentOf(int node) => _parent[node];

    /// <summary>The node's place in an order in which, loops aside, sources come before targets.</summary>
    public int OrderOf(int node) => _order[node];

    /// <summary>True when every path from the start to <paramref name="node"/> passes <paramref name="other"/>; a node passes itself.</summary>
    public bool Passes(int node, int other)
    {
        while (_order[node] > _order[other]) node = _parent[node];
        return node == other;
    }

    private int Meet(int a, int b)
    {
        while (a != b)
        {
            while (_order[a] > _order[b]) a = _parent[a];
            while (_order[b] > _order[a]) b = _parent[b];
        }

        return a;
    }
}
