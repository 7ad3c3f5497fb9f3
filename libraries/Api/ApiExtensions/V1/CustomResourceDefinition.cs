using System.Text.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Schema;

namespace Platform.Api.ApiExtensions.V1;

/// <summary>Declares a kind of the cluster's own, which the server then serves like built-in ones.</summary>
[Resource("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", Scope = ResourceScope.Cluster, ShortNames = ["crd", "crds"],
    Categories = ["api-extensions"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record CustomResourceDefinition : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2), Required]
    public CustomResourceDefinitionSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public CustomResourceDefinitionStatus? Status { get; set; }
}

/// <summary>A column of kubectl get for the kind.</summary>
public sealed partial record CustomResourceColumnDefinition
{
    /// <summary>Heading.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>integer, number, string, boolean or date.</summary>
    [Proto(2), Required]
    public string? Type { get; set; }

    /// <summary>Format of the type, such as int32 or date-time; 'name' marks the column with the object's name.</summary>
    [Proto(3)]
    public string? Format { get; set; }

    /// <summary>What the column shows.</summary>
    [Proto(4)]
    public string? Description { get; set; }

    /// <summary>0: always shown. Greater: only with -o wide.</summary>
    [Proto(5)]
    public int? Priority { get; set; }

    /// <summary>Simple JSON path of the value in the object, such as .spec.replicas.</summary>
    [Proto(6), Required]
    public string? JsonPath { get; set; }
}

/// <summary>How objects are converted between versions.</summary>
public sealed partial record CustomResourceConversion
{
    /// <summary>None (default): only apiVersion changes. Webhook: a webhook is asked.</summary>
    [Proto(1), Required]
    public string? Strategy { get; set; }

    /// <summary>The webhook, where the strategy is Webhook.</summary>
    [Proto(2)]
    public WebhookConversion? Webhook { get; set; }
}

/// <summary>A fact about the declared kind: Established, NamesAccepted, NonStructuralSchema, Terminating.</summary>
public sealed partial record CustomResourceDefinitionCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(5)]
    public string? Message { get; set; }
}

/// <summary>Names of the declared kind.</summary>
public sealed partial record CustomResourceDefinitionNames
{
    /// <summary>Kind in CamelCase, such as CronTab.</summary>
    [Proto(4), Required]
    public string? Kind { get; set; }

    /// <summary>Name in paths, all lower case, such as crontabs. With the group it is the name of the definition.</summary>
    [Proto(1), Required]
    public string? Plural { get; set; }

    /// <summary>Name of one object; the kind in lower case where empty.</summary>
    [Proto(2)]
    public string? Singular { get; set; }

    /// <summary>Abbreviations for kubectl.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? ShortNames { get; set; }

    /// <summary>Kind of lists; the kind with List behind it where empty.</summary>
    [Proto(5)]
    public string? ListKind { get; set; }

    /// <summary>Groups that kubectl get can name, such as all.</summary>
    [Proto(6), ListType("atomic")]
    public IReadOnlyList<string>? Categories { get; set; }
}

/// <summary>The declared kind.</summary>
public sealed partial record CustomResourceDefinitionSpec
{
    /// <summary>API group, such as stable.example.com.</summary>
    [Proto(1), Required]
    public string? Group { get; set; }

    /// <summary>Its names.</summary>
    [Proto(3), Required]
    public CustomResourceDefinitionNames? Names { get; set; }

    /// <summary>Cluster or Namespaced. Cannot be changed.</summary>
    [Proto(4), Required]
    public string? Scope { get; set; }

    /// <summary>Its versions, of which exactly one is stored.</summary>
    [Proto(7), Required, ListType("atomic")]
    public IReadOnlyList<CustomResourceDefinitionVersion>? Versions { get; set; }

    /// <summary>How objects are converted between the versions.</summary>
    [Proto(9)]
    public CustomResourceConversion? Conversion { get; set; }

    /// <summary>Must be false. Deprecated: use x-kubernetes-preserve-unknown-fields in the schema.</summary>
    [Proto(10)]
    public bool? PreserveUnknownFields { get; set; }
}

/// <summary>How far the declaration has come into effect.</summary>
public sealed partial record CustomResourceDefinitionStatus
{
    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(1), ListType("map", "type")]
    public IReadOnlyList<CustomResourceDefinitionCondition>? Conditions { get; set; }

    /// <summary>Names under which the kind is served; they may differ from those wanted where another kind has them.</summary>
    [Proto(2)]
    public CustomResourceDefinitionNames? AcceptedNames { get; set; }

    /// <summary>
    /// Versions in which objects may lie in the store. A version can be removed from the spec only after it has been removed here.
    /// </summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? StoredVersions { get; set; }
}

/// <summary>One version of the declared kind.</summary>
public sealed partial record CustomResourceDefinitionVersion
{
    /// <summary>Name of the version, such as v1 or v1beta1.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Whether clients can use it.</summary>
    [Proto(2), Required]
    public bool? Served { get; set; }

    /// <summary>Whether objects are stored in it. Exactly one version is.</summary>
    [Proto(3), Required]
    public bool? Storage { get; set; }

    /// <summary>Schema of its objects.</summary>
    [Proto(4)]
    public CustomResourceValidation? Schema { get; set; }

    /// <summary>Subresources that its objects have.</summary>
    [Proto(5)]
    public CustomResourceSubresources? Subresources { get; set; }

    /// <summary>Columns of kubectl get; name and age where none are given.</summary>
    [Proto(6), ListType("atomic")]
    public IReadOnlyList<CustomResourceColumnDefinition>? AdditionalPrinterColumns { get; set; }

    /// <summary>Whether clients that use it are warned.</summary>
    [Proto(7)]
    public bool? Deprecated { get; set; }

    /// <summary>The warning; a standard one where empty.</summary>
    [Proto(8)]
    public string? DeprecationWarning { get; set; }

    /// <summary>Fields that field selectors can name. At most 8.</summary>
    [Proto(9), ListType("atomic")]
    public IReadOnlyList<SelectableField>? SelectableFields { get; set; }
}

/// <summary>Where the scale subresource finds its values.</summary>
public sealed partial record CustomResourceSubresourceScale
{
    /// <summary>JSON path of the wanted number, under .spec.</summary>
    [Proto(1), Required]
    public string? SpecReplicasPath { get; set; }

    /// <summary>JSON path of the present number, under .status.</summary>
    [Proto(2), Required]
    public string? StatusReplicasPath { get; set; }

    /// <summary>JSON path of the selector of its pods as text, under .spec or .status. Needed by the horizontal pod autoscaler.</summary>
    [Proto(3)]
    public string? LabelSelectorPath { get; set; }
}

/// <summary>Subresources of a custom kind.</summary>
public sealed partial record CustomResourceSubresources
{
    /// <summary>Where present, objects have a /status of their own, and ordinary writes leave the status alone.</summary>
    [Proto(1), PublishedAs(SchemaName.SubresourceStatus)]
    public JsonElement? Status { get; set; }

    /// <summary>Where present, objects have a /scale.</summary>
    [Proto(2)]
    public CustomResourceSubresourceScale? Scale { get; set; }
}

/// <summary>How the objects of a version are described.</summary>
public sealed partial record CustomResourceValidation
{
    /// <summary>Structural schema; what it does not mention is dropped.</summary>
    [Proto(1)]
    public JSONSchemaProps? OpenAPIV3Schema { get; set; }
}

/// <summary>Where to read more.</summary>
public sealed partial record ExternalDocumentation
{
    /// <summary>What is found there.</summary>
    [Proto(1)]
    public string? Description { get; set; }

    /// <summary>Address.</summary>
    [Proto(2)]
    public string? Url { get; set; }
}
