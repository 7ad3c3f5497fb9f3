namespace Platform.Api.Rbac.V1;

/// <summary>PolicyRule.</summary>
public sealed partial record PolicyRule
{
    /// <summary>verbs.</summary>
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<string>? Verbs { get; set; }

    /// <summary>apiGroups.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? ApiGroups { get; set; }

    /// <summary>resources.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Resources { get; set; }

    /// <summary>resourceNames.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? ResourceNames { get; set; }

    /// <summary>nonResourceURLs.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<string>? NonResourceURLs { get; set; }
}

/// <summary>RoleRef.</summary>
[MapType("atomic")]
public sealed partial record RoleRef
{
    /// <summary>kind.</summary>
    [Proto(2), Required]
    public string? Kind { get; set; }

    /// <summary>apiGroup.</summary>
    [Proto(1), Required]
    public string? ApiGroup { get; set; }

    /// <summary>name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }
}

/// <summary>Subject.</summary>
[MapType("atomic")]
public sealed partial record Subject
{
    /// <summary>kind.</summary>
    [Proto(1), Required]
    public string? Kind { get; set; }

    /// <summary>apiGroup.</summary>
    [Proto(2)]
    public string? ApiGroup { get; set; }

    /// <summary>name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }

    /// <summary>namespace.</summary>
    [Proto(4)]
    public string? Namespace { get; set; }
}
