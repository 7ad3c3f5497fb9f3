namespace Platform.Api.Rbac.V1;

/// <summary>Verbs on resources or paths.</summary>
public sealed partial record PolicyRule
{
    /// <summary>Verbs that the rule allows; * means all.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>API groups that the rule covers; * means all.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    /// <summary>Resources that the rule covers, or amounts requested.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Resources { get; set; }

    /// <summary>Names of the only objects covered; empty means all.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? ResourceNames { get; set; }

    /// <summary>URL paths outside the API's resources that the rule covers.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? NonResourceURLs { get; set; }
}

/// <summary>A role.</summary>
[MapType("atomic")]
public sealed partial record RoleRef
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>API group of the object that is meant; empty for the core group.</summary>
    [Proto(1), Required]
    public string? ApiGroup { get; set; }

    /// <summary>Its name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }
}

/// <summary>Who is given a role.</summary>
[MapType("atomic")]
public sealed partial record Subject
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(1), Required]
    public string? Kind { get; set; }

    /// <summary>API group of the object that is meant; empty for the core group.</summary>
    [Proto(2)]
    public string? ApiGroup { get; set; }

    /// <summary>Its name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }

    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(4)]
    public string? Namespace { get; set; }
}
