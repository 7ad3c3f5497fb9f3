namespace Platform.Cel;

/// <summary>What sort of type a <see cref="CelType"/> is.</summary>
public enum CelKind
{
    /// <summary>Known only when evaluated.</summary>
    Dyn,

    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Signed, 64 bits.</summary>
    Int,

    /// <summary>Unsigned, 64 bits.</summary>
    Uint,

    /// <summary>Floating point, 64 bits.</summary>
    Double,

    /// <summary>Text, a sequence of code points.</summary>
    String,

    /// <summary>Sequence of bytes.</summary>
    Bytes,

    /// <summary>A moment, to the nanosecond.</summary>
    Timestamp,

    /// <summary>A span of time in nanoseconds.</summary>
    Duration,

    /// <summary>List of items of one type.</summary>
    List,

    /// <summary>Map from keys of one type to values of one type.</summary>
    Map,

    /// <summary>Object with declared fields.</summary>
    Object,

    /// <summary>A value or none.</summary>
    Optional,

    /// <summary>A type as a value.</summary>
    Type,

    /// <summary>A type of a function library, such as a URL.</summary>
    Opaque,

    /// <summary>Type parameter in a function's declaration, or one that is yet to be inferred.</summary>
    Parameter,

    /// <summary>Type of an expression that was found wrong.</summary>
    Error,
}
