using System.Text.Json.Nodes;
using Platform.Api;

namespace Platform.ApiServer.CustomResources;

/// <summary>An object of a custom kind: the metadata that every object has, and the rest as the document that it is.</summary>
internal sealed record CustomObject : KubernetesObject
{
    /// <summary>All members but <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>. Owned by this object; those of shared objects must not be changed.</summary>
    public required JsonObject Content { get; set; }
}
