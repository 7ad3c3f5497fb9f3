namespace Platform.ApiServer.Registry;

/// <summary>What becomes of the objects that a deleted object owns when its deletion does not say.</summary>
internal enum DependentsPolicy
{
    /// <summary>They are deleted afterwards.</summary>
    Delete,

    /// <summary>They stay: what kinds that are older than the garbage collector have always done.</summary>
    Orphan,

    /// <summary>The kind never owns anything, and deletions do not ask.</summary>
    Unsupported,
}
