using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>A pod to make others from.</summary>
[Resource("", "v1", "podtemplates", "PodTemplate")]
public sealed partial record PodTemplate : KubernetesObject
{
    /// <summary>The pod.</summary>
    [Proto(2)]
    public PodTemplateSpec? Template { get; set; }
}

/// <summary>What pods are made from.</summary>
public sealed partial record PodTemplateSpec
{
    /// <summary>Labels and annotations of the pods.</summary>
    [Proto(1)]
    public ObjectMeta? Metadata { get; set; }

    /// <summary>What the pods are to run.</summary>
    [Proto(2)]
    public PodSpec? Spec { get; set; }
}
