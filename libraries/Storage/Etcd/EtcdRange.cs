using Google.Protobuf;

namespace Platform.Storage.Etcd;

/// <summary>etcd's ranges are half open and end before a key; the single byte 0 as the end means: no end.</summary>
internal static class EtcdRange
{
    private const byte LastByte = 0xFF;

    /// <summary>The first key after all that start with a prefix.</summary>
    public static ByteString EndOfPrefix(ByteString prefix)
    {
        var bytes = prefix.ToByteArray();
        for (var last = bytes.Length - 1; last >= 0; last--)
        {
            if (bytes[last] == LastByte)
                continue;
            bytes[last]++;
            return ByteString.CopyFrom(bytes.AsSpan(0, last + 1));
        }

        return ByteString.CopyFrom(0);
    }
}
