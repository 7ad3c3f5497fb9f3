namespace Platform.Api.Core.V1;

/// <summary>Configuration as keys and values.</summary>
[Resource("", "v1", "configmaps", "ConfigMap", ShortNames = ["cm"])]
public sealed partial record ConfigMap : KubernetesObject
{
    /// <summary>Values that are text.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, string>? Data { get; set; }

    /// <summary>Values that are bytes.</summary>
    [Proto(3)]
    public IReadOnlyDictionary<string, byte[]>? BinaryData { get; set; }

    /// <summary>Whether the values can no longer change.</summary>
    [Proto(4)]
    public bool? Immutable { get; set; }
}
