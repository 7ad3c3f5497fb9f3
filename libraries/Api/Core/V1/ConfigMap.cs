namespace Platform.Api.Core.V1;

/// <summary>ConfigMap.</summary>
[Resource("", "v1", "configmaps", "ConfigMap", ShortNames = ["cm"])]
public sealed partial record ConfigMap : KubernetesObject
{
    /// <summary>data.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, string>? Data { get; set; }

    /// <summary>binaryData.</summary>
    [Proto(3)]
    public IReadOnlyDictionary<string, byte[]>? BinaryData { get; set; }

    /// <summary>immutable.</summary>
    [Proto(4)]
    public bool? Immutable { get; set; }
}
