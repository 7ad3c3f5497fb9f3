using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Api.ApiExtensions.V1;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>
/// A schema of a custom resource, compiled once from its declaration: what a value may be (type, fields, items), and what else must hold for it. The
/// schemas below <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c> are of the same form; by the rules of structural schemas they only say what must hold.
/// Immutable and shared by all requests.
/// </summary>
internal sealed class StructuralSchema
{
    /// <summary>Longest time that a pattern may take, since patterns are the users' own.</summary>
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly JsonNode? _default;

    private StructuralSchema(JSONSchemaProps declared)
    {
        Declared = declared;
        Type = declared.Type ?? "";
        Properties = (declared.Properties ?? Empty).ToFrozenDictionary(p => p.Key, p => new StructuralSchema(p.Value), StringComparer.Ordinal);
        Items = SchemaOf(declared.Items);
        AdditionalProperties = SchemaOf(declared.AdditionalProperties);
        AllowsAdditional = AdditionalProperties is not null || declared.AdditionalProperties is { ValueKind: JsonValueKind.True };
        AllOf = [.. (declared.AllOf ?? []).Select(s => new StructuralSchema(s))];
        AnyOf = [.. (declared.AnyOf ?? []).Select(s => new StructuralSchema(s))];
        OneOf = [.. (declared.OneOf ?? []).Select(s => new StructuralSchema(s))];
        Not = declared.Not is null ? null : new(declared.Not);
        Enum = [.. (declared.Enum ?? []).Select(e => JsonTree.Parse(JsonSerializer.SerializeToUtf8Bytes(e, SchemaJson.Default.JsonElement)))];
        Pattern = CompilePattern(declared.Pattern);
        _default = declared.Default is { } value && value.ValueKind != JsonValueKind.Undefined
            ? JsonTree.Parse(JsonSerializer.SerializeToUtf8Bytes(value, SchemaJson.Default.JsonElement)) : null;
        HasDefaults = _default is not null || Properties.Values.Any(p => p.HasDefaults) || Items?.HasDefaults == true || AdditionalProperties?.HasDefaults == true;
        HasRules = declared.XKubernetesValidations is { Count: > 0 } || Properties.Values.Any(p => p.HasRules)
            || Items?.HasRules == true || AdditionalProperties?.HasRules == true;
    }

    /// <summary>The declaration that it was made from.</summary>
    public JSONSchemaProps Declared { get; }

    /// <summary><c>object</c>, <c>array</c>, <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, or empty for any.</summary>
    public string Type { get; }

    public FrozenDictionary<string, StructuralSchema> Properties { get; }

    public StructuralSchema? Items { get; }

    /// <summary>What members are that are not declared; null where nothing is said about them.</summary>
    public StructuralSchema? AdditionalProperties { get; }

    /// <summary>Whether members that are not declared may be there.</summary>
    public bool AllowsAdditional { get; }

    public IReadOnlyList<StructuralSchema> AllOf { get; }

    public IReadOnlyList<StructuralSchema> AnyOf { get; }

    public IReadOnlyList<StructuralSchema> OneOf { get; }

    public StructuralSchema? Not { get; }

    public IReadOnlyList<JsonNode?> Enum { get; }

    public Regex? Pattern { get; }

    public bool Nullable => Declared.Nullable == true;

    public bool IntOrString => Declared.XKubernetesIntOrString == true;

    public bool PreservesUnknown => Declared.XKubernetesPreserveUnknownFields == true;

    public bool IsEmbeddedResource => Declared.XKubernetesEmbeddedResource == true;

    /// <summary>Whether this or a schema below has a default.</summary>
    public bool HasDefaults { get; }

    /// <summary>Whether this or a schema below has rules in CEL.</summary>
    public bool HasRules { get; }

    /// <summary>Whether there is a default value.</summary>
    public bool HasDefault => _default is not null;

    public static StructuralSchema Of(JSONSchemaProps declared) => new(declared);

    /// <summary>The default value: a copy of the caller's own.</summary>
    public JsonNode? NewDefault() => _default?.DeepClone();

    /// <summary>What a member of an object is; null where it is not known.</summary>
    public StructuralSchema? Member(string name) => Properties.GetValueOrDefault(name) ?? AdditionalProperties;

    /// <summary>A schema held as JSON, where the declaration also allows a boolean or a list; null for those.</summary>
    public static JSONSchemaProps? DeclaredIn(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } schema
            ? Platform.Api.Json.ApiJson.Decode<JSONSchemaProps>(JsonSerializer.SerializeToUtf8Bytes(schema, SchemaJson.Default.JsonElement)) : null;

    private static readonly Dictionary<string, JSONSchemaProps> Empty = [];

    private static StructuralSchema? SchemaOf(JsonElement? element) => DeclaredIn(element) is { } declared ? new(declared) : null;

    private static Regex? CompilePattern(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
            return null;
        try
        {
            return new(GoPattern.Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternTimeout);
        }
        catch (Exception e) when (e is NotSupportedException or RegexParseException)
        {
            // A definition with such a pattern is refused; what is stored nevertheless is not checked by it.
            return null;
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonNode))]
[System.Text.Json.Serialization.JsonSourceGenerationOptions(MaxDepth = Platform.Api.Json.JsonDepth.Enclosed)]
internal sealed partial class SchemaJson : System.Text.Json.Serialization.JsonSerializerContext;
