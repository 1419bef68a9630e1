using System.Text.Json.Nodes;
using Filing.Workflows;

namespace Filing.Tests.Workflows;

public sealed class LoadingTests
{
    /// <summary>A document as Elsa writes it, with one of everything the loader reads.</summary>
    private const string Whole = """
        {
          "$schema": "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
          "id": "filing-up-3", "definitionId": "filing-up", "name": "报送备案", "description": "公布后十五日内报备",
          "createdAt": "2013-04-02T07:20:00+00:00", "version": 3, "toolVersion": "3.7.1.0",
          "variables": [
            { "id": "v1", "name": "经办人", "typeName": "String", "isArray": false, "value": "", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" },
            { "id": "v2", "name": "轮次", "typeName": "Int32", "isArray": false, "value": "1" }
          ],
          "inputs": [ { "name": "role", "type": "String" } ],
          "outputs": [], "outcomes": [], "customProperties": {}, "isReadonly": false, "isSystem": false, "isLatest": true, "isPublished": true, "options": {},
          "root": {
            "id": "flow", "nodeId": "Workflow1:flow", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "start", "nodeId": "Workflow1:flow:start", "name": "Start1", "type": "Elsa.Start", "version": 1 },
              { "id": "both", "type": "Elsa.FlowFork", "version": 1,
                "branches": { "typeName": "String[]", "expression": { "type": "Object", "value": "[\"Work\", \"Tell\"]" } } },
              { "id": "work", "nodeId": "Workflow1:flow:work", "name": "报送", "type": "T.Task", "version": 1,
                "outcomes": { "typeName": "String", "expression": { "type": "Literal", "value": "Sent, Held" } },
                "role": { "typeName": "String", "expression": { "type": "Input", "value": { "name": "role", "type": "String" } } },
                "length": { "typeName": "Int32", "expression": { "type": "Literal", "value": "15" } },
                "urgent": { "typeName": "Boolean", "expression": { "type": "Literal", "value": true } },
                "unit": { "typeName": "String", "expression": { "type": "Literal", "value": "day" } },
                "result": { "typeName": "String", "memoryReference": { "id": "v1" } },
                "rounds": { "typeName": "Int32", "memoryReference": { "id": "v2" } },
                "customProperties": { "canStartWorkflow": false, "runAsynchronously": false },
                "metadata": { "designer": { "position": { "x": 480, "y": -1.5 }, "size": { "width": 180, "height": 60 } } } },
              { "id": "tell", "type": "T.Needy", "version": 1,
                "what": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "v1", "name": "经办人", "typeName": "String" } } } },
              { "id": "meet", "type": "Elsa.FlowJoin", "version": 1,
                "mode": { "typeName": "Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core", "expression": { "type": "Literal", "value": "WaitAll" } } },
              { "id": "end", "type": "Elsa.End", "version": 1 }
            ],
            "connections": [
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "both", "port": "In" } },
              { "source": { "activity": "both", "port": "Work" }, "target": { "activity": "work", "port": "In" }, "vertices": [] },
              { "source": { "activity": "both", "port": "Tell" }, "target": { "activity": "tell", "port": "In" } },
              { "source": { "activity": "work", "port": "Sent" }, "target": { "activity": "meet" } },
              { "source": { "activity": "work", "port": "Held" }, "target": { "activity": "end", "port": "In" } },
              { "source": { "activity": "tell" }, "target": { "activity": "meet", "port": "In" } },
              { "source": { "activity": "meet", "port": "Done" }, "target": { "activity": "end", "port": "In" } }
            ]
          }
        }
        """;

    private static WorkflowDefinition Load(string json) => WorkflowDefinition.Load(json, "filing-up.json", Sketch.Catalogue);

    [Test]
    public void A_document_of_Elsa_is_read()
    {
        var read = Load(Whole);
        Assert.Multiple(() =>
        {
            Assert.That((read.DefinitionId, read.Id, read.Version, read.Name, read.Description), Is.EqualTo(("filing-up", "filing-up-3", 3, "报送备案", "公布后十五日内报备")));
            Assert.That(read.Json, Is.EqualTo(Whole));
            Assert.That(read.Variables, Is.EqualTo([new Variable("v1", "经办人", FlowType.String, ""), new Variable("v2", "轮次", FlowType.Int32, "1")]));
            Assert.That(read.Inputs, Is.EqualTo([new WorkflowInput("role", FlowType.String)]));
            Assert.That(read.Start.Id, Is.EqualTo("start"));
            var work = read["work"];
            Assert.That((work.Name, work.NodeId, work.Type, work.Version, work.Position), Is.EqualTo(("报送", "Workflow1:flow:work", "T.Task", 1, new Position(480, -1.5))));
            Assert.That(work.Outcomes, Is.EqualTo(["Sent", "Held"]));
            Assert.That((work.Number("length"), work.Flag("urgent"), work.Text("unit"), work.Text("role")), Is.EqualTo((15, true, "day", (string?)null)));
            Assert.That(work.Inputs["role"], Is.EqualTo(new NodeInput(ValueSource.Input, FlowType.String, "role")));
            Assert.That(work.Outputs["result"], Is.EqualTo("v1"));
            Assert.That(read["both"].Outcomes, Is.EqualTo(["Work", "Tell"]));
            Assert.That(read["tell"].Name, Is.EqualTo("tell"));
            Assert.That(read["tell"].Inputs["what"], Is.EqualTo(new NodeInput(ValueSource.Variable, FlowType.String, "v1")));
            Assert.That(read.Connections[3].ToString(), Is.EqualTo("work:Sent->meet"));
            Assert.That(read.Find("nobody"), Is.Null);
        });
    }

    [Test]
    public async Task Inputs_and_variables_reach_the_activities_and_outputs_the_variables()
    {
        var definition = Load(Whole);
        var fresh = FlowState.New(definition, new Dictionary<string, string?> { ["role"] = "filer" });
        Assert.That(fresh.Variables["v2"], Is.EqualTo("1"));

        var started = await Play.Runner.StartAsync(definition, fresh, new());
        var partly = await Play.Signal(definition, started.State, "work", "Partly", payload: "审查员甲");
        Assert.That(partly.State.Variables, Is.EquivalentTo(new Dictionary<string, string?> { ["v1"] = "审查员甲", ["v2"] = "1" }));
        Assert.That(started.State.Variables["v1"], Is.EqualTo(""), "the given state stays as it was");

        var sent = await Play.Signal(definition, partly.State, "work", "Sent", payload: "审查员乙");
        Assert.That(sent.State.Variables["v1"], Is.EqualTo("审查员乙"));
        Assert.That(sent.State.Inputs["role"], Is.EqualTo("filer"));
        Assert.That(sent.State.Status, Is.EqualTo(FlowStatus.Finished));
    }

    [Test]
    public void An_input_that_is_not_declared_is_a_bug_of_the_caller() =>
        Assert.That(() => FlowState.New(Load(Whole), new Dictionary<string, string?> { ["rolle"] = "filer" }), Throws.ArgumentException);

    [Test]
    public void The_hash_is_of_the_content_not_of_the_layout()
    {
        var hash = Load(Whole).Hash;
        Assert.That(hash, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(Load(JsonNode.Parse(Whole)!.ToJsonString()).Hash, Is.EqualTo(hash));
        var turned = JsonNode.Parse(Whole)!.AsObject();
        Assert.That(Load(new JsonObject(turned.Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))).ToJsonString()).Hash, Is.EqualTo(hash));
        Assert.That(Load(Whole.Replace("\"15\"", "\"16\"", StringComparison.Ordinal)).Hash, Is.Not.EqualTo(hash));
    }

    // One change to the whole document each: where, what to put there (null: take it away), the node named, a part of the message.
    [TestCase("version", "0", null, "version")]
    [TestCase("definitionId", null, null, "definitionId")]
    [TestCase("name", null, null, "name")]
    [TestCase("isLatest", null, null, "isLatest")]
    [TestCase("isPublished", null, null, "isPublished")]
    [TestCase("root", null, null, "root")]
    [TestCase("root.type", "\"Elsa.Sequence\"", null, "Elsa.Flowchart")]
    [TestCase("root.version", "2", null, "版本应为 1")]
    // Variables and inputs of the workflow.
    [TestCase("variables.0.typeName", "\"DateTime\"", null, "DateTime 不支持")]
    [TestCase("variables.0.isArray", "true", null, "数组")]
    [TestCase("variables.1.value", "\"一\"", null, "不是 Int32")]
    [TestCase("variables.1.id", "\"v1\"", null, "重复")]
    [TestCase("inputs.0.type", "\"Object\"", null, "Object 不支持")]
    // Activities.
    [TestCase("root.activities.2.type", "\"T.Tsk\"", "work", "未知的活动类型 T.Tsk")]
    [TestCase("root.activities.2.version", "2", "work", "没有第 2 版")]
    [TestCase("root.activities.2.version", null, "work", "version")]
    [TestCase("root.activities.2.type", "\"Elsa.Flowchart\"", "work", "嵌套")]
    [TestCase("root.activities.3.id", "\"work\"", "work", "重复")]
    [TestCase("root.activities.3.id", null, null, "第 4 个节点没有 id")]
    [TestCase("root.activities.0.type", "\"T.Auto\"", null, "没有起点")]
    [TestCase("root.activities.5.type", "\"Elsa.Start\"", "end", "不止一个")]
    // Inputs.
    [TestCase("root.activities.2.length.typeName", null, "work", "没有 typeName")]
    [TestCase("root.activities.2.length", "15", "work", "裸值")]
    [TestCase("root.activities.2.length.typeName", "\"String\"", "work", "类型应为 Int32")]
    [TestCase("root.activities.2.length.expression.value", "\"十五\"", "work", "不是 Int32")]
    [TestCase("root.activities.2.length.expression.value", "\"15.5\"", "work", "不是 Int32")]
    [TestCase("root.activities.2.length.expression.value", "[15]", "work", "应为文字、数字或真假")]
    [TestCase("root.activities.2.length.expression", null, "work", "没有 expression")]
    [TestCase("root.activities.2.urgent.expression.value", "\"是\"", "work", "不是 Boolean")]
    [TestCase("root.activities.2.unit.expression.value", "\"fortnight\"", "work", "不在允许之列")]
    [TestCase("root.activities.2.length.expression.type", "\"JavaScript\"", "work", "脚本表达式 JavaScript")]
    [TestCase("root.activities.2.length.expression.type", "\"Liquid\"", "work", "脚本表达式 Liquid")]
    [TestCase("root.activities.2.length.expression.type", "\"CSharp\"", "work", "脚本表达式 CSharp")]
    [TestCase("root.activities.2.length.expression.type", "\"Object\"", "work", "表达式类型 Object 未知")]
    [TestCase("root.activities.2.length.expression.type", "\"Secret\"", "work", "表达式类型 Secret 未知")]
    [TestCase("root.activities.2.role.expression.value.name", "\"rolle\"", "work", "流程输入不存在")]
    [TestCase("root.activities.3.what.expression.value.id", "\"v9\"", "tell", "变量不存在")]
    [TestCase("root.activities.3.what.expression.value.id", "\"v2\"", "tell", "却是 Int32")]
    [TestCase("root.activities.3.what", null, "tell", "缺少必填的输入“what”")]
    [TestCase("root.activities.3.what.expression", "{\"type\":\"Literal\",\"value\":\"\"}", "tell", "缺少必填的输入“what”")]
    [TestCase("root.activities.3.wat", "{\"typeName\":\"String\"}", "tell", "没有名为“wat”的输入")]
    [TestCase("root.activities.2.result.memoryReference.id", "\"v9\"", "work", "变量不存在")]
    [TestCase("root.activities.2.result.memoryReference.id", "\"v2\"", "work", "却是 Int32")]
    [TestCase("root.activities.2.result", "\"v1\"", "work", "memoryReference")]
    [TestCase("root.activities.2.outcomes.expression.value", "\"Sent,Held,Sent\"", "work", "重复")]
    [TestCase("root.activities.2.outcomes.expression.value", "\" , \"", "work", "没有列出任何出口")]
    [TestCase("root.activities.4.mode.expression.value", "\"WaitSome\"", "meet", "不在允许之列")]
    [TestCase("root.activities.1.branches.expression.value", "\"Work, Tell\"", "both", "不是 String[]")]
    // Connections.
    [TestCase("root.activities.1.branches.expression.value", "\"[\\\"Work\\\"]\"", "both", "分支“Tell”有连线，却不在 branches 中")]
    [TestCase("root.activities.1.branches.expression.value", "\"[\\\"Work\\\", \\\"Tell\\\", \\\"Sing\\\"]\"", "both", "分支“Sing”没有连线")]
    [TestCase("root.connections.3.source.port", "\"Done\"", "work", "出口“Done”不是该活动的结果（Sent、Held）")]
    [TestCase("root.connections.3.source.activity", "\"wrok\"", "meet", "不存在的节点“wrok”")]
    [TestCase("root.connections.3.target.activity", "\"met\"", "work", "不存在的节点“met”")]
    [TestCase("root.connections.3.target.port", "\"Out\"", "meet", "入口“Out”不存在")]
    [TestCase("root.connections.3.source", null, null, "没有 source")]
    [TestCase("root.connections.4", null, "work", "结果“Held”没有去路")]
    [TestCase("root.connections.2.target.activity", "\"work\"", "tell", "走不到")]
    [TestCase("root.connections.4.source.port", "\"Sent\"", "work", "没有去路")]
    public void What_could_not_run_alike_is_refused_with_file_node_and_reason(string path, string? value, string? node, string reason)
    {
        var fault = Assert.Throws<DefinitionException>(() => Load(Changed(path, value)))!;
        Assert.That(fault.Node, Is.EqualTo(node));
        Assert.That(fault.Problem, Does.Contain(reason));
        Assert.That(fault.Message, Does.Contain("filing-up.json").And.Contain(node ?? ""));
    }

    [TestCase("a.Good > b\na.Bad > c\nb.Good > c\nb.Bad > end\nc.Good > b\nc.Bad > end", "c", TestName = "A loop entered at two places is refused")]
    [TestCase("a.Good > b\na.Bad > c\nb.Good > c\nb.Bad > end\nc.Good > end\nc.Bad > end\nc.Bad > b", "c", TestName = "A way back to what can be bypassed is refused")]
    public void An_illegal_way_back_is_refused(string ways, string node)
    {
        var fault = Assert.Throws<DefinitionException>(() => Sketch.Load($"""
            start : start
            a : task(Good,Bad)
            b : task(Good,Bad)
            c : task(Good,Bad)
            end : end
            start > a
            {ways}
            """))!;
        Assert.That(fault.Node, Is.EqualTo(node).Or.EqualTo("b"));
        Assert.That(fault.Problem, Does.Contain("回退连线不合法"));
    }

    [TestCase("end > a", "end", "终点")]
    [TestCase("start > a", "start", "重复")]
    public void Superfluous_ways_are_refused(string way, string node, string reason)
    {
        var fault = Assert.Throws<DefinitionException>(() => Sketch.Load($"start : start\na : task\nend : end\nstart > a\na > end\n{way}"))!;
        Assert.That((fault.Node, fault.Problem), Is.EqualTo((node, fault.Problem)));
        Assert.That(fault.Problem, Does.Contain(reason));
    }

    [TestCase("{", "JSON")]
    [TestCase("[]", "对象")]
    public void What_is_no_document_is_refused(string json, string reason) =>
        Assert.That(() => Load(json), Throws.TypeOf<DefinitionException>().With.Message.Contains(reason));

    [Test]
    public void A_runner_wants_an_activity_for_every_type_and_none_besides()
    {
        Assert.That(() => new FlowRunner<Played>(Sketch.Catalogue, [new PlayedTask()]), Throws.ArgumentException.With.Message.Contains("T.Auto"));
        Assert.That(() => new FlowRunner<Played>(new([]), [new PlayedTask()]), Throws.ArgumentException.With.Message.Contains("T.Task"));
        Assert.That(() => new FlowRunner<Played>(new([Sketch.Task]), [new PlayedTask(), new PlayedTask()]), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => new ActivityCatalogue([Sketch.Task, Sketch.Task]), Throws.ArgumentException);
    }

    private static string Changed(string path, string? value)
    {
        var document = JsonNode.Parse(Whole)!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(document, (at, step) => (int.TryParse(step, out var i) ? at[i] : at[step])!);
        if (int.TryParse(steps[^1], out var index))
        {
            if (value is null) parent.AsArray().RemoveAt(index);
            else parent[index] = JsonNode.Parse(value);
        }
        else if (value is null)
        {
            parent.AsObject().Remove(steps[^1]);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        return document.ToJsonString();
    }
}
