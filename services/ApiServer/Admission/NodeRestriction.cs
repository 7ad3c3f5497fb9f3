using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>
/// Bounds what a node's agent may write to its own node, the pods bound to it and its own lease, so that one node that was broken into
/// cannot draw pods to itself or disturb others.
/// </summary>
internal sealed class NodeRestriction(IObjectReader reader) : IAdmissionPlugin
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string RestrictedLabels = "node-restriction.kubernetes.io/";

    public string Name => "NodeRestriction";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (NodeAuthorizer.NodeOf(request.User) is not { } node)
            return ValueTask.CompletedTask;
        switch (request.Resource.Group, request.Resource.Plural)
        {
            case ("", "nodes"):
                CheckNode(request, node);
                break;
            case ("", "pods"):
                CheckPod(request, node);
                break;
            case ("coordination.k8s.io", "leases"):
                if (request.Object is Lease lease && lease.Metadata.Name != node)
                    throw Refuse(request, $"can only access node lease with the same name as the requesting node");
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static void CheckNode(AdmissionRequest request, string node)
    {
        var name = request.Info.Name.Length > 0 ? request.Info.Name : request.Object?.Metadata.Name ?? "";
        if (name != node)
            throw Refuse(request, $"node \"{node}\" is not allowed to modify node \"{name}\"");
        if (request.Operation == "DELETE")
            throw Refuse(request, $"node \"{node}\" is not allowed to delete itself");
        if (request.Object is not Node wanted)
            return;
        var old = request.OldObject as Node;
        if (request.Operation == "UPDATE" && !ApiJson.Same(wanted.Spec?.Taints ?? [], old?.Spec?.Taints ?? []))
            throw Refuse(request, $"node \"{node}\" is not allowed to modify taints");
        if (wanted.Metadata.OwnerReferences is { Count: > 0 } && request.Operation == "CREATE")
            throw Refuse(request, $"node \"{node}\" is not allowed to set owner references");
        var changed = (wanted.Metadata.Labels ?? new Dictionary<string, string>())
            .Where(l => l.Key.Contains(RestrictedLabels, StringComparison.Ordinal) && old?.Metadata.Labels?.GetValueOrDefault(l.Key) != l.Value)
            .Select(l => l.Key)
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (changed.Length > 0)
            throw Refuse(request, $"node \"{node}\" is not allowed to {(old is null ? "set" : "modify")} the following labels: {string.Join(", ", changed)}");
    }

    private void CheckPod(AdmissionRequest request, string node)
    {
        switch (request.Operation, request.Info.Subresource)
        {
            case ("CREATE", ""):
                var pod = (Pod)request.Object!;
                if (pod.Metadata.Annotations?.ContainsKey(MirrorAnnotation) != true)
                    throw Refuse(request, $"pod does not have \"{MirrorAnnotation}\" annotation, node \"{node}\" can only create mirror pods");
                if (pod.Spec?.NodeName != node)
                    throw Refuse(request, $"node \"{node}\" can only create pods with spec.nodeName set to itself");
                break;
            case ("UPDATE", "status"):
            case ("DELETE", ""):
            case ("CREATE", "eviction"):
                var present = request.OldObject as Pod ?? reader.Find<Pod>(request.Info.Namespace, request.Info.Name);
                if (present is not null && present.Spec?.NodeName != node)
                    throw Refuse(request, $"node \"{node}\" can only {Doing(request)} pods with spec.nodeName set to itself");
                break;
            default:
                throw Refuse(request, $"unexpected operation \"{request.Operation}\" on pods by node \"{node}\"");
        }
    }

    private static string Doing(AdmissionRequest request) => request switch
    {
        { Operation: "DELETE" } => "delete",
        { Info.Subresource: "eviction" } => "evict",
        _ => "update status for",
    };

    private static ApiException Refuse(AdmissionRequest request, string why) =>
        ApiErrors.Forbidden(request.Info.Group, request.Info.Resource, request.Info.Name.Length > 0 ? request.Info.Name : request.Object?.Metadata.Name ?? "", why);
}
