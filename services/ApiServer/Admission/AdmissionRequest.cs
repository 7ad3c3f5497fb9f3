using System.Text.Json.Nodes;
using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>What is about to be written, before it is defaulted for the last time and validated.</summary>
/// <param name="Info">The request.</param>
/// <param name="User">Who asks.</param>
/// <param name="Operation">CREATE, UPDATE, DELETE or CONNECT.</param>
/// <param name="Resource">Resource that is written to.</param>
/// <param name="Object">Object as it would be written; null for DELETE and CONNECT.</param>
/// <param name="OldObject">Object as it is; null for CREATE.</param>
internal sealed record AdmissionRequest(RequestInfo Info, UserInfo User, string Operation, ResourceDefinition Resource, KubernetesObject? Object, KubernetesObject? OldObject)
{
    /// <summary>Object as it would be written. Plugins may change it or put another in its place in <see cref="IAdmissionPlugin.AdmitAsync"/>.</summary>
    public KubernetesObject? Object { get; set; } = Object;

    /// <summary>What a CONNECT asks for, such as a <c>PodExecOptions</c>; null for other operations.</summary>
    public JsonObject? ConnectOptions { get; init; }

    /// <summary>The kind of a subresource in which the objects are shown; null where they are the resource's own.</summary>
    public AdmissionView? View { get; init; }

    /// <summary>Reads and writes the objects.</summary>
    public IObjectCodec Codec => View?.Codec ?? Resource.Codec;

    /// <summary>Whether nothing will be stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>Makes the options of the request, such as <c>CreateOptions</c>; only webhooks ask.</summary>
    public Func<JsonObject?> Options { get; init; } = () => null;

    /// <summary>Texts for <c>Warning</c> headers.</summary>
    public ICollection<string> Warnings { get; init; } = [];

    /// <summary>What plugins agree upon about being asked a second time.</summary>
    public Reinvocation Reinvocation { get; } = new();

    /// <summary>Name of the object.</summary>
    public string Name => Info.Name.Length > 0 ? Info.Name : Object?.Metadata.Name ?? OldObject?.Metadata.Name ?? "";

    /// <summary>Group, version and kind of the object, which for a subresource may be another than the resource's.</summary>
    public (string Group, string Version, string Kind) Kind
    {
        get
        {
            var (apiVersion, kind) = ConnectOptions is { } options
                ? ((string?)options["apiVersion"], (string?)options["kind"])
                : ((Object ?? OldObject)?.ApiVersion, (Object ?? OldObject)?.Kind);
            if (string.IsNullOrEmpty(apiVersion) || string.IsNullOrEmpty(kind))
                return (Resource.Group, Resource.Version, Resource.Kind);
            var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? ("", apiVersion, kind) : (apiVersion[..slash], apiVersion[(slash + 1)..], kind);
        }
    }
}

/// <summary>
/// Whether the plugins that change objects are asked once more, because a webhook changed what others had already seen. One more time and no
/// more, as upstream.
/// </summary>
internal sealed class Reinvocation
{
    /// <summary>Whether this is the second time.</summary>
    public bool IsSecondTime { get; set; }

    /// <summary>Whether there shall be a second time.</summary>
    public bool IsWanted { get; set; }

    /// <summary>What the webhooks remember of the first time.</summary>
    public object? Memory { get; set; }
}
