using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Platform.NodeAgent.Network;

/// <summary>
/// What the machine's network needs for pods: forwarding, and masquerading of what leaves the range of all pods, as one nftables table of the
/// cluster's own, replaced in one step. Pods among themselves keep their addresses.
/// </summary>
internal sealed class HostNetwork(string clusterId, string clusterCidr)
{
    private const string Forwarding = "/proc/sys/net/ipv4/ip_forward";

    private string Table => $"platform-{clusterId}-pods";

    /// <summary>Switches forwarding on and loads the table. Idempotent.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if ((await File.ReadAllTextAsync(Forwarding, cancellationToken)).Trim() != "1")
            await File.WriteAllTextAsync(Forwarding, "1", cancellationToken);
        await RunAsync("nft", ["-f", "-"], Rules(), cancellationToken);
    }

    /// <summary>Removes what <see cref="EnsureAsync"/> and the pods' network have made on the machine.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await RunAsync("nft", ["-f", "-"], $"table ip {Table} {{}}\ndelete table ip {Table}\n", cancellationToken);
        var bridge = CniNetwork.BridgeName(clusterId);
        if (NetworkInterface.GetAllNetworkInterfaces().Any(i => i.Name == bridge))
            await RunAsync("ip", ["link", "delete", bridge], "", cancellationToken);
    }

    internal string Rules() =>
        $$"""
        table ip {{Table}} {}
        delete table ip {{Table}}
        table ip {{Table}} {
          chain postrouting {
            type nat hook postrouting priority srcnat; policy accept;
            ip saddr {{clusterCidr}} ip daddr != {{clusterCidr}} ip daddr != 224.0.0.0/4 oifname != "{{CniNetwork.BridgeName(clusterId)}}" masquerade
          }
        }

        """;

    /// <summary>The machine's address: the one that packets to elsewhere would leave with.</summary>
    public static string FindAddress()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 9)); // sends nothing: a datagram socket only picks its route
            if (socket.LocalEndPoint is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address))
                return address.ToString();
        }
        catch (SocketException)
        {
            // No route: a machine of its own. Any address that is not loopback will do.
        }

        return NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork)?.ToString() ?? "127.0.0.1";
    }

    private static async Task RunAsync(string program, string[] arguments, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new IOException($"{program} could not be started");
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new IOException($"{program} failed: {errors.Trim()}");
    }
}
