namespace Platform.ApiServer.Registry;

/// <summary>Makes a name from <c>generateName</c>: the prefix, cut to fit, and five characters of upstream's alphabet, which cannot spell a word.</summary>
internal sealed class NameGenerator(Random random)
{
    public const int SuffixLength = 5;

    private const int MaximumLength = 63;
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    private readonly Lock _gate = new();

    public string From(string prefix)
    {
        Span<char> suffix = stackalloc char[SuffixLength];
        lock (_gate)
            random.GetItems(Alphabet, suffix);
        return string.Concat(prefix.AsSpan(0, Math.Min(prefix.Length, MaximumLength - SuffixLength)), suffix);
    }

    public string NewUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_gate)
            random.NextBytes(bytes);
        // Version 4, variant 1, as RFC 4122 wants a random one.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
