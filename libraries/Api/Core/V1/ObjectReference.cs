namespace Platform.Api.Core.V1;

/// <summary>LocalObjectReference.</summary>
[MapType("atomic")]
public sealed partial record LocalObjectReference
{
    /// <summary>name.</summary>
    [Proto(1), Default("")]
    public string? Name { get; set; }
}

/// <summary>ObjectReference.</summary>
[MapType("atomic")]
public sealed partial record ObjectReference
{
    /// <summary>kind.</summary>
    [Proto(1)]
    public string? Kind { get; set; }

    /// <summary>apiVersion.</summary>
    [Proto(5)]
    public string? ApiVersion { get; set; }

    /// <summary>namespace.</summary>
    [Proto(2)]
    public string? Namespace { get; set; }

    /// <summary>name.</summary>
    [Proto(3)]
    public string? Name { get; set; }

    /// <summary>uid.</summary>
    [Proto(4)]
    public string? Uid { get; set; }

    /// <summary>resourceVersion.</summary>
    [Proto(6)]
    public string? ResourceVersion { get; set; }

    /// <summary>fieldPath.</summary>
    [Proto(7)]
    public string? FieldPath { get; set; }
}
