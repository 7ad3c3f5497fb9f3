using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace Platform.Api.Protobuf;

/// <summary>The kinds that have a protobuf form, found by version and kind.</summary>
internal static class ProtobufKinds
{
    private const string Meta = "meta.k8s.io/v1";

    private static readonly FrozenDictionary<(string ApiVersion, string Kind), Type> Known = Find();

    /// <summary>The type of a kind; null where it has no protobuf form.</summary>
    public static Type? Of(string apiVersion, string kind) =>
        // Options are sent with the version of whatever they are about.
        Known.GetValueOrDefault((apiVersion, kind)) ?? (kind == "DeleteOptions" ? typeof(Meta.V1.DeleteOptions) : null);

    /// <summary>Whether objects of a declared type have a protobuf form.</summary>
    public static bool Has(Type type) => type.IsDefined(typeof(ResourceAttribute), inherit: false);

    /// <summary>Version and kind of an object, which need not come first.</summary>
    /// <exception cref="JsonException">The bytes are not a JSON object, or one that does not say what it is.</exception>
    public static (string ApiVersion, string Kind) Read(ReadOnlySpan<byte> json)
    {
        string? apiVersion = null;
        string? kind = null;
        var reader = new Utf8JsonReader(json, Json.JsonDepth.Reader);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("expected an object");
        while ((apiVersion is null || kind is null) && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("apiVersion"u8);
            var isKind = reader.ValueTextEquals("kind"u8);
            reader.Read();
            if (isVersion && reader.TokenType == JsonTokenType.String)
                apiVersion = reader.GetString();
            else if (isKind && reader.TokenType == JsonTokenType.String)
                kind = reader.GetString();
            else
                reader.Skip();
        }

        // Lists of the core group's resources say no version.
        return (apiVersion ?? "v1", kind ?? throw new JsonException("Object 'Kind' is missing"));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Programs that are compiled to native code keep this assembly whole (Directory.Build.targets).")]
    private static FrozenDictionary<(string, string), Type> Find()
    {
        var kinds = new Dictionary<(string, string), Type>
        {
            [("authentication.k8s.io/v1", "TokenRequest")] = typeof(Authentication.V1.TokenRequest),
            [("autoscaling/v1", "Scale")] = typeof(Autoscaling.V1.Scale),
            [("policy/v1", "Eviction")] = typeof(Policy.V1.Eviction),
            [("v1", "Status")] = typeof(Meta.V1.Status),
            [(Meta, "Status")] = typeof(Meta.V1.Status),
            [("v1", "APIVersions")] = typeof(Meta.V1.APIVersions),
            [("v1", "APIGroup")] = typeof(Meta.V1.APIGroup),
            [("v1", "APIGroupList")] = typeof(Meta.V1.APIGroupList),
            [("v1", "APIResourceList")] = typeof(Meta.V1.APIResourceList),
            [(Meta, "PartialObjectMetadata")] = typeof(PartialObjectMetadata),
            [("meta.k8s.io/v1beta1", "PartialObjectMetadata")] = typeof(PartialObjectMetadata),
        };
        foreach (var type in typeof(KubernetesObject).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<ResourceAttribute>() is { } resource)
                kinds[(resource.Group.Length == 0 ? resource.Version : $"{resource.Group}/{resource.Version}", resource.Kind)] = type;
        }

        return kinds.ToFrozenDictionary();
    }

    /// <summary>An object of which only the metadata is sent.</summary>
    private sealed record PartialObjectMetadata : KubernetesObject;
}
