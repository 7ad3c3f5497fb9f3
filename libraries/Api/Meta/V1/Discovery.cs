namespace Platform.Api.Meta.V1;

/// <summary>An API group.</summary>
public sealed partial record APIGroup
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    /// <summary>Its name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Its versions.</summary>
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<GroupVersionForDiscovery>? Versions { get; set; }

    /// <summary>The version that clients should use.</summary>
    [Proto(3)]
    public GroupVersionForDiscovery? PreferredVersion { get; set; }

    /// <summary>Where the group is reached, by the client's network.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<ServerAddressByClientCIDR>? ServerAddressByClientCIDRs { get; set; }
}

/// <summary>The API groups.</summary>
public sealed partial record APIGroupList
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    /// <summary>The groups.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<APIGroup>? Groups { get; set; }
}

/// <summary>A resource of a group version.</summary>
public sealed partial record APIResource
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(3), Required]
    public string? Kind { get; set; }

    /// <summary>Plural name; with a slash for a subresource.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Whether its objects live in namespaces.</summary>
    [Proto(2), Required]
    public bool? Namespaced { get; set; }

    /// <summary>Verbs that the rule allows; * means all.</summary>
    [Proto(4), Required]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>Abbreviations.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? ShortNames { get; set; }

    /// <summary>Name of one object.</summary>
    [Proto(6), Required]
    public string? SingularName { get; set; }

    /// <summary>Groups that it belongs to, such as all.</summary>
    [Proto(7), ListType("atomic")]
    public IReadOnlyList<string>? Categories { get; set; }

    /// <summary>Group of its objects, where it is another.</summary>
    [Proto(8)]
    public string? Group { get; set; }

    /// <summary>Version of its objects, where it is another.</summary>
    [Proto(9)]
    public string? Version { get; set; }

    /// <summary>Changes when objects are stored in another version.</summary>
    [Proto(10)]
    public string? StorageVersionHash { get; set; }
}

/// <summary>The resources of a group version.</summary>
public sealed partial record APIResourceList
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    /// <summary>The group version.</summary>
    [Proto(1), Required]
    public string? GroupVersion { get; set; }

    /// <summary>Resources that the group version serves.</summary>
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<APIResource>? Resources { get; set; }
}

/// <summary>Versions of the core group.</summary>
public sealed partial record APIVersions
{
    /// <summary>Group and version the object is encoded in.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the object that is meant.</summary>
    public string? Kind { get; set; }

    /// <summary>The versions.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Versions { get; set; }

    /// <summary>Where they are reached, by the client's network.</summary>
    [Proto(2), Required, ListType("atomic")]
    public IReadOnlyList<ServerAddressByClientCIDR>? ServerAddressByClientCIDRs { get; set; }
}

/// <summary>A version of a group.</summary>
public sealed partial record GroupVersionForDiscovery
{
    /// <summary>Group and version, as in apiVersion.</summary>
    [Proto(1), Required]
    public string? GroupVersion { get; set; }

    /// <summary>The version alone, such as v1.</summary>
    [Proto(2), Required]
    public string? Version { get; set; }
}

/// <summary>The paths that a server answers, as <c>/</c> lists them.</summary>
public sealed partial record RootPaths
{
    /// <summary>Paths, ordered.</summary>
    public IReadOnlyList<string> Paths { get; set; } = [];
}

/// <summary>Where clients of a network reach the server.</summary>
public sealed partial record ServerAddressByClientCIDR
{
    /// <summary>The network.</summary>
    [Proto(1), Required]
    public string? ClientCIDR { get; set; }

    /// <summary>The address.</summary>
    [Proto(2), Required]
    public string? ServerAddress { get; set; }
}
