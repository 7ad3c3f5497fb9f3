namespace Platform.Api.Core.V1;

/// <summary>All entries of a ConfigMap as variables.</summary>
public sealed partial record ConfigMapEnvSource
{
    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(2)]
    public bool? Optional { get; set; }

    /// <summary>Name of the ConfigMap.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>An entry of a ConfigMap.</summary>
[MapType("atomic")]
public sealed partial record ConfigMapKeySelector
{
    /// <summary>Key of the entry.</summary>
    [Proto(2), Required]
    public string? Key { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(3)]
    public bool? Optional { get; set; }

    /// <summary>Name of the ConfigMap.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>Entries of a ConfigMap or Secret as variables.</summary>
public sealed partial record EnvFromSource
{
    /// <summary>Put before each key.</summary>
    [Proto(1)]
    public string? Prefix { get; set; }

    /// <summary>The ConfigMap.</summary>
    [Proto(2)]
    public ConfigMapEnvSource? ConfigMapRef { get; set; }

    /// <summary>Secret that holds the credentials for this volume.</summary>
    [Proto(3)]
    public SecretEnvSource? SecretRef { get; set; }
}

/// <summary>A variable of the environment.</summary>
public sealed partial record EnvVar
{
    /// <summary>Name of the variable.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Value, in which $(NAME) stands for variables defined before.</summary>
    [Proto(2)]
    public string? Value { get; set; }

    /// <summary>Where the value comes from.</summary>
    [Proto(3)]
    public EnvVarSource? ValueFrom { get; set; }
}

/// <summary>Where the value of a variable comes from; exactly one member is set.</summary>
public sealed partial record EnvVarSource
{
    /// <summary>A field of the pod.</summary>
    [Proto(1)]
    public ObjectFieldSelector? FieldRef { get; set; }

    /// <summary>A request or limit of a container.</summary>
    [Proto(2)]
    public ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>A key of a config map.</summary>
    [Proto(3)]
    public ConfigMapKeySelector? ConfigMapKeyRef { get; set; }

    /// <summary>A key of a secret.</summary>
    [Proto(4)]
    public SecretKeySelector? SecretKeyRef { get; set; }
}

/// <summary>A field of the pod.</summary>
[MapType("atomic")]
public sealed partial record ObjectFieldSelector
{
    /// <summary>Group and version the object is encoded in.</summary>
    [Proto(1)]
    public string? ApiVersion { get; set; }

    /// <summary>Path of the field within the object.</summary>
    [Proto(2), Required]
    public string? FieldPath { get; set; }
}

/// <summary>A resource of a container.</summary>
[MapType("atomic")]
public sealed partial record ResourceFieldSelector
{
    /// <summary>Container whose amounts are meant.</summary>
    [Proto(1)]
    public string? ContainerName { get; set; }

    /// <summary>Resource, such as limits.cpu or requests.memory.</summary>
    [Proto(2), Required]
    public string? Resource { get; set; }

    /// <summary>Unit in which the value is given. Default 1.</summary>
    [Proto(3)]
    public Quantity? Divisor { get; set; }
}

/// <summary>All entries of a Secret as variables.</summary>
public sealed partial record SecretEnvSource
{
    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(2)]
    public bool? Optional { get; set; }

    /// <summary>Name of the Secret.</summary>
    [Default("")]
    public string? Name { get; set; }
}

/// <summary>An entry of a Secret.</summary>
[MapType("atomic")]
public sealed partial record SecretKeySelector
{
    /// <summary>Key of the entry.</summary>
    [Proto(2), Required]
    public string? Key { get; set; }

    /// <summary>Whether the object or key may be absent.</summary>
    [Proto(3)]
    public bool? Optional { get; set; }

    /// <summary>Name of the Secret.</summary>
    [Default("")]
    public string? Name { get; set; }
}
