namespace Platform.Api.Authentication.V1;

/// <summary>UserInfo.</summary>
public sealed partial record UserInfo
{
    /// <summary>username.</summary>
    [Proto(1)]
    public string? Username { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(2)]
    public string? Uid { get; set; }

    /// <summary>groups.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Groups { get; set; }

    /// <summary>extra.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; set; }
}
