using Platform.Api.Errors;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Registry;

/// <summary>
/// The last to be asked. A resource or subresource whose handler did not want the request is there, but not for this method: that is 405, and not the 404
/// of what nobody knows.
/// </summary>
internal sealed class UnservedMethodHandler(ResourceRegistry registry) : IRequestHandler
{
    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        var info = request.Info;
        if (!info.IsResourceRequest || info.Tail.Length > 0 || registry.Find(info.Group, info.Version, info.Resource) is not { } definition)
            return null;
        return info.Subresource.Length == 0 || definition.Subresources.ContainsKey(info.Subresource) ? throw RegistryHandler.NotAllowed(info, definition) : null;
    }
}
