using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using Platform.ServiceDefaults.Pki;

namespace Platform.ServiceDefaults;

/// <summary>What a user may ask for when a cluster is made; null means: choose.</summary>
/// <param name="ApiPort">TLS port of the API server.</param>
/// <param name="Store"><c>sqlite</c>, <c>etcd</c> or <c>memory</c>.</param>
/// <param name="Nodes">Names of the nodes that run on this machine.</param>
public sealed record ClusterWishes(int? ApiPort, string? Store, IReadOnlyList<string> Nodes);

/// <summary>
/// Makes a data folder ready for the services: settings chosen once and kept, the certificate authority, every component's
/// certificates and kubeconfigs. Both compositions call it before they start anything; calling it again changes nothing that is still good.
/// </summary>
public static class ClusterPreparation
{
    private const int DefaultApiPort = 6443;
    private const int DefaultAgentPort = 10250;
    private const int DefaultEtcdPort = 2379;

    /// <summary>How many ports behind the default one are tried.</summary>
    private const int PortsTried = 200;

    /// <summary>Pod ranges are 10.64.0.0/16 to 10.127.0.0/16, service ranges 10.128.0.0/16 to 10.191.0.0/16: one pair per cluster of a machine.</summary>
    private const int RangePairs = 64;

    /// <summary>Settings of the cluster in the folder, made where it is new.</summary>
    /// <exception cref="InvalidOperationException">What is asked for contradicts what the cluster was made with, or a port is in use.</exception>
    public static ClusterSettings Prepare(string dataDirectory, ClusterWishes wishes, TimeProvider time)
    {
        PrivateFile.EnsureFolder(dataDirectory);
        var isNew = !File.Exists(Path.Combine(dataDirectory, "cluster.json"));
        var settings = isNew ? Choose(wishes) : Adapt(ClusterSettings.Load(dataDirectory), wishes);
        if (isNew)
            KubectlCache.Forget(settings.ApiPort);
        settings.Save(dataDirectory);
        var identities = new ClusterIdentityFiles(new(dataDirectory), time);
        identities.EnsureControlPlane(settings);
        foreach (var node in wishes.Nodes)
            identities.EnsureNode(settings, node);
        return settings;
    }

    private static ClusterSettings Choose(ClusterWishes wishes)
    {
        var pair = FreeRangePair();
        return new()
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            ApiPort = wishes.ApiPort ?? FreePort(DefaultApiPort),
            AgentPort = FreePort(DefaultAgentPort),
            EtcdPort = FreePort(DefaultEtcdPort, inARow: 2),
            PodCidr = $"10.{64 + pair}.0.0/16",
            ServiceCidr = $"10.{128 + pair}.0.0/16",
            Store = wishes.Store ?? "sqlite",
        };
    }

    private static ClusterSettings Adapt(ClusterSettings settings, ClusterWishes wishes)
    {
        if (wishes.Store is { } store && store != settings.Store)
            throw new InvalidOperationException($"this cluster keeps its state in '{settings.Store}', not in '{store}'; use another --data folder or reset it first");
        // The API server's port is in users' kubeconfigs and stays; the others are found by the cluster itself, so they give way to whoever took them.
        return settings with
        {
            ApiPort = wishes.ApiPort ?? settings.ApiPort,
            AgentPort = IsFree(settings.AgentPort) ? settings.AgentPort : FreePort(DefaultAgentPort),
            EtcdPort = Enumerable.Range(settings.EtcdPort, 2).All(IsFree) ? settings.EtcdPort : FreePort(DefaultEtcdPort, inARow: 2),
        };
    }

    /// <summary>The first port from <paramref name="preferred"/> on that is free, together with those right behind it where several are needed.</summary>
    public static int FreePort(int preferred, int inARow = 1)
    {
        for (var port = preferred; port < preferred + PortsTried; port++)
        {
            if (Enumerable.Range(port, inARow).All(IsFree))
                return port;
        }

        throw new InvalidOperationException($"no free port from {preferred} to {preferred + PortsTried - 1}");
    }

    /// <summary>Whether a server could listen on the port at all addresses.</summary>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Clusters on one machine must not share ranges; those that run have a bridge or a route in theirs, and chance spreads the rest.
    private static int FreeRangePair()
    {
        var used = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Where(a => a.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select(a => a.Address.GetAddressBytes())
            .Where(a => a[0] == 10)
            .Select(a => (int)a[1])
            .ToHashSet();
        var first = RandomNumberGenerator.GetInt32(RangePairs);
        for (var i = 0; i < RangePairs; i++)
        {
            var pair = (first + i) % RangePairs;
            if (!used.Contains(64 + pair) && !used.Contains(128 + pair))
                return pair;
        }

        throw new InvalidOperationException("every pod range from 10.64.0.0/16 to 10.127.0.0/16 is in use on this machine");
    }
}
