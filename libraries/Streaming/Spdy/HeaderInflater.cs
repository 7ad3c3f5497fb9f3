using System.Buffers.Binary;
using System.IO.Compression;

namespace Platform.Streaming.Spdy;

/// <summary>
/// Decompresses the header blocks of one direction of a connection, which are one zlib stream cut at flush points. .NET cannot inflate with
/// a preset dictionary, but a dictionary is nothing else than text that was output before: the raw inflater is fed a stored block with
/// the dictionary first, and that output is thrown away.
/// </summary>
internal sealed class HeaderInflater : IDisposable
{
    private const int ZlibHeaderSize = 2;
    private const int DictionaryIdSize = 4;
    private const byte DictionaryFlag = 0x20;
    private const byte DeflateMethod = 8;

    private readonly FeedStream _input = new();
    private readonly DeflateStream _inflater;
    private bool _started;

    public HeaderInflater() => _inflater = new DeflateStream(_input, CompressionMode.Decompress);

    /// <summary>The next block.</summary>
    /// <exception cref="SpdyException">It is damaged or too large.</exception>
    public byte[] Inflate(ReadOnlyMemory<byte> compressed)
    {
        try
        {
            _input.Feed(_started ? compressed : Start(compressed));
            var block = new MemoryStream();
            var buffer = new byte[4096];
            while (_inflater.Read(buffer) is > 0 and var read)
            {
                block.Write(buffer, 0, read);
                if (block.Length > SpdyProtocol.MaxHeaderBlock)
                    throw new SpdyException("the headers are too large");
            }

            return block.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw new SpdyException("the headers cannot be decompressed", exception);
        }
    }

    public void Dispose() => _inflater.Dispose();

    private ReadOnlyMemory<byte> Start(ReadOnlyMemory<byte> compressed)
    {
        var bytes = compressed.Span;
        if (bytes.Length < ZlibHeaderSize || (bytes[0] & 0x0F) != DeflateMethod || BinaryPrimitives.ReadUInt16BigEndian(bytes) % 31 != 0)
            throw new SpdyException("the headers are not a zlib stream");
        _started = true;
        if ((bytes[1] & DictionaryFlag) == 0)
            return compressed[ZlibHeaderSize..];
        if (bytes.Length < ZlibHeaderSize + DictionaryIdSize
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[ZlibHeaderSize..]) != HeaderDictionary.Id)
            throw new SpdyException("the headers are compressed with an unknown dictionary");
        _input.Feed(StoredBlocks.Encode(HeaderDictionary.Bytes));
        _inflater.ReadExactly(new byte[HeaderDictionary.Bytes.Length]);
        return compressed[(ZlibHeaderSize + DictionaryIdSize)..];
    }

    /// <summary>Gives the inflater what it was fed, and "nothing more for now" behind it.</summary>
    private sealed class FeedStream : Stream
    {
        private ReadOnlyMemory<byte> _fed;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Feed(ReadOnlyMemory<byte> bytes) => _fed = bytes;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _fed.Length);
            _fed.Span[..count].CopyTo(buffer);
            _fed = _fed[count..];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
