using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Schema;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.CustomResources;

/// <summary>
/// Reads and writes the objects of one version of a custom kind. Reading prunes what the schema does not know; writing sorts members, so that the same object
/// always has the same bytes, whatever the order in which a client sent it.
/// </summary>
/// <param name="schema">Schema of the version.</param>
/// <param name="apiVersion">Group and version.</param>
/// <param name="readsAnyVersion">Whether what is stored in another version is read as this one, as it is where versions differ in nothing but name.</param>
internal sealed class CustomCodec(StructuralSchema schema, string apiVersion, bool readsAnyVersion) : IObjectCodec
{
    /// <summary>Most duplicate fields that are reported.</summary>
    private const int MaximumFindings = 100;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = JsonDepth.Enclosed };

    public StructuralSchema Schema { get; } = schema;

    public TypeSchema? PatchSchema => null;

    public MergeSchema MergeSchema { get; } = StructuralMergeSchema.OfResource(schema);

    public KubernetesObject Decode(ReadOnlySpan<byte> json) => Read(json, out _);

    public byte[] Encode(KubernetesObject value)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", value.ApiVersion);
            writer.WriteString("kind", value.Kind);
            writer.WritePropertyName("metadata");
            JsonSerializer.Serialize(writer, value.Metadata, ApiJson.TypeInfo<ObjectMeta>());
            WriteMembers(writer, ((CustomObject)value).Content);
            writer.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    public StrictResult Check(ReadOnlySpan<byte> json)
    {
        List<string> findings = [.. DuplicateFields.Find(json, MaximumFindings).Select(path => $"duplicate field \"{path}\"")];
        var metadata = MetadataSlice.Of(json);
        if (metadata[0] != (byte)'{')
            return new(findings, metadata.SequenceEqual("null"u8) ? null : "json: cannot unmarshal into Go struct field .metadata of type v1.ObjectMeta");
        var strict = StrictJson.Check(metadata, TypeSchema.Of(typeof(ObjectMeta)));
        findings.AddRange(strict.Findings.Where(f => f.StartsWith("unknown", StringComparison.Ordinal))
            .Select(f => f.Replace("field \"", "field \"metadata.", StringComparison.Ordinal)));
        List<string> removed = [];
        SchemaPruning.Prune(JsonTree.Parse(json), Schema, isResource: true, DocumentPath.Root, removed);
        findings.AddRange(removed.Order(StringComparer.Ordinal).Take(MaximumFindings).Select(path => $"unknown field \"{path}\""));
        return new(findings, strict.TypeError?.Replace(".of type", " of type", StringComparison.Ordinal));
    }

    /// <summary>A document of another version as one of this version: renamed, pruned and defaulted.</summary>
    public byte[] Convert(ReadOnlySpan<byte> document)
    {
        var value = Read(document, out _);
        value.ApiVersion = apiVersion;
        SchemaDefaulting.Default(value.Content, Schema);
        return Encode(value);
    }

    public byte[]? FromStorage(ReadOnlySpan<byte> stored)
    {
        var value = Read(stored, out var pruned);
        var renamed = value.ApiVersion != apiVersion;
        // A conversion webhook is asked when the object is sent; until then it stays what it is.
        if (renamed && !readsAnyVersion)
            return null;
        value.ApiVersion = apiVersion;
        var defaulted = Schema.HasDefaults && SchemaDefaulting.Default(value.Content, Schema);
        return renamed || pruned || defaulted ? Encode(value) : null;
    }

    private CustomObject Read(ReadOnlySpan<byte> json, out bool pruned)
    {
        if (JsonTree.Parse(json) is not JsonObject document)
            throw new JsonException("expected an object");
        var metadata = MetadataSlice.Of(json);
        var value = new CustomObject
        {
            ApiVersion = Text(document, "apiVersion"),
            Kind = Text(document, "kind"),
            Metadata = metadata.SequenceEqual("null"u8) ? new() : ApiJson.Decode<ObjectMeta>(metadata),
            Content = document,
        };
        document.Remove("metadata");
        pruned = SchemaPruning.Prune(document, Schema, isResource: true, DocumentPath.Root, null);
        EmbeddedObjects.Coerce(document, Schema);
        return value;
    }

    private static string? Text(JsonObject document, string name)
    {
        if (!document.Remove(name, out var node) || node is null)
            return null;
        return node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw new JsonException($"cannot unmarshal {name}: expected a string");
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonObject map)
    {
        foreach (var (name, member) in map.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            Write(writer, member);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                writer.WriteStartObject();
                WriteMembers(writer, map);
                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                writer.WriteStringValue(scalar.GetValue<string>());
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
