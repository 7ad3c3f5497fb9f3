using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Api.Errors;
using Platform.Api.Json;

namespace Platform.Api.ManagedFields;

/// <summary>What a write changes, as each version has it in which somebody's fields are named. Made where an entry has that version, and once.</summary>
internal sealed class VersionedComparison(JsonElement? live, JsonElement value, FieldOperation operation)
{
    /// <summary>Steps of all conflicting paths together: a few megabytes of a deep document can be gigabytes of them.</summary>
    private const int MostSteps = 1_000_000;

    private readonly Dictionary<string, Change?> _known = new(StringComparer.Ordinal);
    private Change? _own;

    /// <summary>In the version of the operation.</summary>
    public ObjectComparison Own { get; } = ObjectComparison.Of(live, value, operation.Schema).Without(operation.Ignored);

    /// <summary>The owners without what the write takes from them, and without those of versions that there are no more.</summary>
    /// <param name="owners">Owners before.</param>
    /// <param name="except">Who loses nothing.</param>
    public async ValueTask<FieldOwners> TakeAsync(FieldOwners owners, ManagerId? except)
    {
        foreach (var (id, _) in owners.All)
        {
            if (id != except)
                await OfAsync(owners.VersionOf(id)!);
        }
        return owners.Without(version => _known[version]?.Touched, except);
    }

    /// <summary>What others than one have set and the write sets otherwise.</summary>
    /// <exception cref="ApiException">409 where it is more than can be listed.</exception>
    public async ValueTask<List<ApplyConflict>> ConflictsAsync(FieldOwners owners, ManagerId self)
    {
        var conflicts = new List<ApplyConflict>();
        var steps = 0;
        foreach (var (id, set) in owners.All)
        {
            if (id == self || await OfAsync(owners.VersionOf(id)!) is not { } change)
                continue;
            foreach (var path in set.Intersection(change.Written).Paths())
            {
                steps += path.Count;
                if (steps > MostSteps)
                    throw ApiErrors.TooManyConflicts();
                conflicts.Add(new(id, path));
            }
        }
        return conflicts;
    }

    /// <summary>The change in a version; null where there is no such version.</summary>
    private async ValueTask<Change?> OfAsync(string apiVersion)
    {
        if (_known.TryGetValue(apiVersion, out var known))
            return known;
        return _known[apiVersion] = apiVersion == operation.ApiVersion || operation.Versions is null ? _own ??= new(Own)
            : await ConvertAsync(apiVersion, operation.Versions) is { } comparison ? new(comparison) : null;
    }

    private async ValueTask<ObjectComparison?> ConvertAsync(string apiVersion, IFieldVersions versions)
    {
        if (versions.SchemaOf(apiVersion) is not { } schema)
            return null;
        using var after = await ParseAsync(value, apiVersion, versions);
        using var before = live is { } present ? await ParseAsync(present, apiVersion, versions) : null;
        return ObjectComparison.Of(before?.RootElement, after.RootElement, schema).Without(operation.Ignored);
    }

    private async ValueTask<JsonDocument> ParseAsync(JsonElement document, string apiVersion, IFieldVersions versions) => JsonDocument.Parse(
        await versions.ConvertAsync(JsonMarshal.GetRawUtf8Value(document).ToArray(), operation.ApiVersion, apiVersion), JsonDepth.Document);

    /// <summary>The sets of a comparison that many owners are held against, united when the first of them is.</summary>
    private sealed class Change(ObjectComparison comparison)
    {
        private FieldSet? _written;
        private FieldSet? _touched;

        public FieldSet Written => _written ??= comparison.Written;

        /// <summary>What was written or removed.</summary>
        public FieldSet Touched => _touched ??= Written.Union(comparison.Removed);
    }
}
