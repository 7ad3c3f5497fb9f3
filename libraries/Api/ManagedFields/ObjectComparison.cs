using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>
/// What changed between two documents. A place that is new or gone is in the sets with all that it holds; a changed leaf is modified. A field
/// that the empty object of its type already has (see <see cref="MergeSchema.IsAlwaysPresent"/>) is neither added nor removed itself.
/// </summary>
/// <param name="Added">Places that only the new document has.</param>
/// <param name="Modified">Leaves that both have, with different values.</param>
/// <param name="Removed">Places that only the old document has.</param>
public sealed record ObjectComparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    /// <summary>Whether nothing changed.</summary>
    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    /// <summary>What the new document set.</summary>
    public FieldSet Written => Modified.Union(Added);

    /// <summary>Compares two documents.</summary>
    /// <param name="old">The document before; null for none, so that everything is new.</param>
    /// <param name="value">The document after.</param>
    /// <param name="schema">What both are.</param>
    public static ObjectComparison Of(JsonElement? old, JsonElement value, MergeSchema schema)
    {
        var level = new ComparisonLevel();
        Compare(old is { } before ? new(before) : Side.Shell, new(value), schema, ref level);
        return new(FieldSet.From(level.Added), FieldSet.From(level.Modified), FieldSet.From(level.Removed));
    }

    /// <summary>The comparison without some fields and all below them.</summary>
    public ObjectComparison Without(FieldSet? ignored) => ignored is null or { IsEmpty: true } ? this
        : new(Added.RecursiveDifference(ignored), Modified.RecursiveDifference(ignored), Removed.RecursiveDifference(ignored));

    /// <summary>The comparison without what nobody can own.</summary>
    public ObjectComparison Ownable() => new(FieldOperation.Ownable(Added), FieldOperation.Ownable(Modified), FieldOperation.Ownable(Removed));

    /// <summary>Compares one place; children go into the level, the answer says what became of the place itself.</summary>
    private static Change Compare(Side left, Side right, MergeSchema schema, ref ComparisonLevel level)
    {
        if (left.HasValue && right.HasValue && HaveSameBytes(left.Element, right.Element))
            return Change.None;
        var shape = right.IsPresent && !right.IsShell ? PlaceKind.ShapeOf(schema, right.Element)
            : left.IsPresent && !left.IsShell ? PlaceKind.ShapeOf(schema, left.Element) : schema.Shape;
        var bare = left.IsBare && right.IsBare;
        if (schema.Shape == MergeShape.Deduced && left.HasValue && right.HasValue && !bare)
        {
            var before = PlaceKind.ShapeOf(schema, left.Element);
            if (before != shape)
            {
                // It became something else: what was below is gone, what is below is new, and the place itself has another value.
                if (before == MergeShape.Map)
                    Members(left, Side.Absent, schema, ref level);
                if (shape == MergeShape.Map)
                    Members(Side.Absent, right, schema, ref level);
                return Change.Modified;
            }
        }

        switch (shape)
        {
            case MergeShape.Map when !bare:
                Members(left, right, schema, ref level);
                break;
            case MergeShape.SetList or MergeShape.MapList when !bare:
                Items(left, right, schema, ref level);
                break;
            default:
                return Leaf(left, right);
        }

        return !left.IsPresent ? Change.Added : !right.IsPresent ? Change.Removed : Change.None;
    }

    /// <summary>Most of an object is as it was and was written by the same encoder: that is seen without going into it.</summary>
    private static bool HaveSameBytes(JsonElement left, JsonElement right) =>
        JsonMarshal.GetRawUtf8Value(left).SequenceEqual(JsonMarshal.GetRawUtf8Value(right));

    private static Change Leaf(Side left, Side right)
    {
        if (!left.IsPresent)
            return right.IsPresent ? Change.Added : Change.None;
        if (!right.IsPresent)
            return Change.Removed;
        if (left.IsShell || right.IsShell)
            return left.IsBare && right.IsBare ? Change.None : Change.Modified;
        return JsonElement.DeepEquals(left.Element, right.Element) ? Change.None : Change.Modified;
    }

    private static void Members(Side left, Side right, MergeSchema schema, ref ComparisonLevel level)
    {
        var seen = 0;
        if (left.IsObject)
        {
            var others = new MemberLookup(right);
            foreach (var property in left.Element.EnumerateObject())
            {
                var found = others.Find(property, out var value);
                seen += found ? 1 : 0;
                if (!found || !HaveSameBytes(property.Value, value))
                    Member(property.Name, new(property.Value), found ? new(value) : Absent(right, schema, property.Name), schema, ref level);
            }
        }

        if (!right.IsObject || seen == right.Element.GetPropertyCount())
            return;
        var mine = new MemberLookup(left);
        foreach (var property in right.Element.EnumerateObject())
        {
            if (!mine.Find(property, out _))
                Member(property.Name, Absent(left, schema, property.Name), new(property.Value), schema, ref level);
        }
    }

    private static Side Absent(Side parent, MergeSchema schema, string name) =>
        parent.IsPresent && schema.IsAlwaysPresent(name) ? Side.Shell : Side.Absent;

    private static void Member(string name, Side left, Side right, MergeSchema schema, ref ComparisonLevel level)
    {
        var below = new ComparisonLevel();
        var change = Compare(left, right, PlaceKind.Member(schema, name), ref below);
        level.Add(PathElement.Field(name), change, below);
    }

    private static void Items(Side left, Side right, MergeSchema schema, ref ComparisonLevel level)
    {
        var item = schema.Item ?? MergeSchema.Deduced;
        var before = ItemsByStep(left, schema);
        var after = ItemsByStep(right, schema);
        foreach (var (step, olds) in before)
        {
            var below = new ComparisonLevel();
            var change = !after.TryGetValue(step, out var news) ? (olds.Count == 1 ? Compare(new(olds[0]), Side.Absent, item, ref below) : Change.Removed)
                : olds.Count == 1 && news.Count == 1 ? Compare(new(olds[0]), new(news[0]), item, ref below)
                : olds.Count == news.Count && olds.Zip(news).All(p => JsonElement.DeepEquals(p.First, p.Second)) ? Change.None : Change.Modified;
            level.Add(step, change, below);
        }

        foreach (var (step, news) in after.Where(a => !before.ContainsKey(a.Key)))
        {
            var below = new ComparisonLevel();
            level.Add(step, news.Count == 1 ? Compare(Side.Absent, new(news[0]), item, ref below) : Change.Added, below);
        }
    }

    private static Dictionary<PathElement, List<JsonElement>> ItemsByStep(Side side, MergeSchema schema)
    {
        var result = new Dictionary<PathElement, List<JsonElement>>();
        foreach (var (step, item) in ListItems.Named(side.HasValue ? side.Element : null, schema))
        {
            if (result.TryGetValue(step, out var items))
                items.Add(item);
            else
                result.Add(step, [item]);
        }

        return result;
    }

    private enum Change
    {
        None,
        Added,
        Modified,
        Removed,
    }

    /// <summary>One of the two documents at a place: absent, the zero value of its type, or a value.</summary>
    private readonly struct Side
    {
        private readonly State _state;

        public Side(JsonElement element)
        {
            Element = element;
            _state = State.Value;
        }

        private Side(State state) => _state = state;

        private enum State
        {
            Absent,
            Shell,
            Value,
        }

        public static Side Absent => new(State.Absent);

        public static Side Shell => new(State.Shell);

        public JsonElement Element { get; }

        public bool IsPresent => _state != State.Absent;

        public bool IsShell => _state == State.Shell;

        public bool HasValue => _state == State.Value;

        public bool IsObject => _state == State.Value && Element.ValueKind == JsonValueKind.Object;

        public bool IsBare => _state != State.Value || PlaceKind.IsBare(Element);
    }

    /// <summary>
    /// Finds members of an object by name, for the members of another one in turn. Both nearly always have them in the same order, so the next one is
    /// tried first; where it is another, it is searched, in constant time where there are many.
    /// </summary>
    private struct MemberLookup(Side side)
    {
        private const int FewMembers = 24;

        private readonly bool _isObject = side.IsObject;
        private JsonElement.ObjectEnumerator _next = side.IsObject ? side.Element.EnumerateObject() : default;
        private bool _waits;
        private Dictionary<string, JsonElement>? _index;

        public bool Find(JsonProperty property, out JsonElement value)
        {
            value = default;
            if (!_isObject)
                return false;
            _waits = _waits || _next.MoveNext();
            if (_waits && JsonMarshal.GetRawUtf8PropertyName(_next.Current).SequenceEqual(JsonMarshal.GetRawUtf8PropertyName(property)))
            {
                value = _next.Current.Value;
                _waits = false;
                return true;
            }

            // A member that is not here at all leaves the next one waiting for its turn.
            var found = Search(property.Name, out value);
            _waits &= !found;
            return found;
        }

        private bool Search(string name, out JsonElement value)
        {
            if (side.Element.GetPropertyCount() <= FewMembers)
                return side.Element.TryGetProperty(name, out value);
            if (_index is null)
            {
                _index = new(StringComparer.Ordinal);
                foreach (var property in side.Element.EnumerateObject())
                    _index[property.Name] = property.Value;
            }

            return _index.TryGetValue(name, out value);
        }
    }

    /// <summary>The changes among the steps of one level.</summary>
    private struct ComparisonLevel
    {
        public List<FieldSetEntry>? Added;
        public List<FieldSetEntry>? Modified;
        public List<FieldSetEntry>? Removed;

        public void Add(PathElement step, Change change, in ComparisonLevel below)
        {
            Put(ref Added, step, change == Change.Added, below.Added);
            Put(ref Modified, step, change == Change.Modified, below.Modified);
            Put(ref Removed, step, change == Change.Removed, below.Removed);
        }

        private static void Put(ref List<FieldSetEntry>? entries, PathElement step, bool isMember, List<FieldSetEntry>? below)
        {
            if (isMember || below is not null)
                (entries ??= []).Add(new(step, isMember, below is null ? null : FieldSet.From(below)));
        }
    }
}
