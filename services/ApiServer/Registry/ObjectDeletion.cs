using System.Globalization;
using Platform.Api;
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
        // Admission is over, and what it was shown can become what is left.
        var plan = DeletionPlan.For(definition.Rules, old, options, ObjectMetadata.WholeSeconds(clock.GetUtcNow()));
        if (plan is null)
            return (new WriteOutcome(default, current.Revision) { Unchanged = current }, null);
        var (marked, remove) = plan.Value;
        var bytes = remove && !definition.Rules.ReturnsDeletedObject ? [] : ObjectWrites.Encode(definition, marked);
        var stored = remove ? [] : await ObjectVersions.ToStorageAsync(definition, bytes, context.Aborted);
        if (!remove && current.Stored.IsAsStored && Stamp.IsUnchanged(stored, current.Stored.Bytes.Span, current.Revision))
            return (new WriteOutcome(bytes, current.Revision) { Unchanged = current }, null);
        if (context.DryRun)
            return (new(bytes, current.Revision, Deleted: remove) { Gone = marked }, null);
        var result = remove
            ? await store.DeleteAsync(definition.Key(ns, name), current.Revision, context.Cause, context.Aborted)
            : await store.UpdateAsync(definition.Key(ns, name), stored, current.Revision, context.Cause, 0, context.Aborted);
        return result.Error == StorageError.None ? (new(bytes, result.Revision, Deleted: remove) { Gone = marked }, null) : (null, result.Current);
    }

    // Upstream names the kind here where other conflicts name the resource.
    private static void CheckPreconditions(ResourceDefinition definition, string name, Preconditions? wanted, CachedObject current, KubernetesObject old)
    {
        if (wanted?.Uid is { } uid && uid != old.Metadata.Uid)
        {
            throw ApiErrors.Conflict(definition.Group, definition.Kind, name, $"the UID in the precondition ({uid}) does not match the UID in record "
                + $"({old.Metadata.Uid}). The object might have been deleted and then recreated");
        }
        var revision = current.Revision.ToString(CultureInfo.InvariantCulture);
        if (wanted?.ResourceVersion is { } version && version != revision)
        {
            throw ApiErrors.Conflict(definition.Group, definition.Kind, name, $"the ResourceVersion in the precondition ({version}) does not match the "
                + $"ResourceVersion in record ({revision}). The object might have been modified");
        }
    }
}
