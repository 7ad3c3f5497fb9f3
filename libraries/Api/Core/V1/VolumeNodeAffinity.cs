namespace Platform.Api.Core.V1;

public sealed partial record VolumeNodeAffinity
{
    [Proto(1)]
    public NodeSelector? Required { get; set; }
}
