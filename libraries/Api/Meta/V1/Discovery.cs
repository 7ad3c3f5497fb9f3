namespace Platform.Api.Meta.V1;

public sealed partial record APIGroup
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<GroupVersionForDiscovery>? Versions { get; set; }

    [Proto(3)]
    public GroupVersionForDiscovery? PreferredVersion { get; set; }

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<ServerAddressByClientCIDR>? ServerAddressByClientCIDRs { get; set; }
}

public sealed partial record APIGroupList
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<APIGroup>? Groups { get; set; }
}

public sealed partial record APIResource
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(3), Required]
    public string? Kind { get; set; }

    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public bool? Namespaced { get; set; }

    /// <summary>Verbs that the rule allows; * means all.</summary>
    [Proto(4), Required]
    public IReadOnlyList<string>? Verbs { get; set; }

    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? ShortNames { get; set; }

    [Proto(6), Required]
    public string? SingularName { get; set; }

    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? Categories { get; set; }

    [Proto(8)]
    public string? Group { get; set; }

    [Proto(9)]
    public string? Version { get; set; }

    [Proto(10)]
    public string? StorageVersionHash { get; set; }
}

public sealed partial record APIResourceList
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    [Proto(1), Required]
    public string? GroupVersion { get; set; }

    /// <summary>Resources that the group version serves.</summary>
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<APIResource>? Resources { get; set; }
}

public sealed partial record APIVersions
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Versions { get; set; }

    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<ServerAddressByClientCIDR>? ServerAddressByClientCIDRs { get; set; }
}

public sealed partial record GroupVersionForDiscovery
{
    [Proto(1), Required]
    public string? GroupVersion { get; set; }

    [Proto(2), Required]
    public string? Version { get; set; }
}

/// <summary>The paths that a server answers, as <c>/</c> lists them.</summary>
public sealed partial record RootPaths
{
    /// <summary>Paths, ordered.</summary>
    public IReadOnlyList<string> Paths { get; set; } = [];
}

public sealed partial record ServerAddressByClientCIDR
{
    [Proto(1), Required]
    public string? ClientCIDR { get; set; }

    [Proto(2), Required]
    public string? ServerAddress { get; set; }
}
