namespace Platform.Api.Authentication.V1;

/// <summary>A user as authentication found it.</summary>
public sealed partial record UserInfo
{
    /// <summary>Name.</summary>
    [Proto(1)]
    public string? Username { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(2)]
    public string? Uid { get; set; }

    /// <summary>Groups that the user is in.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Groups { get; set; }

    /// <summary>Further attributes from the authenticator.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; set; }
}
