using System.Buffers.Binary;
using System.Net;

namespace Platform.ApiServer.Registry.Allocation;

/// <summary>The IPv4 addresses that services can have: the range without its first (network) and last (broadcast) address.</summary>
internal sealed class AddressRange
{
    private readonly uint _first;

    public AddressRange(string cidr)
    {
        Cidr = cidr;
        var network = IPNetwork.Parse(cidr);
        var addresses = 1L << (32 - network.PrefixLength);
        _first = ToNumber(network.BaseAddress) + 1;
        Count = (int)Math.Min(addresses - 2, int.MaxValue);
    }

    public string Cidr { get; }

    /// <summary>How many addresses there are.</summary>
    public int Count { get; }

    public IPAddress this[int index]
    {
        get
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, _first + (uint)index);
            return new(bytes);
        }
    }

    public bool Contains(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && ToNumber(address) - _first is var offset && offset < (uint)Count;

    private static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
}
