using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// The body of an answer that is written piece by piece. What is smaller than the bound for compression is held until it is complete, and sent with
/// its length; anything larger begins when the bound is reached, compressed where the client accepts that, and is sent as it grows. It is gathered in
/// memory of its own and handed over in complete pieces, for the same reason as in <see cref="EventBuffer"/>.
/// </summary>
internal sealed class AnswerBody(HttpContext http, string contentType) : IBufferWriter<byte>, IDisposable
{
    /// <summary>Bytes from which on an answer is compressed: upstream's bound.</summary>
    public const int CompressionBytes = 128 * 1024;

    /// <summary>Bytes that are gathered before they are handed to the connection.</summary>
    public const int FlushBytes = 64 * 1024;

    private const int SmallestRent = 4 * 1024;

    private static readonly StreamPipeWriterOptions CompressorOptions = new(minimumBufferSize: FlushBytes, leaveOpen: true);

    private byte[] _gathered = [];
    private int _count;
    private PipeWriter? _output;
    private GZipStream? _compressor;

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
        var compress = length >= CompressionBytes && AcceptsGzip(http.Request);
        if (!compress)
            http.Response.ContentLength = length;
        return BeginAsync(compress);
    }

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed > _gathered.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(SmallestRent, _gathered.Length * 2)));
            _gathered.AsSpan(0, _count).CopyTo(larger);
            Dispose();
            _gathered = larger;
        }
        return _gathered.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Hands on what has been written, when there is enough of it. False where the client has gone.</summary>
    public ValueTask<bool> StepAsync() => _count < (_output is null ? CompressionBytes : FlushBytes) ? new(true) : SendAsync();

    /// <summary>Sends what is left.</summary>
    public async ValueTask EndAsync()
    {
        if (_output is null)
            await BeginAsync(_count);
        await SendAsync();
        if (_compressor is null)
            return;
        await _output!.CompleteAsync();
        await _compressor.DisposeAsync();
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    public void Dispose()
    {
        if (_gathered.Length > 0)
            ArrayPool<byte>.Shared.Return(_gathered);
        _gathered = [];
    }

    private async ValueTask<bool> SendAsync()
    {
        if (_output is null)
            await BeginAsync(AcceptsGzip(http.Request));
        var result = await _output!.WriteAsync(_gathered.AsMemory(0, _count), http.RequestAborted);
        _count = 0;
        return !result.IsCompleted;
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
        await response.StartAsync(http.RequestAborted);
        if (compress)
            _compressor = new GZipStream(response.BodyWriter.AsStream(leaveOpen: true), CompressionLevel.Fastest, leaveOpen: true);
        _output = _compressor is null ? response.BodyWriter : PipeWriter.Create(_compressor, CompressorOptions);
    }
}
