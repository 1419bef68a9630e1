namespace Filing.Data;

/// <summary>In which order things that refer to each other come into a database: whatever is referred to before what refers to it.</summary>
public static class MoveOrder
{
    /// <summary>
    /// Puts them in order. What refers to itself or in a circle cannot be ordered and is one group, which must come in at once; everything else is a group
    /// of one. Among what is free to come in any order, that of the argument is kept.
    /// </summary>
    /// <param name="nodes">Each with what it refers to; a reference to something that is not among them asks for nothing.</param>
    public static IReadOnlyList<IReadOnlyList<T>> ParentsFirst<T>(IReadOnlyList<(T Key, IReadOnlyList<T> Parents)> nodes)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(nodes);
        // Tarjan's components come out parents first. The stack is an own one, since a chain may be as long as the table.
        var index = new Dictionary<T, int>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++) index.Add(nodes[i].Key, i);
        var (found, lowest, open) = (new int[nodes.Count], new int[nodes.Count], new bool[nodes.Count]);
        var (path, calls, groups, count) = (new Stack<int>(), new Stack<(int Node, int Next)>(), new List<IReadOnlyList<T>>(), 0);
        for (var root = 0; root < nodes.Count; root++)
        {
            if (found[root] == 0) Enter(root);
            while (calls.TryPop(out var call))
            {
                var (node, next) = call;
                if (next < nodes[node].Parents.Count)
                {
                    calls.Push((node, next + 1));
                    if (!index.TryGetValue(nodes[node].Parents[next], out var parent)) continue;
                    if (found[parent] == 0) Enter(parent);
                    else if (open[parent]) lowest[node] = Math.Min(lowest[node], found[parent]);
                    continue;
                }

                if (lowest[node] == found[node]) groups.Add(Leave(node));
                if (calls.TryPeek(out var caller)) lowest[caller.Node] = Math.Min(lowest[caller.Node], lowest[node]);
            }
        }

        return groups;

        void Enter(int node)
        {
            (found[node], lowest[node], open[node]) = (++count, count, true);
            path.Push(node);
            calls.Push((node, 0));
        }

        List<T> Leave(int node)
        {
            var group = new List<T>();
            int member;
            do
            {
                member = path.Pop();
                open[member] = false;
                group.Add(nodes[member].Key);
            }
            while (member != node);
            return group;
        }
    }
}
