using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

/// <summary>PodTemplate.</summary>
[Resource("", "v1", "podtemplates", "PodTemplate")]
public sealed partial record PodTemplate : KubernetesObject
{
    /// <summary>template.</summary>
    [Proto(2)]
    public PodTemplateSpec? Template { get; set; }
}

/// <summary>PodTemplateSpec.</summary>
public sealed partial record PodTemplateSpec
{
    /// <summary>metadata.</summary>
    [Proto(1)]
    public ObjectMeta? Metadata { get; set; }

    /// <summary>spec.</summary>
    [Proto(2)]
    public PodSpec? Spec { get; set; }
}
