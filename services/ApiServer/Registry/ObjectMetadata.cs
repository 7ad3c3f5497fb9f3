using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Registry;

/// <summary>What a create or update does to the metadata of every kind: what the server sets, and what clients may not change.</summary>
internal static class ObjectMetadata
{
    /// <summary>Compares group, version and kind of a body with those of the path, and fills them in where they are left out.</summary>
    public static void CheckKind(KubernetesObject value, string apiVersion, string kind)
    {
        if (!string.IsNullOrEmpty(value.ApiVersion) && value.ApiVersion != apiVersion)
            throw ApiErrors.BadRequest($"the API version in the data ({value.ApiVersion}) does not match the expected API version ({apiVersion})");
        if (!string.IsNullOrEmpty(value.Kind) && value.Kind != kind)
        {
            var version = apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
            throw ApiErrors.BadRequest($"{value.Kind} in version \"{version}\" cannot be handled as a {kind}: the kind in the data does not match");
        }
        value.ApiVersion = apiVersion;
        value.Kind = kind;
    }

    /// <summary>Compares kind, name and namespace of an object that is written with those of the path.</summary>
    public static void CheckTarget(KubernetesObject value, ResourceDefinition definition, string ns, string name)
    {
        CheckKind(value, definition.ApiVersion, definition.Kind);
        if (string.IsNullOrEmpty(value.Metadata.Name))
            throw ApiErrors.BadRequest($"the name of the object ({name} based on URL) was undeterminable: name must be provided");
        if (value.Metadata.Name != name)
            throw ApiErrors.BadRequest($"the name of the object ({value.Metadata.Name}) does not match the name on the URL ({name})");
        CheckNamespace(value.Metadata, definition, ns);
    }

    /// <summary>Takes the namespace from the path.</summary>
    public static void CheckNamespace(ObjectMeta metadata, ResourceDefinition definition, string ns)
    {
        if (!definition.Namespaced)
        {
            if (!string.IsNullOrEmpty(metadata.Namespace))
                throw ApiErrors.BadRequest("namespace is not allowed on cluster-scoped resources");
            metadata.Namespace = null;
            return;
        }
        if (!string.IsNullOrEmpty(metadata.Namespace) && metadata.Namespace != ns)
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        metadata.Namespace = ns;
    }

    public static void PrepareForCreate(KubernetesObject value, NameGenerator names, TimeProvider clock)
    {
        var metadata = value.Metadata;
        if (!string.IsNullOrEmpty(metadata.ResourceVersion))
            throw ApiErrors.BadRequest("resourceVersion should not be set on objects to be created");
        if (string.IsNullOrEmpty(metadata.Name) && !string.IsNullOrEmpty(metadata.GenerateName))
            metadata.Name = names.From(metadata.GenerateName);
        metadata.Uid = names.NewUid();
        metadata.CreationTimestamp = WholeSeconds(clock.GetUtcNow());
        metadata.DeletionTimestamp = null;
        metadata.DeletionGracePeriodSeconds = null;
        metadata.SelfLink = null;
        metadata.ManagedFields = null;
        // The rules of kinds that count their generations set it to 1.
        metadata.Generation = null;
    }

    public static void PrepareForUpdate(KubernetesObject value, KubernetesObject old)
    {
        var metadata = value.Metadata;
        var before = old.Metadata;
        metadata.GenerateName = before.GenerateName;
        metadata.Uid = string.IsNullOrEmpty(metadata.Uid) ? before.Uid : metadata.Uid;
        metadata.CreationTimestamp ??= before.CreationTimestamp;
        metadata.DeletionTimestamp ??= before.DeletionTimestamp;
        metadata.DeletionGracePeriodSeconds ??= before.DeletionGracePeriodSeconds;
        metadata.Generation = before.Generation;
        metadata.SelfLink = null;
        metadata.ManagedFields = null;
    }

    /// <summary>Puts back what the server had set and an admission webhook, which may rewrite the whole object, must not change.</summary>
    public static void Restore(KubernetesObject rewritten, KubernetesObject before, ResourceDefinition definition, string ns)
    {
        CheckKind(rewritten, definition.ApiVersion, definition.Kind);
        CheckNamespace(rewritten.Metadata, definition, ns);
        var (metadata, own) = (rewritten.Metadata, before.Metadata);
        metadata.Uid = own.Uid;
        metadata.ResourceVersion = own.ResourceVersion;
        metadata.CreationTimestamp = own.CreationTimestamp;
        metadata.DeletionTimestamp = own.DeletionTimestamp;
        metadata.DeletionGracePeriodSeconds = own.DeletionGracePeriodSeconds;
        metadata.Generation = own.Generation;
        metadata.SelfLink = null;
    }

    /// <summary>Times on the wire have whole seconds, so the server keeps none finer.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
