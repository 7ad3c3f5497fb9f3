using System.Text.Json;
using Platform.Api.Errors;
using Platform.Api.ManagedFields;
using Platform.Api.Schema;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Patching;

/// <summary>What somebody applies: a document that names its kind and version, and of the object only what is to be owned.</summary>
internal sealed class AppliedConfiguration(JsonElement document, ResourceDefinition definition, bool force)
{
    public JsonElement Document => document;

    public ResourceDefinition Definition => definition;

    public bool Force => force;

    /// <summary>Whether it insists on a version of the object.</summary>
    public bool NamesVersion => !string.IsNullOrEmpty(Metadata("resourceVersion"));

    /// <summary>The object as upstream names it in messages.</summary>
    public string Described => $"{Metadata("namespace")}/{Metadata("name")}; {KindText(Text(document, "apiVersion") ?? "", Text(document, "kind") ?? "")}";

    /// <summary>Checks what can be told from the document alone.</summary>
    /// <exception cref="ApiException">400 for another kind or version and for managedFields, 500 (as upstream) for what does not fit the schema.</exception>
    public void Check(MergeSchema schema) => Check(schema, definition.ApiVersion, definition.Kind);

    /// <summary>Checks what can be told from the document alone, for a kind that is not the resource's own.</summary>
    /// <exception cref="ApiException">As for the other overload.</exception>
    public void Check(MergeSchema schema, string apiVersion, string kind)
    {
        var (givenVersion, givenKind) = (Text(document, "apiVersion") ?? "", Text(document, "kind") ?? "");
        if (givenVersion != apiVersion || givenKind != kind)
            throw ApiErrors.BadRequest($"invalid object type: {KindText(givenVersion, givenKind)}");
        if (document.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("managedFields", out var managed) && managed.ValueKind != JsonValueKind.Null)
            throw ApiErrors.BadRequest("metadata.managedFields must be nil");
        if (SchemaConformance.Check(document, schema) is { } finding)
            throw PatchFailure.AsItIs($"failed to create typed patch object ({Described}): {finding}");
    }

    /// <summary>Checks what only matters where there is no such object yet.</summary>
    /// <exception cref="ApiException">400 without the name of the path, 409 for a uid.</exception>
    public void CheckNew(string name)
    {
        if (Metadata("uid") is { Length: > 0 } uid)
            throw ApiErrors.Conflict(definition.Group, definition.Plural, name,
                $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        if (string.IsNullOrEmpty(Metadata("name")))
            throw ApiErrors.BadRequest($"the name of the object ({name} based on URL) was undeterminable: name must be provided");
        if (Metadata("name") != name)
            throw ApiErrors.BadRequest($"the name of the object ({Metadata("name")}) does not match the name on the URL ({name})");
    }

    /// <summary>A text of the metadata; null where there is none.</summary>
    public string? Metadata(string name) =>
        document.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? Text(metadata, name) : null;

    private static string? Text(JsonElement map, string name) =>
        map.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string KindText(string apiVersion, string kind) => $"{(apiVersion.Contains('/', StringComparison.Ordinal) ? "" : "/")}{apiVersion}, Kind={kind}";
}
