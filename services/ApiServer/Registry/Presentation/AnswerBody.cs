using System.IO.Compression;
using System.IO.Pipelines;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// The body of an answer that is written piece by piece. What is smaller than the bound for compression is held until it is complete, and sent with
/// its length; anything larger begins when the bound is reached, compressed where the client accepts that, and is sent as it grows.
/// </summary>
internal sealed class AnswerBody(HttpContext http, string contentType) : PooledBuffer
{
    /// <summary>Bytes from which on an answer is compressed: upstream's bound.</summary>
    public const int CompressionBytes = 128 * 1024;

    /// <summary>Bytes that are gathered before they are handed to the connection: with the object that exceeds them, they nearly always fit into one piece.</summary>
    public const int FlushBytes = 32 * 1024;

    private static readonly StreamPipeWriterOptions CompressorOptions = new(minimumBufferSize: FlushBytes, leaveOpen: true);

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

    /// <summary>Hands on what has been written, when there is enough of it. False where the client has gone.</summary>
    public ValueTask<bool> StepAsync() => Count < (_output is null ? CompressionBytes : FlushBytes) ? new(true) : SendAsync();

    /// <summary>Sends what is left.</summary>
    public async ValueTask EndAsync()
    {
        if (_output is null)
            await BeginAsync(Count);
        await SendAsync();
        if (_compressor is null)
            return;
        await _output!.CompleteAsync();
        await _compressor.DisposeAsync();
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private async ValueTask<bool> SendAsync()
    {
        if (_output is null)
            await BeginAsync(AcceptsGzip(http.Request));
        var result = await SendAsync(_output!, http.RequestAborted);
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
