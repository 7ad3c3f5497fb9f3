namespace Platform.Api.Core.V1;

/// <summary>Confidential keys and values.</summary>
[Resource("", "v1", "secrets", "Secret")]
public sealed partial record Secret : KubernetesObject
{
    /// <summary>Values, base64-encoded.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, byte[]>? Data { get; set; }

    /// <summary>What the secret is for; decides which keys it must have.</summary>
    [Proto(3)]
    public string? Type { get; set; }

    /// <summary>Values as text, for convenience; stored in data.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, string>? StringData { get; set; }

    /// <summary>Whether the values can no longer change.</summary>
    [Proto(5)]
    public bool? Immutable { get; set; }
}
