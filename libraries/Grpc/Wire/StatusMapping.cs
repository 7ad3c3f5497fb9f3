using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Platform.Grpc.Wire;

/// <summary>How HTTP's outcomes become gRPC's: trailers, statuses of proxies in between, stream resets and lost connections.</summary>
internal static class StatusMapping
{
    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";

    /// <summary>Throws unless the trailers say OK.</summary>
    public static void EnsureOk(HttpResponseHeaders trailers)
    {
        var metadata = new Metadata();
        foreach (var header in trailers)
            foreach (var value in header.Value)
                metadata.Add(header.Key, value);

        if (metadata.Value(StatusHeader) is not { } text)
            throw new RpcException(StatusCode.Internal, "the response ended without a status") { Trailers = metadata };
        var code = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((StatusCode)number)
            ? (StatusCode)number
            : StatusCode.Unknown;
        if (code != StatusCode.OK)
            throw new RpcException(code, PercentEncoding.Decode(metadata.Value(MessageHeader) ?? string.Empty)) { Trailers = metadata };
    }

    /// <summary>What an HTTP status other than 200 means: no gRPC server answered.</summary>
    public static StatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    /// <summary>True for what the transport throws.</summary>
    public static bool IsTransportFailure(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException or OperationCanceledException or ObjectDisposedException;

    /// <summary>The status of a call whose transport failed.</summary>
    public static RpcException FromTransport(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            if (cause is HttpProtocolException protocol)
                return new RpcException(FromReset(protocol.ErrorCode), protocol.Message, exception);

        return new RpcException(StatusCode.Unavailable, exception.GetBaseException().Message, exception);
    }

    // HTTP/2 error codes. A connection closed in order (NO_ERROR by GOAWAY) is a server that goes away: try again elsewhere.
    private static StatusCode FromReset(long errorCode) => errorCode switch
    {
        0x0 or 0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xB => StatusCode.ResourceExhausted,
        0xC => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };
}
