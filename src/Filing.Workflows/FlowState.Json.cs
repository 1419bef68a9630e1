using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Filing.Workflows;

public sealed partial class FlowState
{
    // d, v: definition and version. s: status. o: outcome. w: waits. e: entered. p: passed. c: visits of connections, twice, plus one if followed.
    // m: fates. x: variables. i: inputs. Short names, since the text is stored at each step.
    private const string FateLetters = ".wdsc";
    private const string StatusLetters = "RFC";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The state as compact JSON; <see cref="FromJson"/> reads it back to an equal state.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("d"u8, DefinitionId);
            json.WriteNumber("v"u8, Version);
            json.WriteString("s"u8, StatusLetters.AsSpan((int)Status, 1));
            if (Outcome is not null) json.WriteString("o"u8, Outcome);
            json.WriteStartArray("w"u8);
            foreach (var wait in Waits)
            {
                json.WriteStartArray();
                json.WriteStringValue(wait.NodeId);
                json.WriteNumberValue(wait.Visit);
                if (wait.Again) json.WriteNumberValue(1);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            Write(json, "e"u8, Entered);
            Write(json, "p"u8, Passed);
            json.WriteStartArray("c"u8);
            for (var i = 0; i < Visited.Length; i++) json.WriteNumberValue((Visited[i] * 2) + (Followed[i] ? 1 : 0));
            json.WriteEndArray();
            json.WriteString("m"u8, string.Create(Fates.Length, Fates, static (letters, fates) =>
            {
                for (var i = 0; i < fates.Length; i++) letters[i] = FateLetters[(int)fates[i]];
            }));
            if (Slots.Count > 0) Write(json, "x"u8, Slots);
            if (Inputs.Count > 0) Write(json, "i"u8, Inputs);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static FlowState FromJson(string json)
    {
        try
        {
            return Read(new Utf8JsonReader(Encoding.UTF8.GetBytes(json)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException("The text is no state of a flow.", e);
        }
    }

    private static FlowState Read(Utf8JsonReader json)
    {
        string? definition = null, outcome = null, fates = "";
        int version = 0, status = 0;
        List<FlowWait> waits = [];
        int[] entered = [], passed = [], connections = [];
        Dictionary<string, string?> slots = [], inputs = [];

        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan.Length == 1 ? (char)json.ValueSpan[0] : '?';
            json.Read();
            switch (name)
            {
                case 'd': definition = json.GetString(); break;
                case 'v': version = json.GetInt32(); break;
                case 's': status = StatusLetters.IndexOf(json.GetString()!, StringComparison.Ordinal); break;
                case 'o': outcome = json.GetString(); break;
                case 'w': waits = ReadWaits(ref json); break;
                case 'e': entered = ReadNumbers(ref json); break;
                case 'p': passed = ReadNumbers(ref json); break;
                case 'c': connections = ReadNumbers(ref json); break;
                case 'm': fates = json.GetString()!; break;
                case 'x': slots = ReadTexts(ref json); break;
                case 'i': inputs = ReadTexts(ref json); break;
                default: json.Skip(); break;
            }
        }

        if (definition is null || status < 0 || entered.Length != passed.Length || fates.Length != entered.Length) throw new JsonException();
        return new FlowState(definition, version)
        {
            Status = (FlowStatus)status,
            Outcome = outcome,
            Waits = waits,
            Entered = entered,
            Passed = passed,
            Visited = Array.ConvertAll(connections, c => c >> 1),
            Followed = Array.ConvertAll(connections, c => (c & 1) == 1),
            Fates = [.. fates.Select(f => FateLetters.IndexOf(f) is >= 0 and var i ? (NodeFate)i : throw new JsonException())],
            Slots = slots,
            Inputs = inputs,
        };
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, int[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string?> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in texts) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static List<FlowWait> ReadWaits(ref Utf8JsonReader json)
    {
        var waits = new List<FlowWait>();
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            json.Read();
            var node = json.GetString()!;
            json.Read();
            var visit = json.GetInt32();
            json.Read();
            var again = json.TokenType == JsonTokenType.Number;
            if (again) json.Read();
            waits.Add(new(node, visit, again));
        }

        return waits;
    }

    private static int[] ReadNumbers(ref Utf8JsonReader json)
    {
        var numbers = new List<int>(64);
        while (json.Read() && json.TokenType == JsonTokenType.Number) numbers.Add(json.GetInt32());
        return [.. numbers];
    }

    private static Dictionary<string, string?> ReadTexts(ref Utf8JsonReader json)
    {
        var texts = new Dictionary<string, string?>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            texts[key] = json.GetString();
        }

        return texts;
    }
}
