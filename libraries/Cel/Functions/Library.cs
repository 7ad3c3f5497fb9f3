namespace Platform.Cel.Functions;

/// <summary>All functions of the language and of Kubernetes 1.32's libraries.</summary>
internal static class Library
{
    public static IEnumerable<CelOverload> All =>
    [
        .. LogicFunctions.All, .. Arithmetic.All, .. Comparison.All, .. Containers.All, .. Conversions.All, .. TextFunctions.All, .. TimeFunctions.All,
        .. TextExtensions.All, .. ListFunctions.All, .. SetFunctions.All, .. PatternFunctions.All, .. UrlFunctions.All, .. IpFunctions.All, .. CidrFunctions.All,
        .. FormatFunctions.All, .. OptionalFunctions.All, .. AuthorizerFunctions.All,
    ];
}
