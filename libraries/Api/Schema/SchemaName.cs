namespace Platform.Api.Schema;

/// <summary>Names of declared types in OpenAPI: those of upstream's Go packages, which clients know.</summary>
public static class SchemaName
{
    private const string Root = "Platform.Api.";
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1";

    /// <summary>Name of an amount.</summary>
    public const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";

    /// <summary>Name of a number or a string.</summary>
    public const string IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

    /// <summary>Name of a time.</summary>
    public const string Time = Meta + ".Time";

    /// <summary>Name of a time with microseconds.</summary>
    public const string MicroTime = Meta + ".MicroTime";

    /// <summary>Name of field sets.</summary>
    public const string FieldsV1 = Meta + ".FieldsV1";

    /// <summary>Name of an object of any kind.</summary>
    public const string RawExtension = "io.k8s.apimachinery.pkg.runtime.RawExtension";

    private const string Extensions = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    /// <summary>Name of any JSON value.</summary>
    public const string Json = Extensions + "JSON";

    /// <summary>Name of a schema, or a boolean that allows all or nothing.</summary>
    public const string SchemaOrBool = Extensions + "JSONSchemaPropsOrBool";

    /// <summary>Name of a schema or a list of them.</summary>
    public const string SchemaOrArray = Extensions + "JSONSchemaPropsOrArray";

    /// <summary>Name of a schema or a list of property names.</summary>
    public const string SchemaOrStringArray = Extensions + "JSONSchemaPropsOrStringArray";

    /// <summary>Name of a custom resource's status subresource, which has no settings.</summary>
    public const string SubresourceStatus = Extensions + "CustomResourceSubresourceStatus";

    /// <summary>The name of a type; null for plain values, lists and maps, which are written where they are used.</summary>
    public static string? Of(TypeSchema schema) => schema.Shape switch
    {
        SchemaShape.Object => Of(schema.Type),
        SchemaShape.Quantity => Quantity,
        SchemaShape.IntOrString => IntOrString,
        SchemaShape.Time => Time,
        SchemaShape.MicroTime => MicroTime,
        SchemaShape.Raw => FieldsV1,
        _ => null,
    };

    /// <summary>The name of a declared record.</summary>
    public static string Of(Type type)
    {
        if (type.IsGenericType)
            return Of(type.GetGenericArguments()[0]) + "List";
        if (type == typeof(Meta.V1.VersionInfo))
            return "io.k8s.apimachinery.pkg.version.Info";
        var package = type.Namespace!;
        if (!package.StartsWith(Root, StringComparison.Ordinal))
            return type.FullName!;
        var parts = package[Root.Length..].ToLowerInvariant();
        return parts switch
        {
            "meta.v1" => $"{Meta}.{type.Name}",
            "apiextensions.v1" => $"io.k8s.apiextensions-apiserver.pkg.apis.{parts}.{type.Name}",
            "apiregistration.v1" => $"io.k8s.kube-aggregator.pkg.apis.{parts}.{type.Name}",
            // Named Nodes here, since the core group has a type Node.
            "nodes.v1" => $"io.k8s.api.node.v1.{type.Name}",
            _ => $"io.k8s.api.{parts}.{type.Name}",
        };
    }
}
