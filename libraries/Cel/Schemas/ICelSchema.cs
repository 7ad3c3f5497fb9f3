namespace Platform.Cel.Schemas;

/// <summary>A schema as far as types of expressions are made from it: OpenAPI's words, whichever document they come from.</summary>
public interface ICelSchema
{
    /// <summary><c>object</c>, <c>array</c>, <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, or empty.</summary>
    string Type { get; }

    /// <summary><c>byte</c>, <c>date</c>, <c>date-time</c>, <c>duration</c> and others, or empty.</summary>
    string Format { get; }

    /// <summary>Schema of an array's items.</summary>
    ICelSchema? Items { get; }

    /// <summary>Schema of a map's values; null where fields are declared instead.</summary>
    ICelSchema? AdditionalProperties { get; }

    /// <summary>Declared fields by their name in the document.</summary>
    IEnumerable<KeyValuePair<string, ICelSchema>> Properties { get; }

    /// <summary>Whether a field must be there.</summary>
    bool IsRequired(string property);

    /// <summary>Whether the server fills in a default.</summary>
    bool HasDefault { get; }

    /// <summary>Most items.</summary>
    long? MaxItems { get; }

    /// <summary>Most code points.</summary>
    long? MaxLength { get; }

    /// <summary>Most entries.</summary>
    long? MaxProperties { get; }

    /// <summary>Length in bytes of the longest text that the schema enumerates; null where it enumerates none.</summary>
    long? LongestEnum { get; }

    /// <summary>Whether it is a number or a text (<c>x-kubernetes-int-or-string</c>).</summary>
    bool IsIntOrString { get; }

    /// <summary>Whether it is an object of the API in itself (<c>x-kubernetes-embedded-resource</c>).</summary>
    bool IsEmbeddedResource { get; }

    /// <summary>How a list is merged.</summary>
    CelListKind ListKind { get; }

    /// <summary>Fields that identify an item.</summary>
    IReadOnlyList<string> ListKeys { get; }
}
