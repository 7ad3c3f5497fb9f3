using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>A write as far as the ownership of fields is concerned.</summary>
/// <param name="Manager">Name of the actor.</param>
/// <param name="ApiVersion">Version of the kind in which the write is made.</param>
/// <param name="Subresource">Subresource that is written; empty for the object itself.</param>
/// <param name="Schema">What the object is.</param>
/// <param name="Ignored">Fields that the endpoint resets, so that writing them means nothing; null for none.</param>
/// <param name="Now">When.</param>
public sealed record FieldOperation(string Manager, string ApiVersion, string Subresource, MergeSchema Schema, FieldSet? Ignored, DateTimeOffset Now)
{
    /// <summary>Fields that nobody owns: they are the server's, or identify the object.</summary>
    private static readonly FieldSet Unowned = FieldSet.OfFields("apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace",
        "metadata.creationTimestamp", "metadata.selfLink", "metadata.uid", "metadata.clusterName", "metadata.generation", "metadata.managedFields",
        "metadata.resourceVersion");

    /// <summary>Other versions of the kind; null where entries cannot have any.</summary>
    public IFieldVersions? Versions { get; init; }

    /// <summary>The identity of the actor's entry.</summary>
    public ManagerId Id(bool isApply) => new(Manager, isApply, isApply ? "" : ApiVersion, Subresource);

    /// <summary>A set without what nobody can own.</summary>
    public static FieldSet Ownable(FieldSet set) => set.Difference(Unowned);
}
