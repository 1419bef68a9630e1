using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Filing.Domain;

namespace Filing.Pipeline;

/// <summary>How this program writes and reads JSON everywhere: camelCase, enumerations as kebab-case codes, Chinese as it is, unknown members refused.</summary>
public static partial class Json
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        options.Converters.Add(new KebabConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>What a reader complains of, in Chinese, and the member that it is about.</summary>
    public static (string Message, string? Field) Explain(JsonException e)
    {
        var field = e.Path is ['$', '.', .. var path] ? path : null;
        if (Missing().Match(e.Message) is { Success: true, Groups: [_, var names] }) return ($"缺少 {names.Value.Replace("'", "", StringComparison.Ordinal)}", names.Value.Split('\'')[1]);
        if (e.Message.Contains("could not be mapped", StringComparison.Ordinal)) return ("没有这一项", field);
        if (e.Message.Contains("uplicate propert", StringComparison.Ordinal)) return ("这一项出现了两次", field);
        return (e.Message.StartsWith(Choices, StringComparison.Ordinal) ? e.Message : "值的类型或写法不对", field);
    }

    private const string Choices = "可用的值：";

    [GeneratedRegex("missing required properties including: ('[^.]+')", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();

    private sealed class KebabConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsEnum;

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;

        private sealed class Of<T> : JsonConverter<T> where T : struct, Enum
        {
            public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && Kebab.TryParse(reader.GetString(), out T value)
                    ? value
                    : throw new JsonException($"{Choices}{string.Join("、", Enum.GetValues<T>().Select(Kebab.Of))}");

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Kebab.Of(value));

            public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader, type, options);

            public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(Kebab.Of(value));
        }
    }
}
