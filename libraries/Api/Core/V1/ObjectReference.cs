namespace Platform.Api.Core.V1;

/// <summary>An object in the same namespace.</summary>
[MapType("atomic")]
public sealed partial record LocalObjectReference
{
    /// <summary>Its name.</summary>
    [Proto(1), Default("")]
    public string? Name { get; set; }
}

/// <summary>An object, or a part of it.</summary>
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

    /// <summary>Its name.</summary>
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
