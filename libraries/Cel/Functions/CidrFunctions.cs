using System.Globalization;
using System.Net;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Kubernetes' CIDR library.</summary>
internal static class CidrFunctions
{
    public static IEnumerable<CelOverload> All =>
    [
        Global("isCIDR", "is_cidr", [CelType.String], CelType.Bool, v => CelBool.Of(Prefix.Parse(((CelString)v[0]).Value) is not null)),
        Global("cidr", "string_to_cidr", [CelType.String], LibraryTypes.Cidr, v => From(((CelString)v[0]).Value)),
        Global("string", "cidr_to_string", [LibraryTypes.Cidr], CelType.String, v => new CelString(Of(v[0]).ToString())),
        Member("containsIP", "cidr_contains_ip_string", [LibraryTypes.Cidr, CelType.String], CelType.Bool,
            v => IpFunctions.Parse(((CelString)v[1]).Value, out var error) is { } ip ? CelBool.Of(Of(v[0]).Contains(ip)) : new CelError(error)),
        Member("containsIP", "cidr_contains_ip_ip", [LibraryTypes.Cidr, LibraryTypes.Ip], CelType.Bool, v => CelBool.Of(Of(v[0]).Contains(IpFunctions.Of(v[1])))),
        Member("containsCIDR", "cidr_contains_cidr_string", [LibraryTypes.Cidr, CelType.String], CelType.Bool,
            v => Prefix.Parse(((CelString)v[1]).Value) is { } inner ? CelBool.Of(Of(v[0]).Contains(inner)) : Failed(((CelString)v[1]).Value)),
        Member("containsCIDR", "cidr_contains_cidr", [LibraryTypes.Cidr, LibraryTypes.Cidr], CelType.Bool, v => CelBool.Of(Of(v[0]).Contains(Of(v[1])))),
        Member("ip", "cidr_ip", [LibraryTypes.Cidr], LibraryTypes.Ip, v => IpFunctions.Wrap(Of(v[0]).Address)),
        Member("prefixLength", "cidr_prefix_length", [LibraryTypes.Cidr], CelType.Int, v => new CelInt(Of(v[0]).Length)),
        Member("masked", "cidr_masked", [LibraryTypes.Cidr], LibraryTypes.Cidr, v => new CelOpaque(LibraryTypes.Cidr, Of(v[0]).Masked)),
    ];

    private static CelValue From(string text) => Prefix.Parse(text) is { } prefix ? new CelOpaque(LibraryTypes.Cidr, prefix) : Failed(text);

    private static CelError Failed(string text) => new($"network address parse error during conversion from string: netip.ParsePrefix(\"{text}\"): invalid prefix");

    private static Prefix Of(CelValue value) => (Prefix)((CelOpaque)value).Value;

    /// <summary>An address and how many of its bits are the network.</summary>
    private sealed record Prefix(IPAddress Address, int Length) : ISized
    {
        public ulong Size => (ulong)((Length + 7) / 8);

        public Prefix Masked
        {
            get
            {
                var bytes = Address.GetAddressBytes();
                for (var i = 0; i < bytes.Length; i++)
                    bytes[i] &= (byte)(0xff00 >> Math.Clamp(Length - (i * 8), 0, 8));
                return new(new IPAddress(bytes), Length);
            }
        }

        public static Prefix? Parse(string text)
        {
            var slash = text.LastIndexOf('/');
            if (slash < 0 || IpFunctions.Parse(text[..slash], out _) is not { } ip)
                return null;
            var length = text[(slash + 1)..];
            return length.Length is >= 1 and <= 3 && (length.Length == 1 || length[0] != '0')
                && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= ip.GetAddressBytes().Length * 8
                    ? new(ip, bits)
                    : null;
        }

        public bool Contains(IPAddress ip) => ip.AddressFamily == Address.AddressFamily && new Prefix(ip, Length).Masked.Address.Equals(Masked.Address);

        public bool Contains(Prefix other) => other.Length >= Length && Contains(other.Address);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
    }
}
