using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;

namespace Platform.Storage.Etcd;

/// <summary>
/// Where causes and history are kept: <c>/platform/history{key}\0{time}{type}{unique}</c>, one entry per commit, written in its transaction.
/// So the entry has the commit's revision as its own, arrives in the same watch response, and is not touched by compaction. An update or
/// deletion is unique by the revision it replaced, a creation by chance. Time and type are in the key so that old
/// entries are found without reading values.
/// </summary>
internal static class HistoryKeys
{
    public const string Prefix = "/platform/history";
    private const char Separator = '\0';
    private const char MinorUpdate = 'm';
    private const int TimeDigits = 12; // hexadecimal, milliseconds since 1970

    /// <summary>Bytes of the prefix, to recognise entries without decoding their keys.</summary>
    public static ReadOnlySpan<byte> PrefixBytes => "/platform/history/"u8;

    /// <summary>A new entry's key.</summary>
    public static string For(string key, StorageEventType type, Cause cause, long replaced)
    {
        var unique = type == StorageEventType.Created ? RandomNumberGenerator.GetHexString(16, lowercase: true) : replaced.ToString("x", CultureInfo.InvariantCulture);
        return $"{Prefix}{key}{Separator}{cause.At.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture)}{(cause.Minor ? MinorUpdate : Letter(type))}{unique}";
    }

    /// <summary>All entries of a key lie from here ...</summary>
    public static ByteString First(string key) => ByteString.CopyFromUtf8($"{Prefix}{key}{Separator}");

    /// <summary>... to before here.</summary>
    public static ByteString End(string key) => ByteString.CopyFromUtf8($"{Prefix}{key}\u0001");

    /// <summary>Reads an entry's key; null where it is none.</summary>
    public static (string Key, DateTimeOffset At, bool Deletion, bool Minor)? Parse(ByteString entry)
    {
        var text = entry.ToStringUtf8();
        var separator = text.LastIndexOf(Separator);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || separator < 0 || text.Length < separator + 1 + TimeDigits + 1)
            return null;
        var time = text.AsSpan(separator + 1, TimeDigits);
        if (!long.TryParse(time, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at))
            return null;
        var letter = text[separator + 1 + TimeDigits];
        return (text[Prefix.Length..separator], DateTimeOffset.FromUnixTimeMilliseconds(at), letter == Letter(StorageEventType.Deleted), letter == MinorUpdate);
    }

    private static char Letter(StorageEventType type) => type switch
    {
        StorageEventType.Created => 'c',
        StorageEventType.Updated => 'u',
        _ => 'd',
    };
}
