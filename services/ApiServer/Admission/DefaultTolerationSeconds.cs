using Platform.Api.Core.V1;

namespace Platform.ApiServer.Admission;

/// <summary>Lets a pod stay on a node that is not ready or unreachable for five minutes, unless the pod says otherwise.</summary>
internal sealed class DefaultTolerationSeconds : IAdmissionPlugin
{
    private const long Seconds = 300;

    private static readonly string[] Taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    public string Name => "DefaultTolerationSeconds";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not ("CREATE" or "UPDATE") || request.Info.Subresource.Length > 0 || request.Object is not Pod { Spec: { } spec } pod)
            return ValueTask.CompletedTask;
        var present = spec.Tolerations ?? [];
        Toleration[] missing =
        [
            .. Taints.Where(key => !present.Any(t => Tolerates(t, key)))
                .Select(key => new Toleration { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = Seconds }),
        ];
        if (missing.Length > 0)
            pod.Spec = spec with { Tolerations = [.. present, .. missing] };
        return ValueTask.CompletedTask;
    }

    private static bool Tolerates(Toleration toleration, string key) =>
        (string.IsNullOrEmpty(toleration.Key) || toleration.Key == key) && (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == "NoExecute");
}
