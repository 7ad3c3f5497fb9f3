using System.Text.Json;

namespace Platform.Api.ManagedFields;

/// <summary>Ownership after a write that is no apply: the writer gets what changed, everybody else loses it.</summary>
public static class OwnedUpdate
{
    /// <summary>The owners after a write.</summary>
    /// <param name="owners">Owners before.</param>
    /// <param name="live">Object before; null for a create.</param>
    /// <param name="value">Object after.</param>
    /// <param name="operation">Who writes and how.</param>
    public static async ValueTask<FieldOwners> UpdateAsync(FieldOwners owners, JsonElement? live, JsonElement value, FieldOperation operation)
    {
        var versions = new VersionedComparison(live, value, operation);
        var comparison = versions.Own.Ownable();
        var id = operation.Id(isApply: false);
        var previous = owners.SetOf(id) ?? FieldSet.Empty;
        var rest = await versions.TakeAsync(owners, null);
        if (comparison.IsSame)
            return ReferenceEquals(rest, owners) ? owners : rest.Capped();
        var mine = comparison.Written;
        // The writer's own entry loses what was removed, like any other, and keeps the rest beside what is new.
        if (mine.IsEmpty)
            return rest.Capped();
        var all = mine.Union(previous.Difference(comparison.Removed));
        return rest.With(id, all, operation.ApiVersion, operation.Now).Capped();
    }
}
