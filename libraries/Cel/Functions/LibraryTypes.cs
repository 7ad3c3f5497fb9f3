namespace Platform.Cel.Functions;

/// <summary>Types of Kubernetes' function libraries.</summary>
internal static class LibraryTypes
{
    public static readonly CelType Url = CelType.Opaque("kubernetes.URL");
    public static readonly CelType Ip = CelType.Opaque("net.IP");
    public static readonly CelType Cidr = CelType.Opaque("net.CIDR");
    public static readonly CelType Format = CelType.Opaque("kubernetes.NamedFormat");

    public static IEnumerable<CelType> All => [Url, Ip, Cidr, Format];
}
