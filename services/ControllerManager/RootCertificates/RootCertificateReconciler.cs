using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;
using Platform.ControllerManager.Ownership;

namespace Platform.ControllerManager.RootCertificates;

/// <summary>The certificate of the cluster's authority, in PEM.</summary>
internal sealed record RootCertificate(string Pem);

/// <summary>
/// Publishes the cluster's root certificate to each namespace as <c>kube-root-ca.crt</c>, from where it is projected into pods, so that
/// their clients can trust the API server. Whoever changes it finds it restored. Keys are namespaces.
/// </summary>
internal sealed class RootCertificateReconciler(IApiClient api, IInformerFactory informers, RootCertificate root) : IReconciler
{
    public const string MapName = "kube-root-ca.crt";
    public const string File = "ca.crt";
    private const string DescriptionAnnotation = "kubernetes.io/description";
    private const string Description =
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or "
        + "kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    private readonly IInformer<Namespace> _namespaces = informers.For<Namespace>();
    private readonly IInformer<ConfigMap> _maps = informers.For<ConfigMap>(fieldSelector: "metadata.name=" + MapName);

    public string Name => "root-ca-certificate-publisher";

    public void Watch(IReconcilerTriggers triggers)
    {
        triggers.On(_namespaces);
        triggers.On(_maps, e => [new("", e.Object.Metadata.Namespace!)]);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_namespaces.Get("", key.Name) is not { } ns || ns.Metadata.DeletionTimestamp is not null)
            return ReconcileResult.Done;
        var current = _maps.Get(key.Name, MapName);
        if (current?.Data is { Count: 1 } data && data.GetValueOrDefault(File) == root.Pem)
            return ReconcileResult.Done;
        try
        {
            await WriteAsync(key.Name, current, cancellationToken);
        }
        catch (ApiException e) when (e.IsAlreadyExists || e.IsNotFound || NamespaceTermination.IsCause(e))
        {
            // The watch shows what is there instead; or there is no namespace for it any more.
        }
        return ReconcileResult.Done;
    }

    private Task<ConfigMap> WriteAsync(string ns, ConfigMap? current, CancellationToken cancellationToken)
    {
        var data = new Dictionary<string, string> { [File] = root.Pem };
        if (current is not null)
            return api.Resource<ConfigMap>().UpdateAsync(current with { Data = data, BinaryData = null }, cancellationToken);
        var annotations = new Dictionary<string, string> { [DescriptionAnnotation] = Description };
        return api.Resource<ConfigMap>().CreateAsync(new() { Metadata = new() { Name = MapName, Namespace = ns, Annotations = annotations }, Data = data }, cancellationToken);
    }
}
