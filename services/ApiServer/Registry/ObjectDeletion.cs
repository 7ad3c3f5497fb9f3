using System.Globalization;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Admission;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Registry;

/// <summary>
/// The way of a deletion. An object that nobody waits for is removed at once. One that has finalizers, a grace period or (a namespace) content is
/// only marked, with <c>deletionTimestamp</c>; whoever it waits for finishes it, and the last one's update or deletion removes it.
/// </summary>
internal sealed class ObjectDeletion(WatchCaches caches, IRevisionedStore store, ObjectWrites writes, AdmissionChain admission, TimeProvider clock)
{
    private const string OrphanFinalizer = "orphan";
    private const string ForegroundFinalizer = "foregroundDeletion";

    public async Task<WriteOutcome> DeleteAsync(WriteContext context, ResourceDefinition definition, string ns, string name, DeleteOptions options)
    {
        await caches.Ready(context.Aborted);
        var key = definition.Namespaced ? $"{ns}/{name}" : name;
        var current = await writes.FindAsync(definition, key, context.Aborted);
        var certain = false;
        for (var attempt = 1; attempt <= ObjectWrites.MaximumAttempts; attempt++)
        {
            if (current is null)
            {
                current = await writes.ReadAsync(definition, key, context.Aborted) ?? throw ApiErrors.NotFound(definition.Group, definition.Plural, name);
                certain = true;
            }
            try
            {
                var (outcome, newer) = await TryDeleteAsync(context, definition, ns, name, options, current);
                if (outcome is { } done)
                    return done;
                current = await writes.MakeAsync(definition, newer, context.Aborted);
                certain = true;
            }
            catch (ApiException) when (!certain)
            {
                var newer = await writes.ReadAsync(definition, key, context.Aborted);
                certain = true;
                if (newer is not null && newer.Revision == current?.Revision)
                    throw;
                current = newer;
            }
        }
        throw ApiErrors.Conflict(definition.Group, definition.Plural, name);
    }

    private async Task<(WriteOutcome? Outcome, StoredValue? Newer)> TryDeleteAsync(
        WriteContext context, ResourceDefinition definition, string ns, string name, DeleteOptions options, CachedObject current)
    {
        var old = current.Decode();
        CheckPreconditions(definition, name, options.Preconditions, current, old);
        var asked = context with { Deletion = options };
        await admission.AdmitAsync(asked, definition, "DELETE", null, old);
        await admission.ValidateAsync(asked, definition, "DELETE", null, old);
        var plan = Plan(definition, current.Decode(), old, options);
        if (plan is null)
            return (new WriteOutcome(default, current.Revision) { Unchanged = current }, null);
        var (marked, remove) = plan.Value;
        var bytes = ObjectWrites.Encode(definition, marked);
        var stored = remove ? [] : await ObjectVersions.ToStorageAsync(definition, bytes, context.Aborted);
        if (!remove && current.Stored.IsAsStored && Stamp.IsUnchanged(stored, current.Stored.Bytes.Span, current.Revision))
            return (new WriteOutcome(bytes, current.Revision) { Unchanged = current }, null);
        if (context.DryRun)
            return (new(bytes, current.Revision, Deleted: remove), null);
        var result = remove
            ? await store.DeleteAsync(definition.Key(ns, name), current.Revision, context.Cause, context.Aborted)
            : await store.UpdateAsync(definition.Key(ns, name), stored, current.Revision, context.Cause, 0, context.Aborted);
        return result.Error == StorageError.None ? (new(bytes, result.Revision, Deleted: remove), null) : (null, result.Current);
    }

    /// <summary>The object as it should become, and whether it should go at once; null where it is being deleted already and nothing changes.</summary>
    private (KubernetesObject Value, bool Remove)? Plan(ResourceDefinition definition, KubernetesObject value, KubernetesObject old, DeleteOptions options)
    {
        var metadata = value.Metadata;
        var now = ObjectMetadata.WholeSeconds(clock.GetUtcNow());
        var finalizers = FinalizersFor(options, metadata.Finalizers, definition.Rules.OrphansByDefault);
        var wish = options.GracePeriodSeconds is < 0 ? 1 : options.GracePeriodSeconds;
        var usual = definition.Rules.DefaultGracePeriodSeconds(old);
        var grace = usual > 0 ? wish ?? usual : 0;
        var waits = finalizers.Count > 0 || value is Namespace { Spec.Finalizers.Count: > 0 };
        metadata.Finalizers = finalizers.Count > 0 ? finalizers : null;

        if (metadata.DeletionTimestamp is { } due)
        {
            var before = metadata.DeletionGracePeriodSeconds ?? 0;
            if (before == 0 && !waits)
                return (value, true);
            // A later deletion may only shorten what an earlier one allowed; without a wish of its own it changes nothing.
            if (wish is not { } shorter || shorter >= before)
                return null;
            metadata.DeletionTimestamp = due.AddSeconds(shorter - before);
            metadata.DeletionGracePeriodSeconds = shorter;
            return (value, shorter == 0 && !waits);
        }

        if (grace == 0 && !waits)
            return (value, true);
        metadata.DeletionTimestamp = now.AddSeconds(grace);
        // A namespace waits for its content without a period, and upstream shows none.
        metadata.DeletionGracePeriodSeconds = value is Namespace ? null : grace;
        if (metadata.Generation is > 0)
            metadata.Generation++;
        if (value is Namespace ns)
            ns.Status = (ns.Status ?? new()) with { Phase = "Terminating" };
        return (value, false);
    }

    private static List<string> FinalizersFor(DeleteOptions options, IReadOnlyList<string>? present, bool orphans)
    {
        var wanted = options.PropagationPolicy switch
        {
            "Orphan" => OrphanFinalizer,
            "Foreground" => ForegroundFinalizer,
            "Background" => "",
            null when options.OrphanDependents is { } orphan => orphan ? OrphanFinalizer : "",
            null when orphans && present?.Contains(ForegroundFinalizer) != true => OrphanFinalizer,
            _ => null,
        };
        List<string> finalizers = [.. present ?? []];
        if (wanted is null)
            return finalizers;
        finalizers.RemoveAll(f => f is OrphanFinalizer or ForegroundFinalizer);
        if (wanted.Length > 0)
            finalizers.Add(wanted);
        return finalizers;
    }

    private static void CheckPreconditions(ResourceDefinition definition, string name, Preconditions? wanted, CachedObject current, KubernetesObject old)
    {
        if (wanted?.Uid is { } uid && uid != old.Metadata.Uid)
            throw ApiErrors.Conflict(definition.Group, definition.Plural, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {old.Metadata.Uid}");
        var revision = current.Revision.ToString(CultureInfo.InvariantCulture);
        if (wanted?.ResourceVersion is { } version && version != revision)
            throw ApiErrors.Conflict(definition.Group, definition.Plural, name,
                $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {revision}");
    }
}
