using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.Client;

namespace Platform.ControllerManager.ReplicaSets;

/// <summary>The pod that a controller's template describes. The server makes its name from the prefix.</summary>
internal static class PodFromTemplate
{
    public static Pod Create(ReplicaSet set)
    {
        var template = set.Spec!.Template!;
        return new()
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = new()
            {
                GenerateName = set.Metadata.Name + "-",
                Namespace = set.Metadata.Namespace,
                Labels = template.Metadata?.Labels,
                Annotations = template.Metadata?.Annotations,
                Finalizers = template.Metadata?.Finalizers,
                OwnerReferences = [OwnerReferences.Controller(set)],
            },
            Spec = template.Spec,
        };
    }
}
