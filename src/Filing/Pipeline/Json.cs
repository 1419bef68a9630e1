using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Filing.Domain;

namespace Filing.Pipeline;

/// <summary>How this program writes and reads JSON everywhere: camelCase, enumerations as kebab-case codes, Chinese as it is, unknown members refused.</summary>
public static class Json
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
        return options;
    }

    private sealed class KebabConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsEnum;

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;

        private sealed class Of<T> : JsonConverter<T> where T : struct, Enum
        {
            public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                reader.TokenType == JsonTokenType.String && Kebab.TryParse(reader.GetString(), out T value)
                    ? value
                    : throw new JsonException($"可用的值：{string.Join("、", Enum.GetValues<T>().Select(Kebab.Of))}");

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Kebab.Of(value));
        }
    }
}
