using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary><c>POST …/bindings</c>, the elder way to give a pod its node: the pod's name is the binding's.</summary>
internal sealed class LegacyBindingHandler(ResourceRegistry registry, BindingSubresource binding, Presenter presenter, TimeProvider clock) : IRequestHandler
{
    public Task? TryHandle(HttpContext context, ApiRequest request) => request.Info switch
    {
        { IsResourceRequest: true, Group: "", Version: "v1", Resource: "bindings", Subresource: "", Verb: "create", Namespace.Length: > 0 } =>
            binding.BindAsync(new(context, request, registry.Of<Pod>(), clock, presenter), named: true),
        { IsResourceRequest: true, Group: "", Version: "v1", Resource: "bindings" } =>
            throw ApiErrors.MethodNotAllowed(),
        _ => null,
    };
}
