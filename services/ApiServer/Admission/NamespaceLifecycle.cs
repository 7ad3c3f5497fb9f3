using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Admission;

/// <summary>
/// Nothing is created in a namespace that does not exist or is being deleted, and the namespaces that the cluster itself needs are not deleted. Whether a
/// namespace exists is asked of the store when the caches do not know it, since it may have been created a moment ago.
/// </summary>
internal sealed class NamespaceLifecycle(IObjectReader reader, IRevisionedStore store) : IAdmissionPlugin
{
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];

    public string Name => "NamespaceLifecycle";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var info = request.Info;
        if (request is { Operation: "DELETE", Resource: { Group: "", Plural: "namespaces" } } && Immortal.Contains(info.Name))
            throw ApiErrors.Forbidden("", "namespaces", info.Name, "this namespace may not be deleted");
        if (request.Operation != "CREATE" || !request.Resource.Namespaced || info.Namespace.Length == 0)
            return;
        var ns = reader.Find<Namespace>(null, info.Namespace)
            ?? await ReadAsync(info.Namespace, cancellationToken)
            ?? throw ApiErrors.NotFound("", "namespaces", info.Namespace);
        if (ns.Metadata.DeletionTimestamp is null && ns.Status?.Phase != "Terminating")
            return;
        var name = request.Object?.Metadata.Name ?? info.Name;
        var failure = ApiErrors.Forbidden(
            info.Group, info.Resource, name, $"unable to create new content in namespace {info.Namespace} because it is being terminated");
        failure.Status.Details = (failure.Status.Details ?? new StatusDetails()) with
        {
            Causes = [new() { Reason = "NamespaceTerminating", Message = $"namespace {info.Namespace} is being terminated", Field = "metadata.namespace" }],
        };
        throw failure;
    }

    private async ValueTask<Namespace?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync("/registry/core/namespaces/" + name, cancellationToken: cancellationToken);
        return stored is null ? null : ApiJson.Decode<Namespace>(stored.Value.Span);
    }
}
