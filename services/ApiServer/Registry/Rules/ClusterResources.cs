namespace Platform.ApiServer.Registry.Rules;

/// <summary>The built-in resources of the groups around networking, storage, nodes, certificates, admission, flow control and aggregation.</summary>
internal static class ClusterResources
{
    /// <summary>Resources whose objects are stored.</summary>
    public static IReadOnlyList<ResourceDefinition> Stored { get; } =
    [
    ];
}
