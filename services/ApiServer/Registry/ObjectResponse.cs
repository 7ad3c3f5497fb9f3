using System.Buffers;
using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.Registry;

/// <summary>Writes single API objects as answers. They are given as JSON and sent in the encoding that the client asks for.</summary>
internal static class ObjectResponse
{
    public const string Json = "application/json";

    /// <summary>An object of any kind, in the encoding that the request accepts.</summary>
    public static Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> json) =>
        WriteAsync(http, status, json, ContentNegotiation.Of(http.Request, AnswerAbilities.Protobuf).Format);

    /// <summary>An object of any kind, in an encoding that has been decided.</summary>
    public static Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> json, AnswerFormat format)
    {
        var encoder = AnswerEncoder.Of(format);
        if (format == AnswerFormat.Json)
            return SendAsync(http, status, encoder.ContentType, json);
        var output = new ArrayBufferWriter<byte>(json.Length);
        encoder.WriteObject(output, json.Span);
        return SendAsync(http, status, encoder.ContentType, output.WrittenMemory);
    }

    /// <summary>A body that is encoded already; compressed where that is worth it and the client accepts it.</summary>
    public static async Task SendAsync(HttpContext http, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        response.StatusCode = status;
        if (body.Length >= AnswerBody.CompressionBytes && AnswerBody.AcceptsGzip(http.Request) && !HttpMethods.IsHead(http.Request.Method))
        {
            using var compressed = new AnswerBody(http, contentType);
            await compressed.BeginAsync(body.Length);
            compressed.Write(body.Span);
            await compressed.EndAsync();
            return;
        }
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        await response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
