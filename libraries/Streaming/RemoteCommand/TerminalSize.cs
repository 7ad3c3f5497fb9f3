using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Streaming.RemoteCommand;

/// <summary>Size of a terminal in characters. On the wire JSON objects one after the other.</summary>
public readonly record struct TerminalSize(ushort Width, ushort Height)
{
    private const int MaxEncoded = 1024; // bytes of one size

    internal byte[] Encode() => [.. JsonSerializer.SerializeToUtf8Bytes(this, TerminalSizeJson.Default.TerminalSize), (byte)'\n'];

    /// <summary>Null where the text is no size.</summary>
    internal static TerminalSize? Decode(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TerminalSizeJson.Default.TerminalSize);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The sizes in a stream, until it ends or turns out to be something else.</summary>
    internal static async IAsyncEnumerable<TerminalSize> ReadAllAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pending = new ArrayBufferWriter<byte>();
        var buffer = new byte[MaxEncoded];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            for (var i = 0; i < read; i++)
            {
                pending.Write(buffer.AsSpan(i, 1));
                if (pending.WrittenCount > MaxEncoded)
                    yield break;
                if (buffer[i] != (byte)'}')
                    continue; // sizes are flat objects
                if (Decode(pending.WrittenSpan) is not { } size)
                    yield break;
                pending.ResetWrittenCount();
                yield return size;
            }
        }
    }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(TerminalSize))]
internal sealed partial class TerminalSizeJson : JsonSerializerContext;
