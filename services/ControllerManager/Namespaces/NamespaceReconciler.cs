using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Client;
using Platform.ControllerManager.GarbageCollection;
using Platform.ControllerManager.Metadata;

namespace Platform.ControllerManager.Namespaces;

/// <summary>
/// Empties namespaces that are being deleted, and then lets them go. It is woken by every object that leaves such a namespace, which
/// it learns from the garbage collector's feed of all kinds, so that it need not poll.
/// </summary>
internal sealed class NamespaceReconciler(IApiClient api, IInformerFactory informers, ObjectFeed feed, ResourceDiscovery discovery,
    MetadataClient metadata, TimeProvider clock) : IReconciler
{
    /// <summary>Looks again after this time even if no event came: a kind may have been unknown to the feed.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly IInformer<Namespace> _namespaces = informers.For<Namespace>();

    public string Name => "namespace-controller";

    public int Workers => 10;

    public void Watch(IReconcilerTriggers triggers)
    {
        triggers.On(_namespaces, e => e.New?.Metadata.DeletionTimestamp is null ? [] : [ObjectKey.Of(e.New)]);
        triggers.From(
            enqueue => feed.Subscribe(change =>
            {
                if (change.IsDeletion && change.Head.Metadata.Namespace is { Length: > 0 } ns && _namespaces.Get("", ns)?.Metadata.DeletionTimestamp is not null)
                    enqueue(new("", ns), change.Cause);
            }),
            present: () => []); // The namespaces themselves are named above.
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_namespaces.Get("", key.Name) is not { Metadata.DeletionTimestamp: not null } ns || ns.Spec?.Finalizers is not { Count: > 0 } finalizers)
            return ReconcileResult.Done;
        if (!finalizers.Contains(NamespaceDeletionPlan.Finalizer))
            return ReconcileResult.Done;
        try
        {
            var contents = await EmptyAsync(key.Name, cancellationToken);
            ns = await ReportAsync(ns, contents, cancellationToken);
            if (!contents.IsEmpty)
                return ReconcileResult.After(LookAgain);
            await FinalizeAsync(ns, cancellationToken);
            return ReconcileResult.Done;
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Somebody else finished it.
            return ReconcileResult.Done;
        }
    }

    private async Task<NamespaceContents> EmptyAsync(string ns, CancellationToken cancellationToken)
    {
        var discovered = await discovery.DiscoverAsync(cancellationToken);
        var (first, later) = NamespaceDeletionPlan.Order(discovered.Resources);
        List<RemainingContent> remaining = [];
        List<string> failures = [];
        foreach (var resource in first)
            await EmptyAsync(resource, ns, remaining, failures, cancellationToken);
        var podsLeft = remaining.Any(r => r.Resource is { Group: "", Plural: "pods" });
        if (!podsLeft)
        {
            foreach (var resource in later)
                await EmptyAsync(resource, ns, remaining, failures, cancellationToken);
        }
        return new() { Remaining = remaining, DeletionFailures = failures, DiscoveryFailures = discovered.Failures };
    }

    private async Task EmptyAsync(ServedResource resource, string ns, List<RemainingContent> remaining, List<string> failures, CancellationToken cancellationToken)
    {
        try
        {
            var (items, _) = await metadata.ListAsync(resource, ns, cancellationToken);
            if (items.Count == 0)
                return;
            // What is on its way out already needs no second request.
            if (items.Any(i => i.Metadata.DeletionTimestamp is null))
                await DeleteAsync(resource, ns, items, cancellationToken);
            (items, _) = await metadata.ListAsync(resource, ns, cancellationToken);
            if (items.Count > 0)
                remaining.Add(RemainingContent.Of(resource, items));
        }
        catch (ApiException e) when (!e.IsNotFound)
        {
            failures.Add($"{resource.Plural}.{resource.Group}: {e.Message}");
        }
        catch (ApiException)
        {
            // A custom resource whose definition went meanwhile took its objects along.
        }
    }

    private async Task DeleteAsync(ServedResource resource, string ns, IReadOnlyList<ObjectHead> items, CancellationToken cancellationToken)
    {
        if (resource.Supports("deletecollection"))
        {
            await metadata.DeleteCollectionAsync(resource, ns, cancellationToken);
            return;
        }
        foreach (var item in items)
            await metadata.DeleteAsync(resource, ns, item.Metadata.Name!, new() { PropagationPolicy = "Background" }, cancellationToken);
    }

    private async Task<Namespace> ReportAsync(Namespace ns, NamespaceContents contents, CancellationToken cancellationToken)
    {
        var conditions = NamespaceDeletionPlan.Conditions(ns.Status?.Conditions, contents, clock.GetUtcNow());
        var wanted = ns with { Status = (ns.Status ?? new()) with { Phase = "Terminating", Conditions = conditions } };
        return ApiJson.Same(wanted, ns) ? ns : await api.Resource<Namespace>().UpdateStatusAsync(wanted, cancellationToken);
    }

    private async Task FinalizeAsync(Namespace ns, CancellationToken cancellationToken)
    {
        var wanted = ns with
        {
            ApiVersion = "v1",
            Kind = "Namespace",
            Spec = ns.Spec! with { Finalizers = [.. ns.Spec.Finalizers!.Where(f => f != NamespaceDeletionPlan.Finalizer)] },
        };
        await metadata.PutAsync($"api/v1/namespaces/{Uri.EscapeDataString(ns.Metadata.Name!)}/finalize", wanted, cancellationToken);
    }
}
