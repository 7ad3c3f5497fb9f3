using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.ServiceDefaults;

/// <summary>
/// <c>GET /health</c> on a loopback port, without TLS, for whoever composes the processes (the app host, systemd): 200 once the service has started
/// and all its health checks pass, 503 with the failing ones otherwise. Only open where <c>Platform:HealthPort</c> names a port.
/// </summary>
internal sealed class HealthEndpoint(int port, HealthCheckService checks, IHostApplicationLifetime lifetime, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    private WebApplication? _web;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, OuterLifetime>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _web = builder.Build();
        _web.Run(AnswerAsync);
        return _web.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? default;

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != "/health")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var report = await checks.CheckHealthAsync(context.RequestAborted);
        var healthy = lifetime.ApplicationStarted.IsCancellationRequested && report.Status == HealthStatus.Healthy;
        context.Response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        var failing = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => $"{e.Key}: {e.Value.Description}");
        await context.Response.WriteAsync(healthy ? "ok\n" : string.Join('\n', failing.Prepend("not ready")) + "\n");
    }

    // Signals are the service's own host's.
    private sealed class OuterLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

internal static class HealthEndpointRegistration
{
    public static void AddHealthEndpoint(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration["Platform:HealthPort"] is not { Length: > 0 } configured)
            return;
        var port = int.Parse(configured, CultureInfo.InvariantCulture);
        builder.Services.AddHealthChecks();
        builder.Services.AddHostedService(services => new HealthEndpoint(
            port, services.GetRequiredService<HealthCheckService>(), services.GetRequiredService<IHostApplicationLifetime>(), services.GetRequiredService<ILoggerFactory>()));
    }
}
