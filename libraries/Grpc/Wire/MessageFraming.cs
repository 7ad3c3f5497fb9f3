using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Platform.Grpc.Wire;

/// <summary>Messages on the wire: one byte that says whether the message is compressed (never, here), four of length, the message.</summary>
internal static class MessageFraming
{
    public const int HeaderSize = 5;

    public static byte[] Encode(IMessage message, int limit)
    {
        var size = message.CalculateSize();
        if (size > limit)
            throw new RpcException(StatusCode.ResourceExhausted, $"a message of {size} bytes exceeds the limit of {limit} bytes");
        var frame = new byte[HeaderSize + size];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), size);
        message.WriteTo(frame.AsSpan(HeaderSize));
        return frame;
    }

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="RpcException">ResourceExhausted where the message is too large, Internal where it is not a message.</exception>
    public static async ValueTask<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser, int limit, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        var header = ArrayPool<byte>.Shared.Rent(HeaderSize);
        int size;
        try
        {
            var read = await stream.ReadAtLeastAsync(header.AsMemory(0, HeaderSize), HeaderSize, throwOnEndOfStream: false, cancellationToken);
            if (read == 0)
                return null;
            if (read < HeaderSize)
                throw new RpcException(StatusCode.Internal, "the stream ended inside a message");
            size = SizeOf(header, limit);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, size));
        try
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken);
            if (read < size)
                throw new RpcException(StatusCode.Internal, "the stream ended inside a message");
            return parser.ParseFrom(buffer, 0, size);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new RpcException(StatusCode.Internal, $"not a {typeof(T).Name}: {exception.Message}", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int SizeOf(ReadOnlySpan<byte> header, int limit)
    {
        if (header[0] != 0)
            throw new RpcException(StatusCode.Internal, "the message is compressed, which was not offered");
        var size = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return size <= (uint)limit
            ? (int)size
            : throw new RpcException(StatusCode.ResourceExhausted, $"a message of {size} bytes exceeds the limit of {limit} bytes");
    }
}
