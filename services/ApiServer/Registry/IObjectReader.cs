using Platform.Api;

namespace Platform.ApiServer.Registry;

/// <summary>Typed reads from the watch caches for the server's own parts: RBAC, admission, token authentication, allocators.</summary>
internal interface IObjectReader
{
    /// <summary>Whether the caches hold the whole registry.</summary>
    bool IsReady { get; }

    T? Find<T>(string? ns, string name)
        where T : KubernetesObject;

    IReadOnlyList<T> List<T>(string? ns = null)
        where T : KubernetesObject;

    /// <summary>Counts commits that touched the resource of the type: cheap to poll before recomputing what was derived from it.</summary>
    long VersionOf<T>()
        where T : KubernetesObject;
}
