using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Filing.Audit;

/// <summary>Something that happened, as the record keeps it. Its type name is its class name in kebab case and never changes.</summary>
public interface IEvent
{
    /// <summary>The stable type, e.g. <c>number-issued</c>.</summary>
    string Type { get; }
}

/// <summary>The exact bytes of an event: what is kept, hashed and later sealed. Other columns are copies.</summary>
public static class EventBytes
{
    /// <summary>How events are written: camelCase, members in the order of declaration, Chinese as it is.</summary>
    public static JsonSerializerOptions Json { get; } = new(Pipeline.Json.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of an event within its envelope.</summary>
    public static byte[] Of(Guid process, int seq, string type, Guid? document, DateTimeOffset at, IEvent happened)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteString("process", process);
            writer.WriteNumber("seq", seq);
            if (document is { } id) writer.WriteString("document", id);
            writer.WriteString("at", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            writer.WritePropertyName("data");
            JsonSerializer.Serialize(writer, happened, happened.GetType(), Json);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The digest of the bytes, <c>sha256:</c> and hex.</summary>
    public static string Digest(ReadOnlySpan<byte> bytes) => string.Concat("sha256:", Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
