namespace Platform.Cel.Values;

/// <summary>
/// Lists that a schema declares as sets or as maps by keys (Kubernetes, "Validation rules": equality ignores their order, and adding one to another keeps
/// the places of the first while the second's items replace those with the same keys).
/// </summary>
internal static class SchemaLists
{
    /// <summary>Items by what identifies them: themselves in a set, their keys in a map.</summary>
    public static Dictionary<CelValue, CelValue> Index(CelList list, CelType type)
    {
        var result = new Dictionary<CelValue, CelValue>(ContentComparer.Instance);
        for (var i = 0; i < list.Count; i++)
            result[Identity(list[i], type)] = list[i];
        return result;
    }

    public static CelList Merge(CelList first, CelList second, CelType type)
    {
        var replacing = Index(second, type);
        var result = new List<CelValue>(first.Count + second.Count);
        for (var i = 0; i < first.Count; i++)
            result.Add(replacing.Remove(Identity(first[i], type), out var newer) && type.ListKind == CelListKind.Map ? newer : first[i]);
        for (var i = 0; i < second.Count; i++)
        {
            if (replacing.Remove(Identity(second[i], type), out var added))
                result.Add(added);
        }
        return new CelArray(result);
    }

    private static CelValue Identity(CelValue item, CelType type) =>
        type.ListKind == CelListKind.Map && item is CelMap map
            ? new CelArray([.. type.ListKeys.Select(k => map.Find(Schemas.FieldNames.Escape(k) ?? k) ?? CelNull.Instance)])
            : item;

    /// <summary>Compares by content, with a hash that is the same for equal content.</summary>
    private sealed class ContentComparer : IEqualityComparer<CelValue>
    {
        public static ContentComparer Instance { get; } = new();

        public bool Equals(CelValue? x, CelValue? y) => x is not null && y is not null && Equality.Equal(x, y);

        public int GetHashCode(CelValue value) => value switch
        {
            CelList list => list.Count == 0 ? 0 : HashCode.Combine(list.Count, list.Count == 1 ? GetHashCode(list[0]) : 0),
            CelMap map => map.Count,
            _ => KeyComparer.Instance.GetHashCode(value),
        };
    }
}
