namespace Platform.Api.Core.V1;

/// <summary>Nodes from which a volume can be reached.</summary>
public sealed partial record VolumeNodeAffinity
{
    /// <summary>The nodes.</summary>
    [Proto(1)]
    public NodeSelector? Required { get; set; }
}
