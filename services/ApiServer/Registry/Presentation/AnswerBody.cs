using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// The body of an answer that is written piece by piece. What is smaller than the bound for compression is held until it is complete, and sent with
/// its length; anything larger begins when the bound is reached, compressed where the client accepts that, and is flushed as it grows.
/// </summary>
internal sealed class AnswerBody(HttpContext http, string contentType) : IBufferWriter<byte>
{
    /// <summary>Bytes from which on an answer is compressed: upstream's bound.</summary>
    public const int CompressionBytes = 128 * 1024;

    /// <summary>Bytes that are gathered before they are handed to the connection.</summary>
    public const int FlushBytes = 64 * 1024;

    /// <summary>Bytes that the compressor is given at a time.</summary>
    private const int CompressionBlock = 32 * 1024;

    private static readonly StreamPipeWriterOptions CompressorOptions = new(minimumBufferSize: CompressionBlock, leaveOpen: true);

    private readonly ArrayBufferWriter<byte> _held = new();
    private PipeWriter? _output;
    private GZipStream? _compressor;
    private int _unflushed;

    /// <summary>Whether the client accepts compressed answers.</summary>
    public static bool AcceptsGzip(HttpRequest request)
    {
        var accepted = request.Headers.AcceptEncoding;
        if (accepted.Count == 0)
            return false;
        var text = accepted.ToString();
        foreach (var range in text.AsSpan().Split(','))
        {
            if (text.AsSpan()[range].Trim() is "gzip")
                return true;
        }
        return false;
    }

    /// <summary>Begins with a length that is known before.</summary>
    public ValueTask BeginAsync(long length)
    {
        if (length < CompressionBytes || !AcceptsGzip(http.Request))
            http.Response.ContentLength = length;
        return BeginAsync(compress: http.Response.ContentLength is null);
    }

    public void Advance(int count)
    {
        _unflushed += count;
        if (_output is null)
            _held.Advance(count);
        else
            _output.Advance(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _output is null ? _held.GetMemory(sizeHint) : _output.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _output is null ? _held.GetSpan(sizeHint) : _output.GetSpan(sizeHint);

    /// <summary>Hands on what has been written, when there is enough of it. False where the client has gone.</summary>
    public ValueTask<bool> StepAsync() => _unflushed < (_output is null ? CompressionBytes : FlushBytes) ? new(true) : FlushAsync();

    /// <summary>Sends what is left.</summary>
    public async ValueTask EndAsync()
    {
        if (_output is null)
            await BeginAsync(_held.WrittenCount);
        await FlushAsync();
        if (_compressor is null)
            return;
        await _output!.CompleteAsync();
        await _compressor.DisposeAsync();
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private async ValueTask<bool> FlushAsync()
    {
        if (_output is null)
            await BeginAsync(AcceptsGzip(http.Request));
        if (_held.WrittenCount > 0)
        {
            _output!.Write(_held.WrittenSpan);
            _held.Clear();
        }
        _unflushed = 0;
        return !(await _output!.FlushAsync(http.RequestAborted)).IsCompleted;
    }

    private async ValueTask BeginAsync(bool compress)
    {
        var response = http.Response;
        response.ContentType = contentType;
        if (compress)
        {
            response.Headers.ContentEncoding = "gzip";
            response.Headers.Append("Vary", "Accept-Encoding");
        }
        // Only a response that has begun hands out its own buffers.
        await response.StartAsync(http.RequestAborted);
        if (compress)
            _compressor = new GZipStream(response.BodyWriter.AsStream(leaveOpen: true), CompressionLevel.Fastest, leaveOpen: true);
        _output = _compressor is null ? response.BodyWriter : PipeWriter.Create(_compressor, CompressorOptions);
    }
}
