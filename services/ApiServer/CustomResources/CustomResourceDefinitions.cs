using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.CustomResources.Definitions;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.CustomResources;

/// <summary>
/// Follows the CustomResourceDefinitions: decides on their names, serves what is established and ends what is deleted. Every API server runs it for itself;
/// what two of them write into a status is the same. What is served depends only on the definitions as stored, so that a server that starts serves them
/// before it answers its first request.
/// </summary>
internal sealed partial class CustomResourceDefinitions(
    ResourceRegistry registry, WatchCaches caches, IObjectWriter writer, CustomDefinitions definitions, InstanceDeletion deletion,
    TimeProvider clock, ILogger<CustomResourceDefinitions> logger) : BackgroundService
{
    private readonly Dictionary<string, Served> _served = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _adopted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _adopted.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Starting must not wait for itself.
        await Task.Yield();
        await new ChangeLoop(caches, [registry.Of<CustomResourceDefinition>()], clock).RunAsync(ReconcileAsync, reason => LogRetry(logger, reason), stoppingToken);
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var stored = caches.Of(registry.Of<CustomResourceDefinition>()).Snapshot(caches.Applied).Objects.Range("", null).Select(o => (CustomResourceDefinition)o.Shared).ToList();
        var now = ObjectMetadata.WholeSeconds(clock.GetUtcNow());
        // One after the other, since a name that one gets the next does not.
        var all = stored.ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Metadata.DeletionTimestamp is null)
                all[i] = all[i] with { Status = DefinitionNames.Accept(all[i], all, now) };
        }
        // Served first: whoever sees that a definition is established can use it.
        await AdoptAsync(all, cancellationToken);
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Metadata.DeletionTimestamp is not null)
                deletion.Begin(all[i]);
            else if (!ApiJson.Same(all[i].Status, stored[i].Status))
                await AcceptAsync(all[i].Metadata.Name!, all, now, cancellationToken);
        }
    }

    /// <summary>Serves all established definitions.</summary>
    private async Task AdoptAsync(CustomResourceDefinition[] all, CancellationToken cancellationToken)
    {
        var changed = false;
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in all.Where(d => d.Is(DefinitionConditions.Established)))
        {
            present.Add(definition.Metadata.Name!);
            var identity = new Identity(definition.Metadata.Uid, definition.Metadata.Generation, definition.Is(DefinitionConditions.Terminating),
                System.Text.Encoding.UTF8.GetString(ApiJson.Encode(definition.Status!.AcceptedNames!)));
            if (_served.GetValueOrDefault(definition.Metadata.Name!)?.Identity == identity)
                continue;
            _served[definition.Metadata.Name!] = new(identity, definitions.Of(definition));
            changed = true;
        }
        foreach (var gone in _served.Keys.Except(present).ToList())
            changed |= _served.Remove(gone);
        if (changed)
            await caches.AdoptAsync([.. _served.Values.SelectMany(s => s.Definitions)], cancellationToken);
        _adopted.TrySetResult();
    }

    private async Task AcceptAsync(string name, CustomResourceDefinition[] all, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await writer.UpdateStatusAsync<CustomResourceDefinition>(null, name, current => current with { Status = DefinitionNames.Accept(current, all, now) }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // It went or changed in between; its next event says what is to be done.
        }
    }

    /// <summary>What a definition's resources were made from.</summary>
    private sealed record Identity(string? Uid, long? Generation, bool IsTerminating, string Names);

    private sealed record Served(Identity Identity, IReadOnlyList<ResourceDefinition> Definitions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Custom resource definitions could not be brought up to date, trying again: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);
}
