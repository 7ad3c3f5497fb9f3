using System.Globalization;
using Platform.Client;
using Platform.Client.Leases;
using Platform.ServiceDefaults;

namespace Platform.Scheduler;

/// <summary>Puts the scheduler into a host.</summary>
public static class SchedulerRegistration
{
    /// <summary>Name that pods ask for when they ask for none.</summary>
    internal const string DefaultName = "default-scheduler";

    /// <summary>
    /// Adds the scheduler. It answers to the names in <c>Platform:Scheduler:Names</c>, separated by commas, or to <c>default-scheduler</c>;
    /// <c>Platform:Scheduler:Seed</c> makes its lots repeatable.
    /// </summary>
    public static IHostApplicationBuilder AddScheduler(this IHostApplicationBuilder builder)
    {
        builder.AddPlatformClient(ComponentIdentity.Scheduler);
        var key = ComponentIdentity.Scheduler.Component;
        builder.Services.AddSingleton<IHostedService>(provider => new SchedulerService(
            provider.GetRequiredKeyedService<IApiClient>(key),
            provider.GetRequiredKeyedService<IInformerFactory>(key),
            provider.GetRequiredKeyedService<IEventRecorder>(key),
            provider.GetRequiredKeyedService<ILeadership>(key),
            Options(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SchedulingLoop>>()));
        return builder;
    }

    private static SchedulerOptions Options(IConfiguration config, TimeProvider time)
    {
        var names = (config["Platform:Scheduler:Names"] ?? DefaultName).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var seed = config["Platform:Scheduler:Seed"] is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : (int)time.GetTimestamp();
        return new(names.ToHashSet(StringComparer.Ordinal), seed);
    }
}
