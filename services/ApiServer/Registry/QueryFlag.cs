namespace Platform.ApiServer.Registry;

/// <summary>How upstream reads a flag of the query: given and not <c>false</c> or <c>0</c>.</summary>
internal static class QueryFlag
{
    public static bool IsSet(string? given) => given is not null && given != "0" && !given.Equals("false", StringComparison.OrdinalIgnoreCase);
}
