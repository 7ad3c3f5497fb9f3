namespace Platform.ApiServer.Registry;

/// <summary>
/// What a request asks for, parsed once from method, path and query, as upstream's RequestInfo: authorization, admission, the verbs
/// and the traces all read this.
/// </summary>
internal sealed record RequestInfo
{
    /// <summary>False for paths such as <c>/healthz</c> and discovery.</summary>
    public required bool IsResourceRequest { get; init; }

    public required string Path { get; init; }

    /// <summary>get, list, watch, create, update, patch, delete, deletecollection; for other paths the method in lower case.</summary>
    public required string Verb { get; init; }

    public string Group { get; init; } = "";
    public string Version { get; init; } = "";
    public string Namespace { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>What follows a <c>proxy</c> subresource.</summary>
    public string Tail { get; init; } = "";
}
