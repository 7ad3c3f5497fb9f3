using System.Text.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Schema;

namespace Platform.Api.ApiExtensions.V1;

[Resource("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", Scope = ResourceScope.Cluster, ShortNames = ["crd", "crds"], Categories = ["api-extensions"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record CustomResourceDefinition : KubernetesObject
{
    [Proto(2), Required]
    public CustomResourceDefinitionSpec? Spec { get; set; }

    [Proto(3)]
    public CustomResourceDefinitionStatus? Status { get; set; }
}

public sealed partial record CustomResourceColumnDefinition
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public string? Type { get; set; }

    [Proto(3)]
    public string? Format { get; set; }

    [Proto(4)]
    public string? Description { get; set; }

    [Proto(5)]
    public int? Priority { get; set; }

    [Proto(6), Required]
    public string? JsonPath { get; set; }
}

public sealed partial record CustomResourceConversion
{
    [Proto(1), Required]
    public string? Strategy { get; set; }

    [Proto(2)]
    public WebhookConversion? Webhook { get; set; }
}

public sealed partial record CustomResourceDefinitionCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(4)]
    public string? Reason { get; set; }

    [Proto(5)]
    public string? Message { get; set; }
}

public sealed partial record CustomResourceDefinitionNames
{
    [Proto(4), Required]
    public string? Kind { get; set; }

    [Proto(1), Required]
    public string? Plural { get; set; }

    [Proto(2)]
    public string? Singular { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? ShortNames { get; set; }

    [Proto(5)]
    public string? ListKind { get; set; }

    [Proto(6), ListType("atomic")]
    public IReadOnlyList<string>? Categories { get; set; }
}

public sealed partial record CustomResourceDefinitionSpec
{
    [Proto(1), Required]
    public string? Group { get; set; }

    [Proto(3), Required]
    public CustomResourceDefinitionNames? Names { get; set; }

    [Proto(4), Required]
    public string? Scope { get; set; }

    [Proto(7), Required, ListType("atomic")]
    public IReadOnlyList<CustomResourceDefinitionVersion>? Versions { get; set; }

    [Proto(9)]
    public CustomResourceConversion? Conversion { get; set; }

    [Proto(10)]
    public bool? PreserveUnknownFields { get; set; }
}

public sealed partial record CustomResourceDefinitionStatus
{
    [Proto(1), ListType("map", "type")]
    public IReadOnlyList<CustomResourceDefinitionCondition>? Conditions { get; set; }

    [Proto(2)]
    public CustomResourceDefinitionNames? AcceptedNames { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? StoredVersions { get; set; }
}

public sealed partial record CustomResourceDefinitionVersion
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public bool? Served { get; set; }

    [Proto(3), Required]
    public bool? Storage { get; set; }

    [Proto(4)]
    public CustomResourceValidation? Schema { get; set; }

    [Proto(5)]
    public CustomResourceSubresources? Subresources { get; set; }

    [Proto(6), ListType("atomic")]
    public IReadOnlyList<CustomResourceColumnDefinition>? AdditionalPrinterColumns { get; set; }

    [Proto(7)]
    public bool? Deprecated { get; set; }

    [Proto(8)]
    public string? DeprecationWarning { get; set; }

    [Proto(9), ListType("atomic")]
    public IReadOnlyList<SelectableField>? SelectableFields { get; set; }
}

public sealed partial record CustomResourceSubresourceScale
{
    [Proto(1), Required]
    public string? SpecReplicasPath { get; set; }

    [Proto(2), Required]
    public string? StatusReplicasPath { get; set; }

    [Proto(3)]
    public string? LabelSelectorPath { get; set; }
}

public sealed partial record CustomResourceSubresources
{
    [Proto(1), PublishedAs(SchemaName.SubresourceStatus)]
    public JsonElement? Status { get; set; }

    [Proto(2)]
    public CustomResourceSubresourceScale? Scale { get; set; }
}

public sealed partial record CustomResourceValidation
{
    [Proto(1)]
    public JSONSchemaProps? OpenAPIV3Schema { get; set; }
}

public sealed partial record ExternalDocumentation
{
    [Proto(1)]
    public string? Description { get; set; }

    [Proto(2)]
    public string? Url { get; set; }
}
