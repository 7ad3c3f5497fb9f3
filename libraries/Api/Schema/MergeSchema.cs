using System.Text.Json;

namespace Platform.Api.Schema;

/// <summary>How a place in a document is merged and owned.</summary>
public enum MergeShape
{
    /// <summary>Text, number or boolean: one owner, replaced as a whole.</summary>
    Scalar,

    /// <summary>A list that is replaced as a whole.</summary>
    AtomicList,

    /// <summary>A list of different scalars, each of which has its own owners.</summary>
    SetList,

    /// <summary>A list of objects found by the values of their keys.</summary>
    MapList,

    /// <summary>A map or object that is replaced as a whole.</summary>
    AtomicMap,

    /// <summary>A map or object that is merged member by member.</summary>
    Map,

    /// <summary>
    /// Nothing is declared: objects are merged member by member, lists and scalars are replaced as a whole.
    /// </summary>
    Deduced,
}

/// <summary>What a scalar's value may be.</summary>
public enum ScalarType
{
    /// <summary>Any of them.</summary>
    Any,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>
/// A place in a document as server-side apply, managedFields and list merging see it, wherever the declaration comes from: the built-in types
/// (<see cref="Of(TypeSchema)"/>) or the structural schema of a custom resource. Immutable; may refer to itself.
/// </summary>
public abstract class MergeSchema
{
    /// <summary>A place of which nothing is declared.</summary>
    public static MergeSchema Deduced { get; } = new DeducedSchema(MergeShape.Deduced);

    /// <summary>A scalar without more to say.</summary>
    public static MergeSchema Scalar { get; } = new DeducedSchema(MergeShape.Scalar);

    /// <summary>How the place is merged.</summary>
    public abstract MergeShape Shape { get; }

    /// <summary>For <see cref="MergeShape.Scalar"/>: what its value may be.</summary>
    public virtual ScalarType ScalarType => ScalarType.Any;

    /// <summary>Whether the place is a list of any kind.</summary>
    public bool IsList => Shape is MergeShape.AtomicList or MergeShape.SetList or MergeShape.MapList;

    /// <summary>For <see cref="MergeShape.MapList"/>: names of the item's fields that identify it; otherwise empty.</summary>
    public virtual IReadOnlyList<string> Keys => [];

    /// <summary>For lists: what an item is. For maps: what the value of a member is that is not a declared field; null where there may be none.</summary>
    public virtual MergeSchema? Item => null;

    /// <summary>For <see cref="MergeShape.MapList"/>: the value that an item has for a key which it leaves out; null where it must not.</summary>
    public virtual JsonElement? KeyDefault(string key) => null;

    /// <summary>For maps and objects: a declared field; null where none of that name is declared (<see cref="Item"/> may still allow it).</summary>
    public virtual MergeSchema? Field(string name) => null;

    /// <summary>
    /// Whether an object of the type always has the field on the wire of the upstream implementation, even in its zero value, because it is held by
    /// value there. Such a field's mere presence belongs to nobody: a create owns what is in it, and not the empty shell.
    /// </summary>
    public virtual bool IsAlwaysPresent(string field) => false;

    /// <summary>The view of a built-in type.</summary>
    public static MergeSchema Of(TypeSchema type) => TypeMergeSchema.Of(type);

    /// <summary>A scalar whose value is of a type.</summary>
    public static MergeSchema ScalarOf(ScalarType type) => type switch
    {
        ScalarType.Text => Text,
        ScalarType.Number => Number,
        ScalarType.Boolean => Boolean,
        _ => Scalar,
    };

    private static readonly DeducedSchema Text = new(MergeShape.Scalar, ScalarType.Text);
    private static readonly DeducedSchema Number = new(MergeShape.Scalar, ScalarType.Number);
    private static readonly DeducedSchema Boolean = new(MergeShape.Scalar, ScalarType.Boolean);

    private sealed class DeducedSchema(MergeShape shape, ScalarType type = ScalarType.Any) : MergeSchema
    {
        public override MergeShape Shape => shape;

        public override ScalarType ScalarType => type;

        public override MergeSchema? Item => shape == MergeShape.Deduced ? this : null;
    }
}
