using Platform.Api.Core.V1;

namespace Platform.ApiServer.Admission;

/// <summary>A new node takes no pods before the node lifecycle controller has seen it ready and removes this taint.</summary>
internal sealed class TaintNodesByCondition : IAdmissionPlugin
{
    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string NoSchedule = "NoSchedule";

    public string Name => "TaintNodesByCondition";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: "CREATE", Info.Subresource: "", Object: Node node }
            && node.Spec?.Taints?.Any(t => t.Key == NotReady && t.Effect == NoSchedule) != true)
        {
            var spec = node.Spec ?? new();
            node.Spec = spec with { Taints = [.. spec.Taints ?? [], new() { Key = NotReady, Effect = NoSchedule }] };
        }

        return ValueTask.CompletedTask;
    }
}
