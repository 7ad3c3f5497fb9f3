using System.Text.Json;
using Platform.Api.Meta.V1;

namespace Platform.Api.ManagedFields;

/// <summary>
/// The owners of an object's fields: what <c>metadata.managedFields</c> says, decoded. Sets that no operation touches keep their encoded form. Each
/// operation makes a new value.
/// </summary>
public sealed class FieldOwners
{
    /// <summary>Most entries of updates; older ones are merged beyond it.</summary>
    public const int MostUpdaters = 10;

    /// <summary>Name of the manager that older entries are merged into.</summary>
    public const string AncientChanges = "ancient-changes";

    private readonly SortedDictionary<ManagerId, Owner> _owners;

    private FieldOwners(SortedDictionary<ManagerId, Owner> owners) => _owners = owners;

    /// <summary>Nobody.</summary>
    public static FieldOwners None { get; } = new([]);

    /// <summary>Whether nobody owns anything.</summary>
    public bool IsEmpty => _owners.Count == 0;

    /// <summary>Every owner with its fields.</summary>
    public IEnumerable<KeyValuePair<ManagerId, FieldSet>> All => _owners.Select(o => KeyValuePair.Create(o.Key, o.Value.Set));

    /// <summary>Decodes entries; null where one of them is not valid.</summary>
    public static FieldOwners? TryDecode(IReadOnlyList<ManagedFieldsEntry>? entries)
    {
        if (entries is null || entries.Count == 0)
            return None;
        var owners = new SortedDictionary<ManagerId, Owner>();
        foreach (var entry in entries)
        {
            if (entry.Operation is not (ManagerId.Apply or ManagerId.Update) || string.IsNullOrEmpty(entry.ApiVersion) || entry.FieldsType != "FieldsV1")
                return null;
            try
            {
                var id = IdOf(entry);
                owners[id] = new(entry.FieldsV1 is { } fields ? FieldsV1.Read(fields) : FieldSet.Empty, entry.ApiVersion, entry.Time, entry);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        return new(owners);
    }

    /// <summary>The entries, in upstream's order; null for none.</summary>
    public IReadOnlyList<ManagedFieldsEntry>? Encode()
    {
        if (_owners.Count == 0)
            return null;
        var entries = new List<ManagedFieldsEntry>(_owners.Count);
        foreach (var (id, owner) in _owners)
            entries.Add(owner.Encoded is { } same && same.Time == owner.Time ? same : Entry(id, owner));
        if (entries.Count > 1)
            entries.Sort(Compare);
        return entries;
    }

    /// <summary>What a manager owns; null for nothing.</summary>
    public FieldSet? SetOf(ManagerId id) => _owners.TryGetValue(id, out var owner) ? owner.Set : null;

    /// <summary>With other fields for one manager; without it where the set is empty.</summary>
    public FieldOwners With(ManagerId id, FieldSet set, string apiVersion, DateTimeOffset? time)
    {
        var owners = Copy();
        if (set.IsEmpty)
            owners.Remove(id);
        else
            owners[id] = new(set, apiVersion, time, null);
        return new(owners);
    }

    /// <summary>The time at which a manager's entry last changed.</summary>
    public DateTimeOffset? TimeOf(ManagerId id) => _owners.TryGetValue(id, out var owner) ? owner.Time : null;

    /// <summary>The version in which a manager's fields are named.</summary>
    public string? VersionOf(ManagerId id) => _owners.TryGetValue(id, out var owner) ? owner.ApiVersion : null;

    /// <summary>Takes fields away from everybody but one.</summary>
    public FieldOwners Without(FieldSet fields, ManagerId? except) => fields.IsEmpty ? this : Without(_ => fields, except);

    /// <summary>Takes fields away from everybody but one.</summary>
    /// <param name="fields">The fields as a version names them; null for a version whose entries go altogether.</param>
    /// <param name="except">Who keeps all.</param>
    public FieldOwners Without(Func<string, FieldSet?> fields, ManagerId? except)
    {
        SortedDictionary<ManagerId, Owner>? owners = null;
        foreach (var (id, owner) in _owners)
        {
            if (id == except)
                continue;
            var rest = fields(owner.ApiVersion) is { } taken ? owner.Set.Difference(taken) : FieldSet.Empty;
            if (rest.IsEmpty)
                (owners ??= Copy()).Remove(id);
            else if (!ReferenceEquals(rest, owner.Set) && !rest.Equals(owner.Set))
                (owners ??= Copy())[id] = new(rest, owner.ApiVersion, owner.Time, null);
        }

        return owners is null ? this : new(owners);
    }

    /// <summary>Merges the oldest updaters of each version until there are no more than <see cref="MostUpdaters"/>.</summary>
    public FieldOwners Capped()
    {
        if (_owners.Count <= MostUpdaters)
            return this;
        var updaters = _owners.Keys.Where(k => !k.IsApply).OrderBy(k => Seconds(_owners[k].Time)).ThenBy(k => k).ToList();
        if (updaters.Count <= MostUpdaters)
            return this;
        var owners = Copy();
        var first = new Dictionary<string, ManagerId>(StringComparer.Ordinal);
        var count = updaters.Count;
        foreach (var id in updaters)
        {
            if (count <= MostUpdaters)
                break;
            var version = owners[id].ApiVersion;
            if (first.TryAdd(version, id))
                continue;
            var bucket = new ManagerId(AncientChanges, false, version, "");
            if (!owners.ContainsKey(bucket) && owners.Remove(first[version], out var oldest))
                owners[bucket] = oldest with { Encoded = null };
            if (id == bucket || !owners.Remove(id, out var merged))
                continue;
            owners[bucket] = new(merged.Set.Union(owners[bucket].Set), version, merged.Time, null);
            count--;
        }

        return new(owners);
    }

    private static ManagerId IdOf(ManagedFieldsEntry entry)
    {
        var applied = entry.Operation == ManagerId.Apply;
        return new(entry.Manager ?? "", applied, applied ? "" : entry.ApiVersion ?? "", entry.Subresource ?? "");
    }

    private static ManagedFieldsEntry Entry(ManagerId id, Owner owner) => new()
    {
        Manager = id.Manager.Length == 0 ? null : id.Manager,
        Operation = id.IsApply ? ManagerId.Apply : ManagerId.Update,
        ApiVersion = owner.ApiVersion,
        Time = owner.Time,
        FieldsType = "FieldsV1",
        FieldsV1 = owner.Encoded?.FieldsV1 ?? FieldsV1.ToElement(owner.Set),
        Subresource = id.Subresource.Length == 0 ? null : id.Subresource,
    };

    private static int Compare(ManagedFieldsEntry left, ManagedFieldsEntry right)
    {
        var order = string.CompareOrdinal(left.Operation, right.Operation);
        if (order == 0)
            order = Seconds(left.Time).CompareTo(Seconds(right.Time));
        if (order == 0)
            order = string.CompareOrdinal(left.Manager, right.Manager);
        if (order == 0)
            order = string.CompareOrdinal(left.ApiVersion, right.ApiVersion);
        return order == 0 ? string.CompareOrdinal(left.Subresource, right.Subresource) : order;
    }

    private static long Seconds(DateTimeOffset? time) => time?.ToUnixTimeSeconds() ?? 0;

    private SortedDictionary<ManagerId, Owner> Copy() => new(_owners);

    private sealed record Owner(FieldSet Set, string ApiVersion, DateTimeOffset? Time, ManagedFieldsEntry? Encoded);
}
