using System.Text.Encodings.Web;
using System.Text.Json;

namespace Filing.Web.Operations;

/// <summary>Logs of a server: one JSON object a line with readable Chinese in Production, plain lines in Development.</summary>
internal static class Logs
{
    public static void Add(ILoggingBuilder logging, IConfiguration configuration, bool development)
    {
        logging.ClearProviders().AddConfiguration(configuration.GetSection("Logging"));
        if (development)
        {
            logging.AddSimpleConsole(c => (c.SingleLine, c.TimestampFormat) = (true, "HH:mm:ss "));
            return;
        }

        logging.AddJsonConsole(c =>
        {
            c.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            (c.UseUtcTimestamp, c.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        });
    }
}
