using System.Text.Json.Serialization;

namespace Platform.Api;

/// <summary>
/// An amount of a resource: <c>100m</c> CPU, <c>1.5Gi</c> memory, <c>12e6</c>. It is held as a whole number of nanos, the smallest unit the
/// API knows, so that comparing and adding are exact; two spellings of one amount are equal. What is finer than a nano is rounded away from
/// zero, and what is larger than 2^63-1 is capped, as the API conventions say.
/// </summary>
[JsonConverter(typeof(QuantityConverter))]
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    private static readonly Int128 NanosPerUnit = 1_000_000_000;
    private readonly Int128 _nanos;

    /// <summary>Parses an amount.</summary>
    /// <exception cref="FormatException">The text is not a quantity; the message is upstream's.</exception>
    public Quantity(string text)
        : this(0, QuantityFormat.DecimalSI)
    {
        if (QuantityText.TryParse(text, out this) is { } error)
            throw new FormatException(error);
    }

    /// <summary>A whole amount.</summary>
    /// <param name="value">Whole units.</param>
    /// <param name="format">How it is written.</param>
    public Quantity(long value, QuantityFormat format = QuantityFormat.DecimalSI)
        : this(value * NanosPerUnit, format)
    {
    }

    internal Quantity(Int128 nanos, QuantityFormat format)
    {
        _nanos = nanos;
        Format = format;
    }

    /// <summary>Nothing, written <c>0</c>.</summary>
    public static Quantity Zero => default;

    /// <summary>The family of suffixes that the amount is written with.</summary>
    public QuantityFormat Format { get; }

    /// <summary>The amount in canonical text.</summary>
    public string Text => ToString();

    /// <summary>Whole units, rounded away from zero.</summary>
    public long Value => ScaledTo(NanosPerUnit);

    /// <summary>Thousandths, rounded away from zero; the largest or smallest number where they do not fit.</summary>
    public long MilliValue => ScaledTo(1_000_000);

    /// <summary>Billionths; exact.</summary>
    public Int128 Nanos => _nanos;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Int128.Sign(_nanos);

    /// <summary>Whether the amount is nothing.</summary>
    public bool IsZero => _nanos == 0;

    /// <summary>An amount given in thousandths, as CPU usually is.</summary>
    public static Quantity FromMilli(long milli) => new((Int128)milli * 1_000_000, QuantityFormat.DecimalSI);

    /// <summary>An amount of bytes, written with binary suffixes.</summary>
    public static Quantity FromBytes(long bytes) => new(bytes, QuantityFormat.BinarySI);

    /// <summary>Parses an amount.</summary>
    /// <exception cref="FormatException">The text is not a quantity; the message is upstream's.</exception>
    public static Quantity Parse(string text) => new(text);

    /// <summary>Parses an amount; false where the text is not one.</summary>
    public static bool TryParse(string? text, out Quantity value) => QuantityText.TryParse(text, out value) is null;

    /// <summary>The sum, in the left amount's format unless that is nothing.</summary>
    public static Quantity operator +(Quantity left, Quantity right) => new(left._nanos + right._nanos, left.IsZero ? right.Format : left.Format);

    /// <summary>The difference, in the left amount's format unless that is nothing.</summary>
    public static Quantity operator -(Quantity left, Quantity right) => new(left._nanos - right._nanos, left.IsZero ? right.Format : left.Format);

    /// <summary>The amount with the other sign.</summary>
    public static Quantity operator -(Quantity value) => new(-value._nanos, value.Format);

    /// <summary>Whether the amounts are the same, however written.</summary>
    public static bool operator ==(Quantity left, Quantity right) => left._nanos == right._nanos;

    /// <summary>Whether the amounts differ.</summary>
    public static bool operator !=(Quantity left, Quantity right) => left._nanos != right._nanos;

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Quantity left, Quantity right) => left._nanos < right._nanos;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Quantity left, Quantity right) => left._nanos > right._nanos;

    /// <summary>Whether the left amount is not larger.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left._nanos <= right._nanos;

    /// <summary>Whether the left amount is not smaller.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left._nanos >= right._nanos;

    /// <summary>A text is the amount that it spells.</summary>
    public static implicit operator Quantity(string text) => new(text);

    /// <inheritdoc />
    public bool Equals(Quantity other) => _nanos == other._nanos;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _nanos.GetHashCode();

    /// <inheritdoc />
    public int CompareTo(Quantity other) => _nanos.CompareTo(other._nanos);

    /// <summary>The amount in canonical text: the largest suffix that leaves a whole number.</summary>
    public override string ToString() => QuantityText.Format(_nanos, Format);

    /// <summary>The amount as a number, for ratios and display.</summary>
    public double ToDouble() => double.CreateSaturating(_nanos) / 1e9;

    private long ScaledTo(Int128 unit)
    {
        var (whole, rest) = Int128.DivRem(_nanos, unit);
        return long.CreateSaturating(rest == 0 ? whole : whole + Int128.Sign(_nanos));
    }
}

/// <summary>The family of suffixes that an amount is written with.</summary>
public enum QuantityFormat : byte
{
    /// <summary>Powers of a thousand: n, u, m, k, M, G, T, P, E.</summary>
    DecimalSI,

    /// <summary>Powers of 1,024: Ki, Mi, Gi, Ti, Pi, Ei.</summary>
    BinarySI,

    /// <summary>A decimal exponent: <c>12e6</c>.</summary>
    DecimalExponent,
}
