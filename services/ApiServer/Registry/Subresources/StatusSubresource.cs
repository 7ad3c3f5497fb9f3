using Platform.ApiServer.Registry.Verbs;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary><c>/status</c>: the same object, but a write changes nothing except the status.</summary>
internal sealed class StatusSubresource(GetVerb get, UpdateVerb update, PatchVerb patch) : ISubresource
{
    public string Name => "status";

    public Task HandleAsync(RegistryRequest request) => request.Info.Verb switch
    {
        "get" => get.HandleAsync(request),
        "patch" => patch.HandleAsync(request, UpdateKind.Status),
        _ => update.HandleAsync(request, UpdateKind.Status),
    };
}
