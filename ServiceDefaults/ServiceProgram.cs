using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.ServiceDefaults;

/// <summary>The main program of every service, and of all of them in one process: only what is added differs.</summary>
public static class ServiceProgram
{
    /// <summary>How long services may take to end what they are doing when the process is told to stop.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Runs until SIGTERM or SIGINT. Settings come from environment variables (<c>Platform__Data</c>) and the command line
    /// (<c>--Platform:Data=DIR</c>), the latter winning.
    /// </summary>
    public static Task RunAsync(string[] args, string name, Action<IHostApplicationBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddCommandLine(args);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.AddServiceDefaults(name);
        builder.AddHealthEndpoint();
        add(builder);
        return builder.Build().RunAsync();
    }
}
