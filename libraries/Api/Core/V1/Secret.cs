namespace Platform.Api.Core.V1;

/// <summary>Secret.</summary>
[Resource("", "v1", "secrets", "Secret")]
public sealed partial record Secret : KubernetesObject
{
    /// <summary>data.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, byte[]>? Data { get; set; }

    /// <summary>type.</summary>
    [Proto(3)]
    public string? Type { get; set; }

    /// <summary>stringData.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, string>? StringData { get; set; }

    /// <summary>immutable.</summary>
    [Proto(5)]
    public bool? Immutable { get; set; }
}
