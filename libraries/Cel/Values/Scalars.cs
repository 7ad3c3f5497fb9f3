using System.Text;

namespace Platform.Cel.Values;

/// <summary><c>null</c>.</summary>
public sealed class CelNull : CelValue
{
    /// <summary>The one null.</summary>
    public static CelNull Instance { get; } = new();

    /// <inheritdoc />
    public override CelType Type => CelType.Null;
}

/// <summary>True or false.</summary>
public sealed class CelBool : CelValue
{
    private CelBool(bool value) => Value = value;

    /// <summary>True.</summary>
    public static CelBool True { get; } = new(true);

    /// <summary>False.</summary>
    public static CelBool False { get; } = new(false);

    /// <summary>The value.</summary>
    public bool Value { get; }

    /// <inheritdoc />
    public override CelType Type => CelType.Bool;

    /// <summary>One of the two.</summary>
    public static CelBool Of(bool value) => value ? True : False;
}

/// <summary>A signed number.</summary>
public sealed class CelInt(long value) : CelValue
{
    /// <summary>The value.</summary>
    public long Value { get; } = value;

    /// <inheritdoc />
    public override CelType Type => CelType.Int;
}

/// <summary>An unsigned number.</summary>
public sealed class CelUint(ulong value) : CelValue
{
    /// <summary>The value.</summary>
    public ulong Value { get; } = value;

    /// <inheritdoc />
    public override CelType Type => CelType.Uint;
}

/// <summary>A floating-point number.</summary>
public sealed class CelDouble(double value) : CelValue
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;

    /// <inheritdoc />
    public override CelType Type => CelType.Double;
}

/// <summary>A text.</summary>
public sealed class CelString(string value) : CelValue
{
    private int _length = -1;

    /// <summary>The value.</summary>
    public string Value { get; } = value;

    /// <inheritdoc />
    public override CelType Type => CelType.String;

    /// <summary>Number of code points.</summary>
    public int Length => _length >= 0 ? _length : _length = Count(Value);

    internal override ulong CostSize => (ulong)Length;

    private static int Count(string value)
    {
        if (!value.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
            return value.Length;
        var count = 0;
        foreach (var _ in value.EnumerateRunes())
            count++;
        return count;
    }
}

/// <summary>A sequence of bytes.</summary>
public sealed class CelBytes(byte[] value) : CelValue
{
    /// <summary>The value, not to be changed.</summary>
    public byte[] Value { get; } = value;

    /// <inheritdoc />
    public override CelType Type => CelType.Bytes;

    internal override ulong CostSize => (ulong)Value.Length;

    internal static CelBytes Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}

/// <summary>A type as a value.</summary>
public sealed class CelTypeValue(CelType value) : CelValue
{
    /// <summary>The type that it is.</summary>
    public CelType Value { get; } = value;

    /// <inheritdoc />
    public override CelType Type => CelType.Type;
}

/// <summary>A value or none.</summary>
public sealed class CelOptional : CelValue
{
    private CelOptional(CelValue? value) => Value = value;

    /// <summary>No value.</summary>
    public static CelOptional None { get; } = new(null);

    /// <summary>The value; null where there is none.</summary>
    public CelValue? Value { get; }

    /// <inheritdoc />
    public override CelType Type { get; } = CelType.Optional(CelType.Dyn);

    /// <summary>A value that is there.</summary>
    public static CelOptional Of(CelValue value) => new(value);
}

/// <summary>A value of a function library's own type.</summary>
/// <param name="type">Its type.</param>
/// <param name="value">What the library keeps; compared with <see cref="object.Equals(object)"/>.</param>
public sealed class CelOpaque(CelType type, object value) : CelValue
{
    /// <inheritdoc />
    public override CelType Type { get; } = type;

    /// <summary>What the library keeps.</summary>
    public object Value { get; } = value;

    internal override ulong CostSize => Value is ISized sized ? sized.Size : 1;
}

/// <summary>A library's value that functions go through.</summary>
public interface ISized
{
    /// <summary>How large it counts.</summary>
    ulong Size { get; }
}

/// <summary>An evaluation that failed; operators and functions hand it on, and <c>&amp;&amp;</c>, <c>||</c> and <c>?:</c> may absorb it.</summary>
public sealed class CelError(string message) : CelValue
{
    /// <summary>What failed, in cel-go's words.</summary>
    public string Message { get; } = message;

    /// <inheritdoc />
    public override CelType Type => CelType.Error;

    internal static CelError NoOverload { get; } = new("no such overload");

    internal static CelError IntOverflow { get; } = new("integer overflow");

    internal static CelError UintOverflow { get; } = new("unsigned integer overflow");

    internal static CelError NoKey(string key) => new($"no such key: {key}");
}
