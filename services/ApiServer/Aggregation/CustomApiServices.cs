using Platform.Api.Errors;
using Platform.ApiServer.Bootstrap;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Aggregation;

/// <summary>Lets the APIServices of custom resources come and go with them.</summary>
internal sealed partial class CustomApiServices(
    ResourceRegistry registry, ClusterBootstrap bootstrap, LocalApiServices services, TimeProvider time, ILogger<CustomApiServices> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _changed = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        registry.Changed += Signal;
        try
        {
            await bootstrap.Completed.WaitAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await _changed.WaitAsync(stoppingToken);
                    await services.WriteAsync(builtIn: false, stoppingToken);
                }
                catch (Exception e) when (e is ApiException or StorageException)
                {
                    LogRetry(logger, e.Message);
                    await Task.Delay(RetryDelay, time, stoppingToken);
                    _changed.Release();
                }
            }
        }
        finally
        {
            registry.Changed -= Signal;
        }
    }

    private void Signal(ResourceSnapshot snapshot) => _changed.Release();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The APIServices of custom resources could not be written yet: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);
}
