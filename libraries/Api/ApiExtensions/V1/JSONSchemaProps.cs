using System.Text.Json.Serialization;
using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.ApiExtensions.V1;

/// <summary>A JSON schema with the extensions of Kubernetes.</summary>
public sealed partial record JSONSchemaProps
{
    /// <summary>Identifier of the schema; must not be set.</summary>
    [Proto(1)]
    public string? Id { get; set; }

    /// <summary>What the value is; shown by kubectl explain.</summary>
    [Proto(4)]
    public string? Description { get; set; }

    /// <summary>object, array, string, integer, number or boolean.</summary>
    [Proto(5)]
    public string? Type { get; set; }

    /// <summary>Further form of the value, such as date-time, int32, ipv4, uuid or byte. Unknown ones are ignored.</summary>
    [Proto(6)]
    public string? Format { get; set; }

    /// <summary>Short name of the value.</summary>
    [Proto(7)]
    public string? Title { get; set; }

    /// <summary>Value that is filled in where it is missing.</summary>
    [Proto(8), PublishedAs(SchemaName.Json)]
    public JsonElement? Default { get; set; }

    /// <summary>Greatest allowed number.</summary>
    [Proto(9)]
    public double? Maximum { get; set; }

    /// <summary>Whether the maximum itself is not allowed.</summary>
    [Proto(10)]
    public bool? ExclusiveMaximum { get; set; }

    /// <summary>Least allowed number.</summary>
    [Proto(11)]
    public double? Minimum { get; set; }

    /// <summary>Whether the minimum itself is not allowed.</summary>
    [Proto(12)]
    public bool? ExclusiveMinimum { get; set; }

    /// <summary>Greatest length of a text, in characters.</summary>
    [Proto(13)]
    public long? MaxLength { get; set; }

    /// <summary>Least length of a text, in characters.</summary>
    [Proto(14)]
    public long? MinLength { get; set; }

    /// <summary>Regular expression (RE2) that a text must match somewhere.</summary>
    [Proto(15)]
    public string? Pattern { get; set; }

    /// <summary>Greatest number of items.</summary>
    [Proto(16)]
    public long? MaxItems { get; set; }

    /// <summary>Least number of items.</summary>
    [Proto(17)]
    public long? MinItems { get; set; }

    /// <summary>Must be false; use x-kubernetes-list-type: set.</summary>
    [Proto(18)]
    public bool? UniqueItems { get; set; }

    /// <summary>Number of which the value must be a multiple.</summary>
    [Proto(19)]
    public double? MultipleOf { get; set; }

    /// <summary>The allowed values.</summary>
    [Proto(20), ListType("atomic"), PublishedAs(SchemaName.Json)]
    public IReadOnlyList<JsonElement>? Enum { get; set; }

    /// <summary>Greatest number of members.</summary>
    [Proto(21)]
    public long? MaxProperties { get; set; }

    /// <summary>Least number of members.</summary>
    [Proto(22)]
    public long? MinProperties { get; set; }

    /// <summary>Members that must be present.</summary>
    [Proto(23), ListType("atomic")]
    public IReadOnlyList<string>? Required { get; set; }

    /// <summary>Schema of the items.</summary>
    [Proto(24), PublishedAs(SchemaName.SchemaOrArray)]
    public JsonElement? Items { get; set; }

    /// <summary>Schemas that the value must satisfy, all of them.</summary>
    [Proto(25), ListType("atomic")]
    public IReadOnlyList<JSONSchemaProps>? AllOf { get; set; }

    /// <summary>Schemas of which the value must satisfy exactly one.</summary>
    [Proto(26), ListType("atomic")]
    public IReadOnlyList<JSONSchemaProps>? OneOf { get; set; }

    /// <summary>Schemas of which the value must satisfy at least one.</summary>
    [Proto(27), ListType("atomic")]
    public IReadOnlyList<JSONSchemaProps>? AnyOf { get; set; }

    /// <summary>Schema that the value must not satisfy.</summary>
    [Proto(28)]
    public JSONSchemaProps? Not { get; set; }

    /// <summary>Schemas of the members by name.</summary>
    [Proto(29)]
    public IReadOnlyDictionary<string, JSONSchemaProps>? Properties { get; set; }

    /// <summary>Schema of the values of a map; excludes properties.</summary>
    [Proto(30), PublishedAs(SchemaName.SchemaOrBool)]
    public JsonElement? AdditionalProperties { get; set; }

    /// <summary>Must not be set in a structural schema.</summary>
    [Proto(31)]
    public IReadOnlyDictionary<string, JSONSchemaProps>? PatternProperties { get; set; }

    /// <summary>Must not be set in a structural schema.</summary>
    [Proto(32), PublishedAs(SchemaName.SchemaOrStringArray)]
    public IReadOnlyDictionary<string, JsonElement>? Dependencies { get; set; }

    /// <summary>Must not be set in a structural schema.</summary>
    [Proto(33), PublishedAs(SchemaName.SchemaOrBool)]
    public JsonElement? AdditionalItems { get; set; }

    /// <summary>Must not be set in a structural schema.</summary>
    [Proto(34)]
    public IReadOnlyDictionary<string, JSONSchemaProps>? Definitions { get; set; }

    /// <summary>Where to read more.</summary>
    [Proto(35)]
    public ExternalDocumentation? ExternalDocs { get; set; }

    /// <summary>An example, for readers only.</summary>
    [Proto(36), PublishedAs(SchemaName.Json)]
    public JsonElement? Example { get; set; }

    /// <summary>Whether null is an allowed value; otherwise a null is dropped where there is a default, and refused elsewhere.</summary>
    [Proto(37)]
    public bool? Nullable { get; set; }

    /// <summary>Must not be set: schemas are written out.</summary>
    [JsonPropertyName("$ref")]
    public string? Ref { get; set; }

    /// <summary>Dialect of the schema; must not be set.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }

    /// <summary>Whether the value is a whole object with apiVersion, kind and metadata.</summary>
    [JsonPropertyName("x-kubernetes-embedded-resource")]
    public bool? XKubernetesEmbeddedResource { get; set; }

    /// <summary>Whether the value is a number or a text.</summary>
    [JsonPropertyName("x-kubernetes-int-or-string")]
    public bool? XKubernetesIntOrString { get; set; }

    /// <summary>Members that identify an item of a list of type map.</summary>
    [ListType("atomic"), JsonPropertyName("x-kubernetes-list-map-keys")]
    public IReadOnlyList<string>? XKubernetesListMapKeys { get; set; }

    /// <summary>How a list is merged: atomic (default), set, or map with its keys.</summary>
    [JsonPropertyName("x-kubernetes-list-type")]
    public string? XKubernetesListType { get; set; }

    /// <summary>How an object is merged: granular (default) or atomic.</summary>
    [JsonPropertyName("x-kubernetes-map-type")]
    public string? XKubernetesMapType { get; set; }

    /// <summary>Whether members that the schema does not mention are kept.</summary>
    [JsonPropertyName("x-kubernetes-preserve-unknown-fields")]
    public bool? XKubernetesPreserveUnknownFields { get; set; }

    /// <summary>Rules in CEL that the value must satisfy.</summary>
    [ListType("map", "rule"), PatchStrategy("merge", "rule"), JsonPropertyName("x-kubernetes-validations")]
    public IReadOnlyList<ValidationRule>? XKubernetesValidations { get; set; }
}

/// <summary>A field that field selectors can name.</summary>
public sealed partial record SelectableField
{
    /// <summary>Simple JSON path of a text, boolean or integer, such as .spec.color.</summary>
    [Proto(1), Required]
    public string? JsonPath { get; set; }
}

/// <summary>A service in the cluster that answers HTTPS.</summary>
public sealed partial record ServiceReference
{
    /// <summary>Namespace of the service.</summary>
    [Proto(1), Required]
    public string? Namespace { get; set; }

    /// <summary>Name of the service.</summary>
    [Proto(2), Required]
    public string? Name { get; set; }

    /// <summary>Path of the URL.</summary>
    [Proto(3)]
    public string? Path { get; set; }

    /// <summary>Port of the service. Default 443.</summary>
    [Proto(4)]
    public int? Port { get; set; }
}

/// <summary>A rule in CEL.</summary>
public sealed partial record ValidationRule
{
    /// <summary>CEL that gives a boolean. self is the value, oldSelf the value before an update.</summary>
    [Proto(1), Required]
    public string? Rule { get; set; }

    /// <summary>What the client is told when it does not hold. Needed where the rule has line breaks.</summary>
    [Proto(2)]
    public string? Message { get; set; }

    /// <summary>CEL that gives the message; goes before the fixed message.</summary>
    [Proto(3)]
    public string? MessageExpression { get; set; }

    /// <summary>Kind of the failure: FieldValueInvalid (default), FieldValueForbidden, FieldValueRequired or FieldValueDuplicate.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>Path, relative to the value, of the field that the failure is reported for.</summary>
    [Proto(5)]
    public string? FieldPath { get; set; }

    /// <summary>Makes oldSelf an optional, so that the rule is evaluated also where there is no old value.</summary>
    [Proto(6)]
    public bool? OptionalOldSelf { get; set; }
}

/// <summary>How a conversion webhook is reached: by service or by URL.</summary>
public sealed partial record WebhookClientConfig
{
    /// <summary>A service in the cluster.</summary>
    [Proto(1)]
    public ServiceReference? Service { get; set; }

    /// <summary>PEM certificates, one of which must have signed the webhook's. The machine's where empty.</summary>
    [Proto(2)]
    public byte[]? CaBundle { get; set; }

    /// <summary>Address such as https://hook.example.com/convert.</summary>
    [Proto(3)]
    public string? Url { get; set; }
}

/// <summary>The webhook that converts between versions.</summary>
public sealed partial record WebhookConversion
{
    /// <summary>How it is reached.</summary>
    [Proto(2)]
    public WebhookClientConfig? ClientConfig { get; set; }

    /// <summary>Versions of ConversionReview that it understands; the first that the server knows is sent.</summary>
    [Proto(3), Required, ListType("atomic")]
    public IReadOnlyList<string>? ConversionReviewVersions { get; set; }
}
