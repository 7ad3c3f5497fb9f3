using System.Buffers.Binary;
using System.Net;

namespace Platform.ControllerManager.NodeIpam;

/// <summary>The range from which nodes get theirs, such as <c>10.64.0.0/16</c>.</summary>
internal sealed record ClusterPodRange(IPNetwork Network);

/// <summary>Which part of the cluster's pod range a node gets: the first /24 that no node has. IPv4 only.</summary>
internal static class PodRangePlan
{
    /// <summary>Prefix length of a node's range: 254 pods, upstream's default.</summary>
    public const int NodePrefix = 24;

    /// <param name="cluster">The cluster's range.</param>
    /// <param name="taken">Ranges of the nodes that have one.</param>
    /// <returns>A free range, or null where all are taken.</returns>
    public static IPNetwork? Choose(IPNetwork cluster, IEnumerable<IPNetwork> taken)
    {
        if (cluster.PrefixLength > NodePrefix)
            return null;
        var first = Number(cluster.BaseAddress);
        var count = 1u << (NodePrefix - cluster.PrefixLength);
        const uint size = 1u << (32 - NodePrefix);
        var used = new HashSet<uint>();
        foreach (var range in taken.Where(r => r.BaseAddress.AddressFamily == cluster.BaseAddress.AddressFamily))
        {
            // A range that somebody chose by hand may be larger than ours, and covers several.
            var start = Number(range.BaseAddress) & ~(size - 1);
            var last = (uint)(Number(range.BaseAddress) + (1UL << (32 - range.PrefixLength)) - 1);
            for (var at = Math.Max(start, first); at <= last && (at - first) / size < count; at += size)
                used.Add((at - first) / size);
        }
        for (uint i = 0; i < count; i++)
        {
            if (!used.Contains(i))
                return new(Address(first + (i * size)), NodePrefix);
        }
        return null;
    }

    private static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress Address(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new(bytes);
    }
}
