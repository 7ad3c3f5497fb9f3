using System.Runtime.InteropServices;
using System.Text;
using Platform.Api.Selectors;
using Platform.Storage;

namespace Platform.ApiServer.Watching;

/// <summary>
/// Finds the objects that a selector may match without looking at all: by label and by selectable field. It only names candidates, which are
/// then asked; so it may leave out what it knows nothing useful about (conditions such as <c>!=</c>, values that most objects have).
/// Belongs to the newest state of its cache and is used under the cache's lock.
/// </summary>
internal sealed class ObjectIndex(SelectableFieldSet fields, bool namespaced)
{
    /// <summary>Below so many objects looking at all of them is quicker than finding candidates.</summary>
    private const int SmallCollection = 64;

    /// <summary>Finding an object by its key costs about as much as looking at so many in a row.</summary>
    private const int LookupCost = 8;

    /// <summary>Most values of a label that are united for a condition that is not about single values.</summary>
    private const int MaximumUnion = 1_024;

    /// <summary>Characters that no label's key or value exceeds: validation allows 317 and 63.</summary>
    private const int MaximumText = 512;

    private readonly Dictionary<string, KeyPostings> _labels = new(StringComparer.Ordinal);
    private readonly KeyPostings[] _fields = [.. Enumerable.Range(0, fields.Count).Select(_ => new KeyPostings())];

    /// <summary>Follows a change of one object: from null where it is new, to null where it is gone.</summary>
    public void Replace(CachedObject? old, CachedObject? now)
    {
        var key = (now ?? old)!.Key;
        var labelsBefore = old is null ? default : old.LabelBytes;
        var labelsNow = now is null ? default : now.LabelBytes;
        if (!labelsBefore.SequenceEqual(labelsNow))
        {
            Labels(labelsBefore, key, add: false);
            Labels(labelsNow, key, add: true);
        }
        for (var i = 0; i < _fields.Length; i++)
        {
            var (before, value) = (old?.Fields[i], now?.Fields[i]);
            if (before is not null && value is not null && before == value)
            {
                now!.Fields[i] = before;
                continue;
            }
            if (before is not null)
                _fields[i].Remove(before, key);
            if (value is not null)
                now!.Fields[i] = _fields[i].Add(_fields[i].Known(value) ?? value, key);
        }
    }

    /// <summary>Keys of the objects that the selection can match, in order; null where one might as well look at all that its namespace has.</summary>
    public string[]? Candidates(Selection selection, KeyMap<CachedObject> objects)
    {
        if (selection.IsWhole)
            return null;
        var total = (selection.To is { } to ? objects.Rank(to) : objects.Count) - (selection.From.Length > 0 ? objects.Rank(selection.From) : 0);
        if (total < SmallCollection)
            return null;
        if (selection.Name is { } name && (selection.Namespace.Length > 0 || !namespaced))
            return [selection.From + name];
        List<(KeyPostings Postings, string Value)>? best = null;
        var bestCount = total / LookupCost;
        foreach (var found in Conditions(selection))
        {
            var count = found.Sum(f => f.Postings.CountOf(f.Value));
            if (count < bestCount)
                (best, bestCount) = (found, count);
        }
        return best is null ? null : Keys(best, selection, objects);
    }

    /// <summary>For each condition that the index can help with: the values that an object must have one of.</summary>
    private IEnumerable<List<(KeyPostings Postings, string Value)>> Conditions(Selection selection)
    {
        foreach (var requirement in selection.Fields.Requirements)
        {
            if (!requirement.Negated && fields.IndexOf(requirement.Field) is >= 0 and var index)
                yield return [(_fields[index], requirement.Value)];
        }
        foreach (var requirement in selection.Labels.Requirements)
        {
            if (requirement.Operator is SelectorOperator.NotIn or SelectorOperator.DoesNotExist)
                continue;
            if (!_labels.TryGetValue(requirement.Key, out var postings))
                yield return [];
            else if (requirement.Operator == SelectorOperator.In)
                yield return [.. requirement.Values.Distinct().Select(v => (postings, v))];
            else if (postings.ValueCount <= MaximumUnion)
                yield return [.. postings.Values.Where(v => requirement.Matches(v)).Select(v => (postings, v))];
        }
    }

    private string[]? Keys(List<(KeyPostings Postings, string Value)> found, Selection selection, KeyMap<CachedObject> objects)
    {
        var keys = new List<string>();
        foreach (var (postings, value) in found)
        {
            if (postings.KeysOf(value) is not { } listed)
            {
                // The value had become too common to list, and is not any more: listing it anew was paid for by what was removed.
                postings.Restore(value, objects.Range("", null).Where(o => Has(o, postings, value)).Select(o => o.Key));
                if (postings.KeysOf(value) is not { } restored)
                    return null;
                listed = restored;
            }
            foreach (var key in listed.Span)
            {
                if (key.StartsWith(selection.From, StringComparison.Ordinal))
                    keys.Add(key);
            }
        }
        if (found.Count > 1)
            keys.Sort(StringComparer.Ordinal);
        return [.. keys];
    }

    private bool Has(CachedObject value, KeyPostings postings, string wanted)
    {
        var field = Array.IndexOf(_fields, postings);
        if (field >= 0)
            return value.Fields[field] == wanted;
        var walker = new LabelWalker(value.LabelBytes);
        while (walker.MoveNext())
        {
            if (Encoding.UTF8.GetString(walker.Value) == wanted && _labels.GetValueOrDefault(Encoding.UTF8.GetString(walker.Key)) == postings)
                return true;
        }
        return false;
    }

    private void Labels(ReadOnlySpan<byte> labels, string key, bool add)
    {
        Span<char> name = stackalloc char[MaximumText], value = stackalloc char[MaximumText];
        var walker = new LabelWalker(labels);
        while (walker.MoveNext())
        {
            if (!Encoding.UTF8.TryGetChars(walker.Key, name, out var nameLength) || !Encoding.UTF8.TryGetChars(walker.Value, value, out var valueLength))
                continue;
            Label(name[..nameLength], value[..valueLength], key, add);
        }
    }

    private void Label(ReadOnlySpan<char> name, ReadOnlySpan<char> value, string key, bool add)
    {
        var byName = _labels.GetAlternateLookup<ReadOnlySpan<char>>();
        ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(byName, name, out _);
        postings ??= new();
        if (add)
        {
            postings.Add(postings.Known(value) ?? value.ToString(), key);
            return;
        }
        if (postings.Known(value) is { } known)
            postings.Remove(known, key);
        if (postings.Count == 0)
            byName.Remove(name);
    }
}
