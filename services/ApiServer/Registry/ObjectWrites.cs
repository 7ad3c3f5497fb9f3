using Platform.Api;
using Platform.Api.Errors;
using Platform.ApiServer.Admission;
using Platform.ApiServer.History;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry.Allocation;
using Platform.ApiServer.Registry.Rules;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Registry;

/// <summary>
/// The way of a create and of an update: default, prepare, admit, validate, encode once, commit. An update starts from what the watch
/// cache has, which is nearly always current, and is committed under that version; only when something does not fit (a conflict, a version
/// that the cache has not seen, a finding) is the store asked and the update tried anew.
/// </summary>
internal sealed class ObjectWrites(
    WatchCaches caches, IRevisionedStore store, NameGenerator names, ServiceAllocation services, AdmissionChain admission, TimeProvider clock)
{
    /// <summary>How often a write is tried when other writes come in between.</summary>
    public const int MaximumAttempts = 16;

    /// <summary>How often another name is generated when one is taken.</summary>
    private const int MaximumNames = 8;

    public async Task<WriteOutcome> CreateAsync(WriteContext context, ResourceDefinition definition, string ns, KubernetesObject value)
    {
        await caches.Ready(context.Aborted);
        ObjectMetadata.CheckKind(value, definition.ApiVersion, definition.Kind);
        ObjectMetadata.CheckNamespace(value.Metadata, definition, ns);
        var generated = string.IsNullOrEmpty(value.Metadata.Name) && !string.IsNullOrEmpty(value.Metadata.GenerateName);
        var owners = value.Metadata.ManagedFields;
        ObjectMetadata.PrepareForCreate(value, names, clock);
        definition.Rules.Default(value);
        value.Metadata.ManagedFields = await FieldOwnership.OfCreateAsync(context, definition, value, owners, clock.GetUtcNow());
        definition.Rules.PrepareForCreate(value);
        definition.Rules.SetRequester(value, context.User);
        var admitted = (await admission.AdmitAsync(context, definition, "CREATE", value, null))!;
        if (!ReferenceEquals(admitted, value))
        {
            ObjectMetadata.Restore(admitted, value, definition, ns);
            FieldOwnership.RestoreBroken(context, admitted, value);
            definition.Rules.PrepareForCreate(value = admitted);
            definition.Rules.SetRequester(value, context.User);
        }
        definition.Rules.Default(value);
        definition.Rules.Complete(value, clock.GetUtcNow());
        using var allocation = await services.AllocateAsync(definition, value, null, context.Aborted);
        Refuse(definition, value, [.. ObjectMetaValidation.Validate(value.Metadata, definition.Namespaced, definition.Rules.ValidateName),
            .. ObjectMetaValidation.Finalizers(value.Metadata, definition.Rules), .. definition.Rules.Validate(value), .. definition.Rules.ValidateCreate(value)]);
        await admission.ValidateAsync(context, definition, "CREATE", value, null);
        context.Warnings.AddRange(definition.Rules.Warnings(value));
        for (var attempt = 1; ; attempt++)
        {
            var key = definition.Key(ns, value.Metadata.Name!);
            var bytes = Encode(definition, value);
            var stored = await ObjectVersions.ToStorageAsync(definition, bytes, context.Aborted);
            var result = context.DryRun
                ? new(0, await store.GetAsync(key, 0, context.Aborted) is null ? StorageError.None : StorageError.Exists)
                : await store.CreateAsync(key, stored, context.Cause, 0, context.Aborted);
            if (result.Error == StorageError.None)
            {
                if (!context.DryRun)
                    allocation.Keep();
                return new(bytes, result.Revision, Created: true);
            }
            if (!generated || attempt == MaximumNames)
                throw ApiErrors.AlreadyExists(definition.Group, definition.Plural, value.Metadata.Name!);
            value.Metadata.Name = names.From(value.Metadata.GenerateName!);
        }
    }

    /// <param name="change">Makes the new object from the present one, which is its own copy. Called again after each conflict. Sets the resource
    /// version that it insists on, or none.</param>
    public Task<WriteOutcome> UpdateAsync(
        WriteContext context, ResourceDefinition definition, string ns, string name, UpdateKind kind, Func<CachedObject, KubernetesObject> change) =>
        UpdateAsync(context, definition, ns, name, kind, current => new ValueTask<KubernetesObject>(change(current)));

    /// <inheritdoc cref="UpdateAsync(WriteContext, ResourceDefinition, string, string, UpdateKind, Func{CachedObject, KubernetesObject})"/>
    public async Task<WriteOutcome> UpdateAsync(
        WriteContext context, ResourceDefinition definition, string ns, string name, UpdateKind kind, Func<CachedObject, ValueTask<KubernetesObject>> change)
    {
        await caches.Ready(context.Aborted);
        var key = definition.Namespaced ? $"{ns}/{name}" : name;
        var current = await FindAsync(definition, key, context.Aborted);
        var certain = false;
        for (var attempt = 1; ; attempt++)
        {
            if (current is null)
            {
                current = await ReadAsync(definition, key, context.Aborted) ?? throw ApiErrors.NotFound(definition.Group, definition.Plural, name);
                certain = true;
            }
            try
            {
                var value = await change(current);
                var insists = !string.IsNullOrEmpty(value.Metadata.ResourceVersion);
                var result = await TryUpdateAsync(context, definition, ns, name, kind, current, value, certain);
                if (result.Outcome is { } outcome)
                    return outcome;
                if (attempt == MaximumAttempts || (insists && certain))
                    throw ApiErrors.Conflict(definition.Group, definition.Plural, name);
                current = await MakeAsync(definition, result.Newer, context.Aborted);
                certain = true;
            }
            catch (ApiException) when (!certain)
            {
                // What was found may be true only of the version that the cache still has.
                var newer = await ReadAsync(definition, key, context.Aborted);
                certain = true;
                if (newer is not null && newer.Revision == current?.Revision)
                    throw;
                current = newer;
            }
        }
    }

    /// <summary>The object as the store has it now.</summary>
    public async ValueTask<CachedObject?> ReadAsync(ResourceDefinition definition, string key, CancellationToken cancellationToken) =>
        await MakeAsync(definition, await store.GetAsync(definition.KeyPrefix + key, 0, cancellationToken), cancellationToken);

    /// <summary>The object as the cache has it, in the version of the definition.</summary>
    public async ValueTask<CachedObject?> FindAsync(ResourceDefinition definition, string key, CancellationToken cancellationToken) =>
        caches.Of(definition).Find(key) is { } found ? await found.InVersionAsync(definition, cancellationToken) : null;

    /// <summary>A value of the store as the cache would hold it, in the version of the definition.</summary>
    public async ValueTask<CachedObject?> MakeAsync(ResourceDefinition definition, StoredValue? stored, CancellationToken cancellationToken) =>
        stored is null ? null : await caches.Of(definition).Make(stored).InVersionAsync(definition, cancellationToken);

    public static byte[] Encode(ResourceDefinition definition, KubernetesObject value)
    {
        value.Metadata.ResourceVersion = "";
        return definition.Codec.Encode(value);
    }

    private async Task<(WriteOutcome? Outcome, StoredValue? Newer)> TryUpdateAsync(
        WriteContext context, ResourceDefinition definition, string ns, string name, UpdateKind kind, CachedObject current, KubernetesObject value, bool certain)
    {
        var old = current.Decode();
        CheckIdentity(context, definition, ns, name, current, value, old);
        var owners = value.Metadata.ManagedFields;
        ObjectMetadata.PrepareForUpdate(value, old);
        definition.Rules.Default(value);
        value.Metadata.ManagedFields = await FieldOwnership.OfUpdateAsync(context, definition, kind, current, value, old, owners, clock.GetUtcNow());
        PrepareForUpdate(definition, kind, value, old);
        var admitted = (await admission.AdmitAsync(context, definition, "UPDATE", value, old))!;
        if (!ReferenceEquals(admitted, value))
        {
            ObjectMetadata.Restore(admitted, value, definition, ns);
            FieldOwnership.RestoreBroken(context, admitted, value);
            PrepareForUpdate(definition, kind, value = admitted, old);
        }
        definition.Rules.Default(value);
        using var allocation = await services.AllocateAsync(definition, value, old, context.Aborted);
        value.Metadata.ResourceVersion = old.Metadata.ResourceVersion;
        Refuse(definition, value, [.. ObjectMetaValidation.ValidateUpdate(value.Metadata, old.Metadata),
            .. ObjectMetaValidation.Finalizers(value.Metadata, definition.Rules), .. RuleFindings(definition, kind, value, old)]);
        await admission.ValidateAsync(context, definition, "UPDATE", value, old);
        context.Warnings.AddRange(definition.Rules.UpdateWarnings(value, old));
        var bytes = FieldOwnership.WithoutIdleTimes(Encode(definition, value), definition, value, old, current);
        var stored = await ObjectVersions.ToStorageAsync(definition, bytes, context.Aborted);
        if (current.Stored.IsAsStored && Stamp.IsUnchanged(stored, current.Stored.Bytes.Span, current.Revision))
            return certain
                ? (new WriteOutcome(bytes, current.Revision) { Unchanged = current }, null)
                : await ConfirmAsync(definition, current, bytes, context.Aborted);
        if (DeletionIsComplete(value))
        {
            var removed = context.DryRun ? default : await store.DeleteAsync(definition.Key(ns, name), current.Revision, context.Cause, context.Aborted);
            return removed.Error == StorageError.None ? (new(bytes, removed.Revision, Deleted: true), null) : (null, removed.Current);
        }
        if (context.DryRun)
            return (new(bytes, current.Revision), null);
        var cause = MinorUpdate.Mark(context.Cause, definition, kind, value, old);
        var result = await store.UpdateAsync(definition.Key(ns, name), stored, current.Revision, cause, 0, context.Aborted);
        if (result.Error != StorageError.None)
            return (null, result.Current);
        allocation.Keep();
        return (new(bytes, result.Revision), null);
    }

    private void PrepareForUpdate(ResourceDefinition definition, UpdateKind kind, KubernetesObject value, KubernetesObject old)
    {
        if (kind == UpdateKind.Status)
        {
            definition.Rules.PrepareForStatusUpdate(value, old);
            definition.Rules.StampStatusUpdate(value, old, ObjectMetadata.WholeSeconds(clock.GetUtcNow()));
        }
        else if (kind == UpdateKind.Main && definition.Rules.PrepareForUpdate(value, old))
            value.Metadata.Generation = (old.Metadata.Generation ?? 0) + 1;
    }

    /// <summary>
    /// An update that changes nothing is only an answer where the cache is right about what there is. That the client names the cache's version does not
    /// say so: both may be behind a write that was just acknowledged, and then it is a conflict.
    /// </summary>
    private async Task<(WriteOutcome? Outcome, StoredValue? Newer)> ConfirmAsync(ResourceDefinition definition, CachedObject current,
        byte[] bytes, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(definition.KeyPrefix + current.Key, 0, cancellationToken);
        return stored?.ModRevision == current.Revision ? (new WriteOutcome(bytes, current.Revision) { Unchanged = current }, null) : (null, stored);
    }

    private static void CheckIdentity(
        WriteContext context, ResourceDefinition definition, string ns, string name, CachedObject current, KubernetesObject value, KubernetesObject old)
    {
        ObjectMetadata.CheckTarget(value, definition, ns, name);
        var metadata = value.Metadata;
        if (string.IsNullOrEmpty(metadata.ResourceVersion))
        {
            if (!definition.Rules.AllowsUnconditionalUpdate && !context.IsPatch)
            {
                // The one finding for which upstream names the resource rather than the kind; the value is an unsigned number in Go's syntax.
                throw ApiErrors.Invalid(definition.Group, definition.Plural, name,
                    [FieldError.Invalid("metadata.resourceVersion", new GoLiteral("0x0"), "must be specified for an update")]);
            }
        }
        else if (metadata.ResourceVersion != current.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture))
            throw ApiErrors.Conflict(definition.Group, definition.Plural, name);
        if (!string.IsNullOrEmpty(metadata.Uid) && metadata.Uid != old.Metadata.Uid)
            throw ApiErrors.Conflict(definition.Group, definition.Plural, name,
                $"Precondition failed: UID in precondition: {metadata.Uid}, UID in object meta: {old.Metadata.Uid}");
    }

    private static IEnumerable<FieldError> RuleFindings(ResourceDefinition definition, UpdateKind kind, KubernetesObject value, KubernetesObject old) =>
        kind switch
        {
            UpdateKind.Status => definition.Rules.ValidateStatusUpdate(value, old),
            UpdateKind.Main => definition.Rules.Validate(value).Concat(definition.Rules.ValidateUpdate(value, old)),
            _ => [],
        };

    /// <summary>Whether the last thing that kept an object under deletion has gone.</summary>
    private static bool DeletionIsComplete(KubernetesObject value) =>
        value.Metadata is { DeletionTimestamp: not null, DeletionGracePeriodSeconds: null or 0, Finalizers: null or { Count: 0 } }
        && value is not Platform.Api.Core.V1.Namespace { Spec.Finalizers.Count: > 0 };

    private static void Refuse(ResourceDefinition definition, KubernetesObject value, IReadOnlyList<FieldError> findings)
    {
        if (findings.Count > 0)
            throw ApiErrors.Invalid(definition.Group, definition.Kind, value.Metadata.Name ?? "", findings);
    }
}

/// <summary>Which part of the object an update may change.</summary>
internal enum UpdateKind
{
    /// <summary>All but the status.</summary>
    Main,

    /// <summary>The status.</summary>
    Status,

    /// <summary>What a subresource of the server's own changes, which has checked it itself.</summary>
    Subresource,
}
