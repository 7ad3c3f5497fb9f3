namespace Platform.Api.Core.V1;

[MapType("atomic")]
public sealed partial record LocalObjectReference
{
    [Proto(1), Default("")]
    public string? Name { get; set; }
}

[MapType("atomic")]
public sealed partial record ObjectReference
{
    /// <summary>Kind of the object that is meant.</summary>
    [Proto(1)]
    public string? Kind { get; set; }

    /// <summary>Group and version the object is encoded in.</summary>
    [Proto(5)]
    public string? ApiVersion { get; set; }

    /// <summary>Namespace of the object that is meant.</summary>
    [Proto(2)]
    public string? Namespace { get; set; }

    [Proto(3)]
    public string? Name { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(4)]
    public string? Uid { get; set; }

    /// <summary>Version of the object that is meant.</summary>
    [Proto(6)]
    public string? ResourceVersion { get; set; }

    /// <summary>Path of the field within the object.</summary>
    [Proto(7)]
    public string? FieldPath { get; set; }
}
