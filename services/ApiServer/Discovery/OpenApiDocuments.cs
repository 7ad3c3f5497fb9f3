using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.ApiServer.Aggregation;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>A document as it is sent, with the hash of its content.</summary>
internal sealed record OpenApiDocument(byte[] Content, string Hash)
{
    public static OpenApiDocument Of(byte[] content) => new(content, Convert.ToHexString(SHA512.HashData(content)));
}

/// <summary>The OpenAPI documents of a snapshot of the resources. Each is made when it is first asked for and then kept.</summary>
/// <param name="groups">The resources.</param>
/// <param name="perVersion">Documents of versions of groups as made for this or an earlier snapshot; used again where the resources are the same ones.</param>
internal sealed class OpenApiDocuments(ApiGroups groups, ConcurrentDictionary<string, (ApiGroupVersion Version, OpenApiDocument Document)> perVersion)
{
    // Schemas of custom resources may be nested as deeply as a body may be, and stand a few levels down in a document.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General) { MaxDepth = 2 * JsonDepth.Enclosed };

    public OpenApiDocuments(ApiGroups groups)
        : this(groups, new(StringComparer.Ordinal))
    {
    }

    private readonly ConcurrentDictionary<string, OpenApiDocument> _made = new(StringComparer.Ordinal);

    /// <summary>OpenAPI 2 as JSON.</summary>
    public OpenApiDocument Version2 => _made.GetOrAdd("v2", _ => OpenApiDocument.Of(Encode(BuildVersion2())));

    /// <summary>OpenAPI 2 as protobuf.</summary>
    public OpenApiDocument Version2Protobuf => _made.GetOrAdd("v2pb", _ => OpenApiDocument.Of(OpenApiProtobuf.Encode(BuildVersion2())));

    /// <summary>The list of OpenAPI 3 documents, each with its hash in the address, so that clients can keep what they have.</summary>
    public OpenApiDocument Index => _made.GetOrAdd("v3", _ =>
    {
        var paths = new JsonObject();
        foreach (var version in groups.Versions)
        {
            if ((version.Foreign is { } foreign ? foreign.Discovery.OpenApiPath : $"/openapi/v3/{version.Path}?hash={Version3(version).Hash}") is { } url)
                paths[version.Path] = new JsonObject { ["serverRelativeURL"] = url };
        }

        return OpenApiDocument.Of(Encode(new JsonObject { ["paths"] = paths }));
    });

    /// <summary>OpenAPI 3 of a version of a group.</summary>
    public OpenApiDocument Version3(ApiGroupVersion version)
    {
        if (perVersion.TryGetValue(version.Path, out var known) && known.Version.Resources.SequenceEqual(version.Resources))
            return known.Document;
        var made = BuildVersion3(version);
        perVersion[version.Path] = (version, made);
        return made;
    }

    private OpenApiDocument BuildVersion3(ApiGroupVersion version)
    {
        var schemas = new OpenApiSchemas(version3: true, GroupNames());
        var paths = new OpenApiPaths(version3: true, schemas).Build([version]);
        return OpenApiDocument.Of(Encode(new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = Info(),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.All() },
        }));
    }

    private JsonObject BuildVersion2()
    {
        var schemas = new OpenApiSchemas(version3: false, GroupNames());
        var paths = new OpenApiPaths(version3: false, schemas).Build(groups.Versions);
        var document = new JsonObject { ["swagger"] = "2.0", ["info"] = Info(), ["paths"] = paths, ["definitions"] = schemas.All() };
        foreach (var foreign in groups.Versions.Select(v => v.Foreign?.Discovery.OpenApi2).OfType<ForeignDocument>())
            OpenApiMerge.Add(document, (JsonObject)JsonTree.Parse(foreign.Content)!);
        return document;
    }

    // Custom groups are left out, so that one more of them does not change the documents of all others.
    private List<string> GroupNames() => [.. groups.Versions.Where(v => v.Resources.Any(r => r.Codec is TypedCodec)).Select(v => v.Group).Distinct()];

    private static JsonObject Info() => new() { ["title"] = "Kubernetes", ["version"] = "v1.32.0" };

    public static byte[] Encode(JsonObject document) => Encoding.UTF8.GetBytes(Text(document));

    public static string Text(JsonNode node) => node.ToJsonString(Options);
}
