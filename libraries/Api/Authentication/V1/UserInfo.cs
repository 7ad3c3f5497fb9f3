namespace Platform.Api.Authentication.V1;

public sealed partial record UserInfo
{
    [Proto(1)]
    public string? Username { get; set; }

    /// <summary>Unique identifier of the object or user that is meant.</summary>
    [Proto(2)]
    public string? Uid { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Groups { get; set; }

    [Proto(4)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; set; }
}
