using System.Collections.Concurrent;
using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.Api.ManagedFields;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Patching;

/// <summary>
/// Which fields an endpoint puts back to what they were, so that nobody comes to own them through it: the object's own endpoint resets the status of
/// kinds that have it as a subresource, and the status endpoint resets the specification and what else the kind protects.
/// </summary>
internal static class ResetFields
{
    private static readonly FieldSet Nothing = FieldSet.Empty;
    private static readonly FieldSet Status = FieldSet.OfFields("status");
    private static readonly FieldSet Spec = FieldSet.OfFields("spec");
    private static readonly ConcurrentDictionary<Type, FieldSet> ByStatusEndpoint = new(new Dictionary<Type, FieldSet>
    {
        [typeof(Pod)] = FieldSet.OfFields("spec", "metadata.deletionTimestamp", "metadata.ownerReferences"),
        [typeof(Deployment)] = FieldSet.OfFields("spec", "metadata.labels"),
        [typeof(DaemonSet)] = Spec,
    });

    public static FieldSet Of(ResourceDefinition definition, UpdateKind kind) => kind switch
    {
        UpdateKind.Status => ByStatusEndpoint.GetValueOrDefault(definition.ObjectType, Spec),
        UpdateKind.Main when definition.Subresources.ContainsKey("status") => Status,
        _ => Nothing,
    };
}
