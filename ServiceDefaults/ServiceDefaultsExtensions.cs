using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.ServiceDefaults;

/// <summary>What every service has at its edge: clock, settings, logging, traces.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Environment variable with which a host (Aspire, an operator) says where traces and metrics go.</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Adds the clock, the data folder's layout and settings, one-line console logs, the span collector and, where an OTLP endpoint is
    /// configured, the exporters. Calling it again for a second service in the same process does nothing.
    /// </summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder, string serviceName)
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(DataLayout)))
            return builder;

        var data = Path.GetFullPath(builder.Configuration["Platform:Data"] ?? throw new InvalidOperationException("Platform:Data names no data folder"));
        builder.Services.AddSingleton(new DataLayout(data));
        builder.Services.AddSingleton(_ => ClusterSettings.Load(data));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<SpanCollector>();
        AddLogging(builder);
        if (builder.Configuration[OtlpEndpoint] is { Length: > 0 })
            AddOtlp(builder, serviceName);
        return builder;
    }

    private static void AddLogging(IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // As long as this one logs anything, the web server makes an activity and a scope for every request; the API server has spans of its own.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }

    private static void AddOtlp(IHostApplicationBuilder builder, string serviceName)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(serviceName, serviceNamespace: "platform");
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Platform.*")
            .AddOtlpExporter()
            .Build()!);
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Platform.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter()
            .Build()!);
        builder.Logging.AddOpenTelemetry(options => options.SetResourceBuilder(resource).AddOtlpExporter());
        builder.Services.AddHostedService<OtlpProviders>();
    }

    /// <summary>Builds the providers when the host starts and flushes them when it stops.</summary>
    private sealed class OtlpProviders(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        private const int FlushMilliseconds = 3_000;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(FlushMilliseconds);
            metrics.ForceFlush(FlushMilliseconds);
            return Task.CompletedTask;
        }
    }
}
