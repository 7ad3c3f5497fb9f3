using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Platform.ServiceDefaults.Pki;

/// <summary>Names and addresses under which this machine may be reached.</summary>
internal static class HostNames
{
    public static IReadOnlyList<string> Names { get; } = ["localhost", Dns.GetHostName()];

    public static IReadOnlyList<IPAddress> Addresses() =>
    [
        IPAddress.Loopback,
        IPAddress.IPv6Loopback,
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && IsOwn(i.Name))
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !a.IsIPv6LinkLocal),
    ];

    // Bridges and veth pairs of pods come and go; a certificate that named their addresses would be made anew at each start.
    private static bool IsOwn(string name) =>
        !name.StartsWith("veth", StringComparison.Ordinal) && !name.StartsWith("plt", StringComparison.Ordinal) && !name.StartsWith("cni", StringComparison.Ordinal);
}
