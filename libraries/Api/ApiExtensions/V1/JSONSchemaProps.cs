using System.Text.Json.Serialization;
using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.ApiExtensions.V1;

public sealed partial record JSONSchemaProps
{
    [Proto(1)]
    public string? Id { get; set; }

    [Proto(4)]
    public string? Description { get; set; }

    [Proto(5)]
    public string? Type { get; set; }

    [Proto(6)]
    public string? Format { get; set; }

    [Proto(7)]
    public string? Title { get; set; }

    [Proto(8), PublishedAs(SchemaName.Json)]
    public JsonElement? Default { get; set; }

    [Proto(9)]
    public double? Maximum { get; set; }

    [Proto(10)]
    public bool? ExclusiveMaximum { get; set; }

    [Proto(11)]
    public double? Minimum { get; set; }

    [Proto(12)]
    public bool? ExclusiveMinimum { get; set; }

    [Proto(13)]
    public long? MaxLength { get; set; }

    [Proto(14)]
    public long? MinLength { get; set; }

    [Proto(15)]
    public string? Pattern { get; set; }

    [Proto(16)]
    public long? MaxItems { get; set; }

    [Proto(17)]
    public long? MinItems { get; set; }

    [Proto(18)]
    public bool? UniqueItems { get; set; }

    [Proto(19)]
    public double? MultipleOf { get; set; }

    [Proto(20), ListType("atomic"), PublishedAs(SchemaName.Json)]
    public IReadOnlyList<JsonElement>? Enum { get; set; }

    [Proto(21)]
    public long? MaxProperties { get; set; }

    [Proto(22)]
    public long? MinProperties { get; set; }

    [Proto(23), ListType("atomic")]
    public IReadOnlyList<string>? Required { get; set; }

    [Proto(24), PublishedAs(SchemaName.SchemaOrArray)]
    public JsonElement? Items { get; set; }

    [Proto(25), ListType("atomic")]
    public IReadOnlyList<JSONSchemaProps>? AllOf { get; set; }

    [Proto(26), ListType("atomic")]
    public IReadOnlyList<JSONSchemaProps>? OneOf { get; set; }

    [Proto(27), ListType("atomic")]
    public IReadOnlyList<JSONSchemaProps>? AnyOf { get; set; }

    [Proto(28)]
    public JSONSchemaProps? Not { get; set; }

    [Proto(29)]
    public IReadOnlyDictionary<string, JSONSchemaProps>? Properties { get; set; }

    [Proto(30), PublishedAs(SchemaName.SchemaOrBool)]
    public JsonElement? AdditionalProperties { get; set; }

    [Proto(31)]
    public IReadOnlyDictionary<string, JSONSchemaProps>? PatternProperties { get; set; }

    [Proto(32), PublishedAs(SchemaName.SchemaOrStringArray)]
    public IReadOnlyDictionary<string, JsonElement>? Dependencies { get; set; }

    [Proto(33), PublishedAs(SchemaName.SchemaOrBool)]
    public JsonElement? AdditionalItems { get; set; }

    [Proto(34)]
    public IReadOnlyDictionary<string, JSONSchemaProps>? Definitions { get; set; }

    [Proto(35)]
    public ExternalDocumentation? ExternalDocs { get; set; }

    [Proto(36), PublishedAs(SchemaName.Json)]
    public JsonElement? Example { get; set; }

    [Proto(37)]
    public bool? Nullable { get; set; }

    [JsonPropertyName("$ref")]
    public string? Ref { get; set; }

    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }

    [JsonPropertyName("x-kubernetes-embedded-resource")]
    public bool? XKubernetesEmbeddedResource { get; set; }

    [JsonPropertyName("x-kubernetes-int-or-string")]
    public bool? XKubernetesIntOrString { get; set; }

    [ListType("atomic"), JsonPropertyName("x-kubernetes-list-map-keys")]
    public IReadOnlyList<string>? XKubernetesListMapKeys { get; set; }

    [JsonPropertyName("x-kubernetes-list-type")]
    public string? XKubernetesListType { get; set; }

    [JsonPropertyName("x-kubernetes-map-type")]
    public string? XKubernetesMapType { get; set; }

    [JsonPropertyName("x-kubernetes-preserve-unknown-fields")]
    public bool? XKubernetesPreserveUnknownFields { get; set; }

    [ListType("map", "rule"), PatchStrategy("merge", "rule"), JsonPropertyName("x-kubernetes-validations")]
    public IReadOnlyList<ValidationRule>? XKubernetesValidations { get; set; }
}

public sealed partial record SelectableField
{
    [Proto(1), Required]
    public string? JsonPath { get; set; }
}

public sealed partial record ServiceReference
{
    [Proto(1), Required]
    public string? Namespace { get; set; }

    [Proto(2), Required]
    public string? Name { get; set; }

    [Proto(3)]
    public string? Path { get; set; }

    [Proto(4)]
    public int? Port { get; set; }
}

public sealed partial record ValidationRule
{
    [Proto(1), Required]
    public string? Rule { get; set; }

    [Proto(2)]
    public string? Message { get; set; }

    [Proto(3)]
    public string? MessageExpression { get; set; }

    [Proto(4)]
    public string? Reason { get; set; }

    [Proto(5)]
    public string? FieldPath { get; set; }

    [Proto(6)]
    public bool? OptionalOldSelf { get; set; }
}

public sealed partial record WebhookClientConfig
{
    [Proto(1)]
    public ServiceReference? Service { get; set; }

    [Proto(2)]
    public byte[]? CaBundle { get; set; }

    [Proto(3)]
    public string? Url { get; set; }
}

public sealed partial record WebhookConversion
{
    [Proto(2)]
    public WebhookClientConfig? ClientConfig { get; set; }

    [Proto(3), Required, ListType("atomic")]
    public IReadOnlyList<string>? ConversionReviewVersions { get; set; }
}
