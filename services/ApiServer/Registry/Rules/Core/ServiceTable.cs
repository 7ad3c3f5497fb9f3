using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>A service's row.</summary>
internal static class ServiceTable
{
    public static readonly IReadOnlyList<TableColumn> Columns =
    [
        Cells.Name,
        new("Type", Description: "How the service is reached."),
        new("Cluster-IP", Description: "Address within the cluster."),
        new("External-IP", Description: "Addresses outside of the cluster."),
        new("Port(s)", Description: "Ports, each with its node port and protocol."),
        Cells.Age,
        new("Selector", Description: "Labels of the pods behind the service.", Priority: 1),
    ];

    public static object?[] Row(Service service, DateTimeOffset now) =>
    [
        service.Metadata.Name,
        service.Spec?.Type,
        Cells.Or(service.Spec?.ClusterIP),
        External(service),
        Ports(service.Spec?.Ports ?? []),
        Cells.Since(service.Metadata.CreationTimestamp, now),
        Cells.Labels(service.Spec?.Selector),
    ];

    private static string External(Service service)
    {
        var given = service.Spec?.ExternalIPs ?? [];
        switch (service.Spec?.Type)
        {
            case "ExternalName":
                return Cells.Or(service.Spec.ExternalName);
            case "LoadBalancer":
                var ingress = (service.Status?.LoadBalancer?.Ingress ?? []).Select(i => string.IsNullOrEmpty(i.Ip) ? i.Hostname : i.Ip).Where(a => !string.IsNullOrEmpty(a));
                var all = string.Join(",", ingress.Concat(given));
                return all.Length == 0 ? "<pending>" : all;
            default:
                return given.Count == 0 ? Cells.None : string.Join(",", given);
        }
    }

    private static string Ports(IReadOnlyList<ServicePort> ports) => ports.Count == 0
        ? Cells.None
        : string.Join(",", ports.Select(p => p.NodePort is > 0 ? $"{p.Port}:{p.NodePort}/{p.Protocol}" : $"{p.Port}/{p.Protocol}"));
}
