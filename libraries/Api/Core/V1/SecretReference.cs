namespace Platform.Api.Core.V1;

[MapType("atomic")]
public sealed partial record SecretReference
{
    [Proto(1)]
    public string? Name { get; set; }

    [Proto(2)]
    public string? Namespace { get; set; }
}
