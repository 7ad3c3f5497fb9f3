using System.Runtime.InteropServices;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>
/// A set of paths through an object, as a sorted tree. A path can be a member, lead to members, or both. Immutable; operations share what they do
/// not change. The semantics are those of upstream's structured-merge-diff: owning <c>spec</c> says nothing about <c>spec.replicas</c>.
/// </summary>
public sealed class FieldSet : IEquatable<FieldSet>
{
    private readonly FieldSetEntry[] _entries;

    private FieldSet(FieldSetEntry[] entries) => _entries = entries;

    /// <summary>No path.</summary>
    public static FieldSet Empty { get; } = new([]);

    /// <summary>Whether no path is a member.</summary>
    public bool IsEmpty => _entries.Length == 0;

    /// <summary>The steps at this level, sorted.</summary>
    public IReadOnlyList<FieldSetEntry> Entries => _entries;

    /// <summary>The same, for loops that must not allocate.</summary>
    internal ReadOnlySpan<FieldSetEntry> AsSpan() => _entries;

    /// <summary>How many paths are members.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var entry in _entries)
                count += (entry.IsMember ? 1 : 0) + (entry.Children?.Count ?? 0);
            return count;
        }
    }

    /// <summary>The set of the given paths.</summary>
    public static FieldSet Of(params IReadOnlyList<PathElement>[] paths)
    {
        var result = Empty;
        foreach (var path in paths.Where(p => p.Count > 0))
        {
            FieldSet? branch = null;
            for (var i = path.Count - 1; i >= 0; i--)
                branch = new([new(path[i], i == path.Count - 1, branch)]);
            result = result.Union(branch!);
        }

        return result;
    }

    /// <summary>The set of paths made of member names, such as <c>metadata.name</c>.</summary>
    public static FieldSet OfFields(params string[] paths) => Of([.. paths.Select(p => (IReadOnlyList<PathElement>)[.. p.Split('.').Select(PathElement.Field)])]);

    /// <summary>Makes a set of the entries of one level, in any order, each step at most once; empty entries are left out.</summary>
    internal static FieldSet From(List<FieldSetEntry>? entries)
    {
        if (entries is null || entries.Count == 0)
            return Empty;
        var span = CollectionsMarshal.AsSpan(entries);
        for (var i = 1; i < span.Length; i++)
        {
            if (span[i - 1].Element.CompareTo(span[i].Element) > 0)
            {
                span.Sort(static (a, b) => a.Element.CompareTo(b.Element));
                break;
            }
        }

        return new(span.ToArray());
    }

    /// <summary>Whether a path is a member.</summary>
    public bool Contains(params ReadOnlySpan<PathElement> path)
    {
        var set = this;
        for (var i = 0; i < path.Length; i++)
        {
            if (set.Find(path[i]) is not { } entry)
                return false;
            if (i == path.Length - 1)
                return entry.IsMember;
            if (entry.Children is null)
                return false;
            set = entry.Children;
        }

        return false;
    }

    /// <summary>What begins with a step, without it; null for nothing.</summary>
    public FieldSet? Under(PathElement step) => Find(step)?.Children;

    /// <summary>The entry of a step; null where there is none.</summary>
    public FieldSetEntry? Find(PathElement step)
    {
        var (low, high) = (0, _entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = _entries[middle].Element.CompareTo(step);
            if (order == 0)
                return _entries[middle];
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return null;
    }

    /// <summary>Paths in this set or in the other.</summary>
    public FieldSet Union(FieldSet other)
    {
        if (other.IsEmpty || ReferenceEquals(this, other))
            return this;
        return IsEmpty ? other : Join(other, keepLeft: true, keepRight: true, static (a, b) =>
            Entry(a.Element, a.IsMember || b.IsMember, a.Children is null ? b.Children : b.Children is null ? a.Children : a.Children.Union(b.Children)));
    }

    /// <summary>Paths in both sets.</summary>
    public FieldSet Intersection(FieldSet other) => Join(other, keepLeft: false, keepRight: false, static (a, b) =>
        Entry(a.Element, a.IsMember && b.IsMember, a.Children is null || b.Children is null ? null : a.Children.Intersection(b.Children)));

    /// <summary>Paths in this set that are not in the other; what lies below a path of the other stays.</summary>
    public FieldSet Difference(FieldSet other) => other.IsEmpty ? this : Join(other, keepLeft: true, keepRight: false, static (a, b) =>
        Entry(a.Element, a.IsMember && !b.IsMember, a.Children is null || b.Children is null ? a.Children : a.Children.Difference(b.Children)));

    /// <summary>Paths in this set that are neither in the other nor below one of its paths.</summary>
    public FieldSet RecursiveDifference(FieldSet other) => other.IsEmpty ? this : Join(other, keepLeft: true, keepRight: false, static (a, b) =>
        b.IsMember ? null : Entry(a.Element, a.IsMember, a.Children is null || b.Children is null ? a.Children : a.Children.RecursiveDifference(b.Children)));

    /// <summary>Adds the declared fields that lead to members, so that removing all of a structure's fields removes the structure.</summary>
    public FieldSet WithNamedFields(MergeSchema? schema)
    {
        if (_entries.Length == 0)
            return this;
        var entries = new FieldSetEntry[_entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = _entries[i];
            var declared = entry.Element.Name is { } name ? schema?.Field(name) : null;
            entries[i] = new(entry.Element, entry.IsMember || declared is not null, entry.Children?.WithNamedFields(declared ?? schema?.Item));
        }

        return new(entries);
    }

    /// <summary>All paths; at each level the members first, as upstream lists them.</summary>
    public IEnumerable<IReadOnlyList<PathElement>> Paths() => Paths([]);

    /// <inheritdoc />
    public bool Equals(FieldSet? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || other._entries.Length != _entries.Length)
            return false;
        for (var i = 0; i < _entries.Length; i++)
        {
            var (a, b) = (_entries[i], other._entries[i]);
            if (a.IsMember != b.IsMember || !a.Element.Equals(b.Element) || !(a.Children ?? Empty).Equals(b.Children ?? Empty))
                return false;
        }

        return true;
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    /// <inheritdoc />
    public override int GetHashCode() => _entries.Length == 0 ? 0 : HashCode.Combine(_entries.Length, _entries[0].Element);

    /// <summary>The paths as messages show them, one per line.</summary>
    public override string ToString() => string.Join('\n', Paths().Select(p => string.Concat(p)));

    private IEnumerable<IReadOnlyList<PathElement>> Paths(PathElement[] prefix)
    {
        foreach (var entry in _entries.Where(e => e.IsMember))
            yield return [.. prefix, entry.Element];
        foreach (var entry in _entries.Where(e => e.Children is not null))
        {
            foreach (var path in entry.Children!.Paths([.. prefix, entry.Element]))
                yield return path;
        }
    }

    private static FieldSetEntry? Entry(PathElement element, bool isMember, FieldSet? children) =>
        isMember || children is { IsEmpty: false } ? new(element, isMember, children is { IsEmpty: false } ? children : null) : null;

    private FieldSet Join(FieldSet other, bool keepLeft, bool keepRight, Func<FieldSetEntry, FieldSetEntry, FieldSetEntry?> both)
    {
        var (left, right) = (_entries, other._entries);
        var result = new List<FieldSetEntry>(keepLeft ? left.Length : Math.Min(left.Length, right.Length));
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            var order = i == left.Length ? 1 : j == right.Length ? -1 : left[i].Element.CompareTo(right[j].Element);
            if (order == 0 && both(left[i], right[j]) is { } joined)
                result.Add(joined);
            else if (order < 0 && keepLeft)
                result.Add(left[i]);
            else if (order > 0 && keepRight)
                result.Add(right[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return result.Count == 0 ? Empty : new([.. result]);
    }
}

/// <summary>A step of a <see cref="FieldSet"/>.</summary>
/// <param name="Element">The step.</param>
/// <param name="IsMember">Whether the path that ends here is in the set.</param>
/// <param name="Children">Longer paths; null for none.</param>
public readonly record struct FieldSetEntry(PathElement Element, bool IsMember, FieldSet? Children);
