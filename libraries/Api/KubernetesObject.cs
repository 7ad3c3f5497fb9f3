using System.Text.Json.Serialization;
using Platform.Api.Meta.V1;

namespace Platform.Api;

/// <summary>
/// What every stored object has. Property order is part of the contract: <c>apiVersion</c>, <c>kind</c> and <c>metadata</c> come
/// first on the wire, so that the server can stamp the resource version into encoded bytes without parsing them.
/// Objects that come from an informer are shared: never change one, use <c>with</c>.
/// </summary>
public abstract record KubernetesObject
{
    /// <summary>Group and version, such as <c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    [JsonPropertyOrder(-3)]
    public string? ApiVersion { get; set; }

    /// <summary>Kind, such as <c>Deployment</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string? Kind { get; set; }

    /// <summary>Name, labels, owners and everything else that is common to all kinds.</summary>
    [JsonPropertyOrder(-1)]
    [Proto(1)]
    public ObjectMeta Metadata { get; set; } = new();
}

/// <summary>A page or the whole of a collection, as LIST answers it.</summary>
/// <typeparam name="T">Kind of the items.</typeparam>
public sealed record KubernetesList<T>
    where T : KubernetesObject
{
    /// <summary>Group and version of the items.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>The items' kind with <c>List</c> behind it.</summary>
    public string? Kind { get; set; }

    /// <summary>Version of the collection and, for a page, how to go on.</summary>
    [Proto(1)]
    public ListMeta Metadata { get; set; } = new();

    /// <summary>The objects, ordered by namespace and name.</summary>
    [Proto(2)]
    [Required]
    public IReadOnlyList<T> Items { get; set; } = [];
}
