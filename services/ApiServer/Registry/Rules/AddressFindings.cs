using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>Findings about addresses and their ranges. Leading zeros of an IPv4 address do not count, and it may be written as IPv6.</summary>
internal static class AddressFindings
{
    private const string NotCidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    /// <summary>An address of either family.</summary>
    public static IEnumerable<FieldError> Ip(string text, string path) =>
        Parse(text) is null ? [FieldError.Invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")] : [];

    /// <summary>An address of one family.</summary>
    public static IEnumerable<FieldError> Ip(string text, string path, string family) =>
        FamilyOf(text) == family ? [] : [FieldError.Invalid(path, text, $"must be a valid {family} address")];

    /// <summary>An address to which traffic can be sent from anywhere: not one of the machine itself or its link.</summary>
    public static IEnumerable<FieldError> NonSpecial(string text, string path)
    {
        if (Parse(text) is not { } address)
        {
            yield return FieldError.Invalid(path, text, "must be a valid IP address");
            yield break;
        }

        var bytes = address.GetAddressBytes();
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            yield return FieldError.Invalid(path, text, $"may not be unspecified ({text})");
        if (IPAddress.IsLoopback(address))
            yield return FieldError.Invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        if (address.IsIPv6LinkLocal || bytes is [169, 254, _, _])
            yield return FieldError.Invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        if (bytes is [224, 0, 0, _] || (bytes is [0xff, var scope, ..] && bytes.Length == 16 && (scope & 0xf) == 2))
            yield return FieldError.Invalid(path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }

    /// <summary>A range of addresses.</summary>
    public static IEnumerable<FieldError> Cidr(string text, string path) => Network(text) is null ? [FieldError.Invalid(path, text, NotCidr)] : [];

    /// <summary>A domain name of at least two segments, which may end with a dot.</summary>
    public static IEnumerable<FieldError> DomainName(string text, string path)
    {
        if (text.Length == 0)
        {
            yield return FieldError.Required(path);
            yield break;
        }

        var name = text.EndsWith('.') ? text[..^1] : text;
        var segments = name.Split('.');
        if (NameFormats.DnsSubdomain(name).ToList() is { Count: > 0 } errors)
            yield return FieldError.Invalid(path, name, string.Join(',', errors));
        else if (segments.Length < 2)
            yield return FieldError.Invalid(path, name, "should be a domain with at least two segments separated by dots");
        else
        {
            foreach (var segment in segments.Where(s => NameFormats.DnsLabel(s).Any()).Take(1))
                yield return FieldError.Invalid(path, segment, string.Join(',', NameFormats.DnsLabel(segment)));
        }
    }

    /// <summary><c>IPv4</c> or <c>IPv6</c>, or null where the text is no address.</summary>
    public static string? FamilyOf(string text) => Parse(text) switch
    {
        null => null,
        { AddressFamily: AddressFamily.InterNetwork } => "IPv4",
        _ => "IPv6",
    };

    /// <summary>The network of a CIDR whose address may have bits beyond the prefix, which do not count.</summary>
    public static IPNetwork? Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || ParseAsWritten(text[..slash]) is not { } address
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return null;
        var bytes = address.GetAddressBytes();
        if (length > bytes.Length * 8)
            return null;
        for (var bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new(new IPAddress(bytes), length);
    }

    private static IPAddress? Parse(string text) => ParseAsWritten(text) switch
    {
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
        var address => address,
    };

    /// <summary>The platform's own parser also takes brackets, zones, octal and hexadecimal numbers, and fewer than four of them.</summary>
    private static IPAddress? ParseAsWritten(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
            return text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.') && IPAddress.TryParse(text, out var address) ? address : null;
        var parts = text.Split('.');
        var bytes = new byte[4];
        if (parts.Length != bytes.Length)
            return null;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
                return null;
        }

        return new(bytes);
    }
}
