using System.Text.Json;

namespace Filing.Workflows;

/// <summary>Reads the connections of a flowchart and checks that every way leads on.</summary>
internal sealed class FlowReader(string file, Node[] nodes)
{
    public Connection[] Read(IEnumerable<JsonElement> items)
    {
        var byId = nodes.ToDictionary(n => n.Id);
        var ends = new List<(Node Source, string Port, Node Target)>();
        foreach (var item in items)
        {
            var (sourceId, port) = End(item, "source");
            var (targetId, entry) = End(item, "target");
            if (!byId.TryGetValue(sourceId ?? "", out var source)) throw Fault(targetId, $"有一条连线从不存在的节点“{sourceId}”来。");
            if (!byId.TryGetValue(targetId ?? "", out var target)) throw Fault(sourceId, $"有一条连线通向不存在的节点“{targetId}”。");
            if (entry is not (null or "" or "In")) throw Fault(targetId, $"连线的入口“{entry}”不存在，只有 In。");
            port = string.IsNullOrEmpty(port) ? "Done" : port;
            if (!source.Outcomes.Contains(port))
                throw Fault(sourceId, source.Type == ActivityCatalogue.Fork ? $"分支“{port}”有连线，却不在 branches 中。" : $"连线的出口“{port}”不是该活动的结果（{string.Join('、', source.Outcomes)}）。");
            if (ends.Contains((source, port, target))) throw Fault(sourceId, $"从出口“{port}”到“{targetId}”的连线重复。");
            ends.Add((source, port, target));
        }

        var start = Array.Find(nodes, n => n.Type == ActivityCatalogue.Start)!;
        var dominance = new Dominance(nodes.Length, start.Index, [.. ends.Select(e => (e.Source.Index, e.Target.Index))]);
        foreach (var node in nodes)
        {
            if (!dominance.Reaches(node.Index)) throw Fault(node.Id, "从起点走不到该节点。");
        }

        Connection[] connections = [.. ends.Select((e, i) => new Connection(i, e.Source, e.Port, e.Target, dominance.Passes(e.Source.Index, e.Target.Index)))];
        foreach (var node in nodes)
        {
            node.Out = [.. connections.Where(c => c.Source == node)];
            node.In = [.. connections.Where(c => c.Target == node && !c.Backward)];
            if (node.IsTerminal && node.Out.Count > 0) throw Fault(node.Id, "终点之后不能再有连线。");
            if (node.Activity.EndsBranch) continue;
            foreach (var outcome in node.Outcomes)
            {
                if (node.Out.Any(c => c.Port == outcome)) continue;
                throw Fault(node.Id, node.Type == ActivityCatalogue.Fork ? $"branches 中的分支“{outcome}”没有连线。" : $"结果“{outcome}”没有去路。");
            }
        }

        FindIllegalLoop(connections, start, dominance);
        foreach (var node in nodes)
        {
            if (node.Type == ActivityCatalogue.Join) node.Upstream = Upstream(node, nodes.Length);
        }

        return connections;
    }

    /// <summary>What still goes round once the legal backward connections are taken away goes back to a place that can be bypassed.</summary>
    private void FindIllegalLoop(Connection[] connections, Node start, Dominance dominance)
    {
        var open = nodes.Select(n => n.In.Count).ToArray();
        var free = new Queue<Node>([start]);
        var left = nodes.Length;
        while (free.TryDequeue(out var node))
        {
            left--;
            foreach (var way in node.Out)
            {
                if (!way.Backward && --open[way.Target.Index] == 0) free.Enqueue(way.Target);
            }
        }

        if (left == 0) return;
        var bad = Array.Find(connections, c => !c.Backward && open[c.Target.Index] > 0 && dominance.OrderOf(c.Target.Index) <= dominance.OrderOf(c.Source.Index))!;
        throw Fault(bad.Source.Id, $"通向“{bad.Target.Id}”的回退连线不合法：从起点到“{bad.Source.Id}”的路径有不经过“{bad.Target.Id}”的。");
    }

    public static bool[] Upstream(Node join, int count)
    {
        var upstream = new bool[count];
        var open = new Stack<Node>([join]);
        while (open.TryPop(out var node))
        {
            foreach (var way in node.In)
            {
                if (upstream[way.Source.Index]) continue;
                upstream[way.Source.Index] = true;
                open.Push(way.Source);
            }
        }

        return upstream;
    }

    private (string? Activity, string? Port) End(JsonElement connection, string end) =>
        connection.TryGetProperty(end, out var value) && value.ValueKind == JsonValueKind.Object
            ? (DefinitionReader.Text(value, "activity"), DefinitionReader.Text(value, "port"))
            : throw Fault(null, $"有一条连线没有 {end}。");

    private DefinitionException Fault(string? node, string problem) => new(file, node, problem);
}
