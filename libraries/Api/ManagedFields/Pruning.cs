using System.Text.Json;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>
/// Removes what was applied before and is not any more, where nobody else owns it. Removing an item takes with it what others own below it and what nobody owns, so that is
/// put back: first what anybody owns (with the items that hold it), then what was never applied by this manager. Each step is made in the version in which the
/// fields in question are named.
/// </summary>
/// <param name="operation">Who applies.</param>
/// <param name="owners">Owners with what is applied now.</param>
/// <param name="before">What the manager applied before.</param>
/// <param name="version">Version in which it did.</param>
internal sealed class Pruning(FieldOperation operation, FieldOwners owners, FieldSet before, string version)
{
    /// <summary>The merged object without what goes, both in the version of the operation.</summary>
    public async ValueTask<byte[]> PruneAsync(byte[] merged)
    {
        if (SchemaOf(version) is not { } schema)
            return merged;
        var owned = OwnedByVersion();
        var last = before.WithNamedFields(schema);
        // Versions are what usually is one.
        if (owned.Count == 1 && owned.TryGetValue(version, out var all) && last.Difference(all.WithNamedFields(schema)).IsEmpty)
            return merged;
        var whole = await ConvertAsync(merged, operation.ApiVersion, version);
        var pruned = Remove(whole, last, schema);
        // What is owned in the version at hand goes first, since a conversion may need it.
        foreach (var (at, kept) in owned.OrderByDescending(o => o.Key == version))
            pruned = await PutBackAsync(whole, pruned, at, kept);
        var present = FieldsOf(whole, schema);
        pruned = Remove(whole, present.Difference(FieldsOf(pruned, schema)).Intersection(last), schema);
        return await ConvertAsync(pruned, version, operation.ApiVersion);
    }

    private Dictionary<string, FieldSet> OwnedByVersion()
    {
        var owned = new Dictionary<string, FieldSet>(StringComparer.Ordinal);
        foreach (var (id, set) in owners.All)
        {
            var at = operation.Versions is null ? operation.ApiVersion : owners.VersionOf(id)!;
            owned[at] = owned.TryGetValue(at, out var others) ? others.Union(set) : set;
        }
        return owned;
    }

    /// <summary>What was pruned with what is owned put back.</summary>
    private async ValueTask<byte[]> PutBackAsync(byte[] whole, byte[] pruned, string at, FieldSet kept)
    {
        if (SchemaOf(at) is not { } schema)
            return pruned;
        whole = await ConvertAsync(whole, version, at);
        pruned = await ConvertAsync(pruned, version, at);
        var gone = FieldsOf(whole, schema).Difference(FieldsOf(pruned, schema).Union(kept.WithNamedFields(schema)));
        return await ConvertAsync(Remove(whole, gone, schema), at, version);
    }

    private MergeSchema? SchemaOf(string apiVersion) =>
        apiVersion == operation.ApiVersion || operation.Versions is null ? operation.Schema : operation.Versions.SchemaOf(apiVersion);

    private async ValueTask<byte[]> ConvertAsync(byte[] document, string from, string to) =>
        from == to || operation.Versions is null ? document : (await operation.Versions.ConvertAsync(document, from, to)).ToArray();

    private static byte[] Remove(byte[] json, FieldSet fields, MergeSchema schema)
    {
        using var document = JsonDocument.Parse(json, JsonDepth.Document);
        return ItemRemoval.Remove(document.RootElement, fields, schema);
    }

    private static FieldSet FieldsOf(byte[] json, MergeSchema schema)
    {
        using var document = JsonDocument.Parse(json, JsonDepth.Document);
        return FieldExtraction.Of(document.RootElement, schema).WithNamedFields(schema);
    }
}
