using Platform.Api.ApiRegistration.V1;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Aggregation;

/// <summary>
/// Keeps the condition Available of APIServices that lead to extension servers: checked when an APIService, a service or its endpoints change, and
/// every half minute, since a server that
/// stops answering tells nobody. A cluster without extension servers checks nothing and wakes up for nothing.
/// </summary>
internal sealed partial class AvailabilityController(
    WatchCaches caches, ResourceRegistry registry, IObjectReader reader, IObjectWriter writer, AvailabilityCheck check, TimeProvider time,
    ILogger<AvailabilityController> logger) : BackgroundService
{
    /// <summary>Extension servers that are asked at once.</summary>
    private const int Parallelism = 8;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>Changes come in bursts; one check is enough for all of a burst.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await caches.Loaded.WaitAsync(stoppingToken);
        using var changes = new ChangeSignal(caches);
        changes.Follow(registry.Of<APIService>());
        while (!stoppingToken.IsCancellationRequested)
        {
            APIService[] remote = [.. reader.List<APIService>().Where(s => s.Spec is { Service: not null, Group.Length: > 0, Version.Length: > 0 })];
            if (remote.Length > 0)
            {
                changes.Follow(registry.Of<Service>());
                changes.Follow(registry.Of<EndpointSlice>());
                changes.Follow(registry.Of<Endpoints>());
                await Parallel.ForEachAsync(
                    remote, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = stoppingToken }, async (s, token) => await CheckAsync(s, token));
            }

            await changes.WaitAsync(remote.Length > 0 ? Period : Timeout.InfiniteTimeSpan, time, stoppingToken);
            await Task.Delay(Settle, time, stoppingToken);
        }
    }

    private async Task CheckAsync(APIService service, CancellationToken cancellationToken)
    {
        try
        {
            var found = await check.RunAsync(service, cancellationToken);
            await writer.UpdateStatusAsync<APIService>(null, service.Metadata.Name!, present => With(present, found, time.GetUtcNow()), cancellationToken);
        }
        catch (Exception e) when (e is ApiException or StorageException)
        {
            // Deleted in between, or the store is away: the next round looks again.
            LogFailure(logger, service.Metadata.Name!, e.Message);
        }
    }

    /// <summary>The object with the condition; null where it has it already.</summary>
    public static APIService? With(APIService present, APIServiceCondition found, DateTimeOffset now)
    {
        var old = present.Status?.Conditions?.FirstOrDefault(c => c.Type == found.Type);
        if (old is not null && old.Status == found.Status && old.Reason == found.Reason && old.Message == found.Message)
            return null;
        var condition = found with { LastTransitionTime = old?.Status == found.Status ? old?.LastTransitionTime : ObjectMetadata.WholeSeconds(now) };
        return present with { Status = new() { Conditions = [.. (present.Status?.Conditions ?? []).Where(c => c.Type != found.Type), condition] } };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The availability of APIService {Name} could not be written: {Reason}")]
    private static partial void LogFailure(ILogger logger, string name, string reason);
}
