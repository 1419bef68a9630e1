using Filing.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Filing.Web.Operations;

/// <summary>Traces, metrics and logs over OTLP, only where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver. Nothing leaves otherwise.</summary>
internal static class Telemetry
{
    public static void Add(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        var resource = ResourceBuilder.CreateDefault().AddService("filing", serviceVersion: Edition.Version).AddTelemetrySdk();
        builder.Logging.AddOpenTelemetry(l =>
        {
            l.IncludeFormattedMessage = true;
            l.SetResourceBuilder(resource).AddOtlpExporter();
        });
        builder.Services.AddSingleton<PassMeter>();
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(Tracing.Source.Name, "Microsoft.AspNetCore").AddOtlpExporter().Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(Tracing.Meter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime").AddOtlpExporter().Build());
    }

    /// <summary>Builds the providers, so that they listen; the container flushes and closes them at the end.</summary>
    public static void Start(IServiceProvider services)
    {
        services.GetService<TracerProvider>();
        services.GetService<MeterProvider>();
        services.GetService<PassMeter>();
    }
}
