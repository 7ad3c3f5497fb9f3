using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>
/// Kubernetes' IP address library. Only the forms that Go's <c>netip</c> reads are addresses; those with zones and IPv4 addresses mapped into IPv6 are refused.
/// </summary>
internal static class IpFunctions
{
    public static IEnumerable<CelOverload> All =>
    [
        Global("isIP", "is_ip", [CelType.String], CelType.Bool, v => CelBool.Of(Parse(((CelString)v[0]).Value, out _) is not null)),
        Global("ip", "string_to_ip", [CelType.String], LibraryTypes.Ip, v => From(((CelString)v[0]).Value)),
        Global("ip.isCanonical", "ip_is_canonical", [CelType.String], CelType.Bool,
            v => Parse(((CelString)v[0]).Value, out var error) is { } ip ? CelBool.Of(ip.ToString() == ((CelString)v[0]).Value) : new CelError(error)),
        Global("string", "ip_to_string", [LibraryTypes.Ip], CelType.String, v => new CelString(Of(v[0]).ToString()!)),
        Member("family", "ip_family", [LibraryTypes.Ip], CelType.Int, v => new CelInt(Of(v[0]).AddressFamily == AddressFamily.InterNetwork ? 4 : 6)),
        Test("isUnspecified", ip => ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)),
        Test("isLoopback", IPAddress.IsLoopback),
        Test("isLinkLocalMulticast", IsLinkLocalMulticast),
        Test("isLinkLocalUnicast", IsLinkLocalUnicast),
        Test("isGlobalUnicast", IsGlobalUnicast),
    ];

    public static CelValue From(string text) => Parse(text, out var error) is { } ip ? new CelOpaque(LibraryTypes.Ip, new Address(ip)) : new CelError(error);

    public static IPAddress Of(CelValue value) => ((Address)((CelOpaque)value).Value).Value;

    /// <summary>Reads an address; null with the reason where it is none.</summary>
    public static IPAddress? Parse(string text, out string error)
    {
        error = $"IP Address '{text}' parse error during conversion from string: ParseAddr(\"{text}\"): unable to parse IP";
        var ip = text.Contains(':', StringComparison.Ordinal) ? ParseIPv6(text) : IsIPv4(text) ? IPAddress.Parse(text) : null;
        if (ip is not { IsIPv4MappedToIPv6: true })
            return ip;
        error = $"IPv4-mapped IPv6 address \"{text}\" is not allowed";
        return null;
    }

    public static CelOpaque Wrap(IPAddress ip) => new(LibraryTypes.Ip, new Address(ip));

    private static CelOverload Test(string name, Func<IPAddress, bool> test) =>
        Member(name, "ip_" + name, [LibraryTypes.Ip], CelType.Bool, v => CelBool.Of(test(Of(v[0]))));

    private static bool IsIPv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4
            && Array.TrueForAll(parts, p => (p.Length == 1 || !p.StartsWith('0')) && byte.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    private static IPAddress? ParseIPv6(string text)
    {
        if (text.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF:."))
            return null;
        var last = text.LastIndexOf(':');
        if (text.Contains('.', StringComparison.Ordinal) && !IsIPv4(text[(last + 1)..]))
            return null;
        return IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? ip : null;
    }

    private static bool IsLinkLocalMulticast(IPAddress ip)
    {
        var bytes = ip.GetAddressBytes();
        return bytes.Length == 4 ? bytes is [224, 0, 0, _] : bytes[0] == 0xff && (bytes[1] & 0x0f) == 2;
    }

    private static bool IsLinkLocalUnicast(IPAddress ip)
    {
        var bytes = ip.GetAddressBytes();
        return bytes.Length == 4 ? bytes is [169, 254, _, _] : bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
    }

    private static bool IsGlobalUnicast(IPAddress ip)
    {
        var bytes = ip.GetAddressBytes();
        var multicast = bytes.Length == 4 ? (bytes[0] & 0xf0) == 0xe0 : bytes[0] == 0xff;
        return !multicast && !IPAddress.IsLoopback(ip) && !IsLinkLocalUnicast(ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any)
            && !ip.Equals(IPAddress.Broadcast);
    }

    private sealed record Address(IPAddress Value) : ISized
    {
        public ulong Size => Value.AddressFamily == AddressFamily.InterNetwork ? 4UL : 16;
    }
}
