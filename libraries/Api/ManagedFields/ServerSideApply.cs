using System.Text.Json;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>What applying leads to.</summary>
/// <param name="Json">The object; null where it is as it was.</param>
/// <param name="Owners">The owners of its fields.</param>
/// <param name="Conflicts">Fields that keep it from being applied without force; then the rest is as before.</param>
public sealed record ApplyResult(byte[]? Json, FieldOwners Owners, IReadOnlyList<ApplyConflict> Conflicts);

/// <summary>
/// Server-side apply, on documents: merge what is applied; remove what the manager applied before, applies no longer and no other applier owns; find
/// conflicts with what others own; hand over what is forced.
/// </summary>
public static class ServerSideApply
{
    /// <summary>The owners of an object that a configuration creates.</summary>
    public static FieldOwners Create(JsonElement applied, FieldOperation operation) =>
        FieldOwners.None.With(operation.Id(isApply: true), FieldOperation.Ownable(Owned(applied, operation)), operation.ApiVersion, operation.Now);

    /// <summary>Applies a configuration.</summary>
    /// <param name="owners">Owners before.</param>
    /// <param name="live">Object before, without its managedFields.</param>
    /// <param name="applied">The configuration; it must conform to the schema.</param>
    /// <param name="operation">Who applies.</param>
    /// <param name="force">Whether to take conflicting fields over.</param>
    public static async ValueTask<ApplyResult> ApplyAsync(FieldOwners owners, JsonElement live, JsonElement applied, FieldOperation operation, bool force)
    {
        var schema = operation.Schema;
        var id = operation.Id(isApply: true);
        var before = owners.SetOf(id);
        var set = Owned(applied, operation);
        var claimed = owners.With(id, set, operation.ApiVersion, owners.TimeOf(id));
        var merged = TypedMerge.Merge(live, applied, schema);
        if (before is not null)
            merged = await new Pruning(operation, claimed, before, owners.VersionOf(id)!).PruneAsync(merged);
        using var document = JsonDocument.Parse(merged, JsonDepth.Document);
        var comparison = new VersionedComparison(live, document.RootElement, operation);
        var conflicts = force ? [] : await comparison.ConflictsAsync(claimed, id);
        if (conflicts.Count > 0)
            return new(null, owners, conflicts);
        var rest = await comparison.TakeAsync(claimed, id);
        var mine = FieldOperation.Ownable(set);
        var isSame = JsonElement.DeepEquals(live, document.RootElement);
        var time = isSame && before is not null && mine.Equals(before) && owners.VersionOf(id) == operation.ApiVersion ? owners.TimeOf(id) : operation.Now;
        return new(isSame ? null : merged, rest.With(id, mine, operation.ApiVersion, time), []);
    }

    private static FieldSet Owned(JsonElement applied, FieldOperation operation)
    {
        var set = FieldExtraction.Of(applied, operation.Schema);
        return operation.Ignored is { } ignored ? set.RecursiveDifference(ignored) : set;
    }
}
