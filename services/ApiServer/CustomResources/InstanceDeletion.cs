using System.Collections.Concurrent;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Authentication.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.ApiServer.CustomResources.Definitions;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;
using Platform.ServiceDefaults;
using Platform.Storage;

namespace Platform.ApiServer.CustomResources;

/// <summary>
/// Deletes the instances of definitions that are being deleted, and lets a definition go when none is left. Instances may have finalizers, and then
/// this waits for whoever removes them.
/// </summary>
internal sealed class InstanceDeletion(
    ResourceRegistry registry, WatchCaches caches, IObjectWriter writer, ObjectDeletion deletion, IRevisionedStore store, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Deletions that are under way at once.</summary>
    private const int Parallelism = 16;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly UserInfo Self = new() { Username = ComponentIdentity.ApiServer.User, Groups = ComponentIdentity.ApiServer.Groups };

    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Sees to the end of a definition, unless that is being done already.</summary>
    public void Begin(CustomResourceDefinition definition)
    {
        if (definition.Metadata.Finalizers?.Contains(DefinitionConditions.CleanupFinalizer) != true)
            return;
        var name = definition.Metadata.Name!;
        var started = new TaskCompletionSource();
        if (_running.TryAdd(name, started.Task))
            _ = RunAsync(name, started, lifetime.ApplicationStopping);
    }

    private async Task RunAsync(string name, TaskCompletionSource done, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            while (!await TryAsync(name, cancellationToken))
                await Task.Delay(RetryDelay, clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The next server goes on.
        }
        finally
        {
            _running.TryRemove(name, out _);
            done.SetResult();
        }
    }

    private async Task<bool> TryAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync(name, true, "InstanceDeletionInProgress", "CustomResource deletion is in progress", cancellationToken);
            if (Owner(name) is { } owner)
                await DeleteInstancesAsync(owner, cancellationToken);
            await SetAsync(name, false, "InstanceDeletionCompleted", "removed all instances", cancellationToken);
            await writer.RemoveFinalizerAsync<CustomResourceDefinition>(null, name, DefinitionConditions.CleanupFinalizer, cancellationToken);
            return true;
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return true;
        }
        catch (Exception e) when (e is ApiException or StorageException)
        {
            await TryExplainAsync(name, e.Message, cancellationToken);
            return false;
        }
    }

    private async Task TryExplainAsync(string name, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync(name, true, "InstanceDeletionFailed", $"could not issue all deletes: {reason}", cancellationToken);
        }
        catch (Exception e) when (e is ApiException or StorageException)
        {
            // The same store that failed before; the whole is tried again.
        }
    }

    private async Task DeleteInstancesAsync(ResourceDefinition owner, CancellationToken cancellationToken)
    {
        var cache = caches.Of(owner);
        var watcher = cache.WatchFromNow(Selection.Everything, sendInitialEvents: false);
        try
        {
            while (true)
            {
                await caches.FreshAsync(cancellationToken);
                var left = cache.Snapshot(caches.Applied).Objects.Range("", null).ToList();
                if (left.Count == 0 && (await store.RangeAsync(new(owner.KeyPrefix, Limit: 1), cancellationToken)).Items.Count == 0)
                    return;
                await Parallel.ForEachAsync(left.Where(o => o.Shared.Metadata.DeletionTimestamp is null),
                    new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, async (item, token) =>
                        await DeleteAsync(owner, item, token));
                await watcher.Queue.WaitToReadAsync(cancellationToken);
                while (watcher.Queue.TryRead(out _))
                {
                }
                if (watcher.Queue.Completion.IsCompleted)
                    throw ApiErrors.Unavailable("the definition changed while its instances were deleted");
            }
        }
        finally
        {
            cache.Remove(watcher);
        }
    }

    private async Task DeleteAsync(ResourceDefinition owner, CachedObject item, CancellationToken cancellationToken)
    {
        var (ns, name) = (item.Namespace.ToString(), item.Name.ToString());
        var info = new RequestInfo { IsResourceRequest = true, Path = "", Verb = "delete", Group = owner.Group, Version = owner.Version, Resource = owner.Plural,
            Namespace = ns, Name = name };
        try
        {
            var context = new WriteContext(info, Self, new(null, Self.Username!, clock.GetUtcNow()), false, cancellationToken);
            await deletion.DeleteAsync(context, owner, ns, name, new DeleteOptions());
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Someone else was faster.
        }
    }

    private ResourceDefinition? Owner(string name) => registry.Current.Owners.FirstOrDefault(d => d.ObjectType == typeof(CustomObject) && $"{d.Plural}.{d.Group}" == name);

    private Task SetAsync(string name, bool status, string reason, string message, CancellationToken cancellationToken) =>
        writer.UpdateStatusAsync<CustomResourceDefinition>(null, name, current => current with
        {
            Status = (current.Status ?? new()) with
            {
                Conditions = current.Status?.Conditions.With(DefinitionConditions.Terminating, status, reason, message, ObjectMetadata.WholeSeconds(clock.GetUtcNow())),
            },
        }, cancellationToken);
}
