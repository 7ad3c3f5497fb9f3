using System.Collections;

namespace Platform.Grpc;

/// <summary>
/// Headers or trailers of a call, in order, names in lower case. A name ending in <c>-bin</c> carries bytes, which go over the wire as
/// base64; <see cref="Value(string)"/> gives that text, <see cref="Bytes"/> the bytes.
/// </summary>
public sealed class Metadata : IEnumerable<KeyValuePair<string, string>>
{
    private const string BinarySuffix = "-bin";
    private readonly List<KeyValuePair<string, string>> _entries = [];

    /// <summary>Appends an entry of text.</summary>
    public void Add(string name, string value) => _entries.Add(new(name.ToLowerInvariant(), value));

    /// <summary>Appends an entry of bytes; the name must end in <c>-bin</c>.</summary>
    public void Add(string name, ReadOnlySpan<byte> value)
    {
        if (!name.EndsWith(BinarySuffix, StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The name of a binary entry ends in {BinarySuffix}.", nameof(name));
        Add(name, Convert.ToBase64String(value));
    }

    /// <summary>The last value under a name, or null.</summary>
    public string? Value(string name) =>
        _entries.FindLast(entry => string.Equals(entry.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The last value under a name as bytes, or null. Peers may leave out base64's padding.</summary>
    public byte[]? Bytes(string name) =>
        Value(name) is { } text ? Convert.FromBase64String(text.TrimEnd('=').PadRight((text.TrimEnd('=').Length + 3) / 4 * 4, '=')) : null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
