using System.Collections.Frozen;

namespace Platform.Api.Schema;

/// <summary>
/// Which fields the upstream implementation holds by value, so that they are on its wire even when nobody set them. Clients see the
/// difference in <c>managedFields</c>: the shell of such a field has no owner (<c>f:spec</c> has no <c>"."</c>), while an optional one belongs to who set it
/// first. Required lists and maps are always there (as null); of the structures it is the ones below.
/// </summary>
internal static class ValueTypes
{
    /// <summary>Structures that are nowhere held by reference.</summary>
    private static readonly FrozenSet<string> Structures = new[]
    {
        "ObjectMeta", "PodTemplateSpec", "PodSpec", "JobTemplateSpec", "JobSpec", "DeploymentStrategy", "StatefulSetUpdateStrategy", "DaemonSetUpdateStrategy",
        "ResourceRequirements", "VolumeResourceRequirements", "RoleRef", "EventSource", "CrossVersionObjectReference", "LoadBalancerStatus",
        "CustomResourceDefinitionNames", "VolumeAttachmentSource", "ContainerState", "NodeDaemonEndpoints", "DaemonEndpoint", "NodeSystemInfo",
        "MetricTarget", "MetricValueStatus", "MetricIdentifier",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsHeldByValue(TypeSchema owner, FieldSchema field)
    {
        var shape = field.Type.Shape;
        if (shape is SchemaShape.List or SchemaShape.Map)
            return field.Required;
        if (shape != SchemaShape.Object)
            return false;
        // Every kind holds its specification and its status by value; the replication controller's template is the one exception below.
        if (owner.Resource is not null && field.Name is "spec" or "status")
            return true;
        if (owner.Type.Name == "ReplicationControllerSpec" && field.Name == "template")
            return false;
        if (owner.Type.Name == "Container" && field.Name == "resources")
            return true;
        return Structures.Contains(field.Type.Type.Name) || (owner.Type.Name == "Event" && field.Required);
    }
}
