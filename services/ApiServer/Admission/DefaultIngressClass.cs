using Platform.Api.Networking.V1;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules.Networking;

namespace Platform.ApiServer.Admission;

/// <summary>A new ingress that names no class gets the one that is marked as the default; of several the newest, as upstream.</summary>
internal sealed class DefaultIngressClass(IObjectReader reader) : IAdmissionPlugin
{
    private const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";

    public string Name => "DefaultIngressClass";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Operation: "CREATE", Info.Subresource: "", Object: Ingress { Spec.IngressClassName: null } ingress }
            || ingress.Metadata.Annotations?.ContainsKey(IngressValidation.ClassAnnotation) == true)
            return ValueTask.CompletedTask;
        var found = reader.List<IngressClass>()
            .Where(c => c.Metadata.Annotations?.GetValueOrDefault(DefaultAnnotation) == "true")
            .OrderByDescending(c => c.Metadata.CreationTimestamp).ThenBy(c => c.Metadata.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (found is not null)
            (ingress.Spec ??= new()).IngressClassName = found.Metadata.Name;
        return ValueTask.CompletedTask;
    }
}
