using System.Text.Json.Nodes;
using Platform.Cel.Values;

namespace Platform.Cel;

/// <summary>A value while an expression is evaluated. Values are immutable; those over JSON documents read them when asked and assume that they stay as they are.</summary>
public abstract class CelValue
{
    /// <summary>Type of the value, as <c>type(value)</c> gives it.</summary>
    public abstract CelType Type { get; }

    /// <summary>How large the value counts for the cost of functions that go through it: code points, bytes, items or entries; 1 for others.</summary>
    internal virtual ulong CostSize => 1;

    /// <summary>A value of a document, seen as the type says; with <see cref="CelType.Dyn"/> as what it is in JSON.</summary>
    public static CelValue From(JsonNode? node, CelType type) => JsonValues.From(node, type);

    /// <summary>A value of a document, seen as what it is in JSON.</summary>
    public static CelValue From(JsonNode? node) => JsonValues.From(node, CelType.Dyn);

    /// <summary>A text.</summary>
    public static CelValue From(string value) => new CelString(value);

    /// <summary>A number.</summary>
    public static CelValue From(long value) => new CelInt(value);

    /// <summary>True or false.</summary>
    public static CelValue From(bool value) => CelBool.Of(value);

    /// <summary>A list of texts.</summary>
    public static CelValue From(IEnumerable<string> values) => new CelArray([.. values.Select(v => (CelValue)new CelString(v))]);

    /// <summary>Whether the values are equal in the language: numbers by their mathematical value, lists and maps by their content.</summary>
    public static bool AreEqual(CelValue left, CelValue right) => Equality.Equal(left, right);
}
