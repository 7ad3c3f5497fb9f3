using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Proxying;

/// <summary>Why a webhook or extension server could not be asked, in the words that operators know from upstream.</summary>
internal static class BackendFailure
{
    /// <summary>Longest part of a foreign answer that goes into a message, in bytes.</summary>
    public const int MessageBytes = 2 * 1024;

    /// <summary>What went wrong with a request that got no answer.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        OperationCanceledException or TimeoutException => "context deadline exceeded",
        HttpRequestException { InnerException: ApiException refused } => refused.Message,
        ApiException refused => refused.Message,
        HttpRequestException { InnerException: AuthenticationException tls } => "tls: failed to verify certificate: " + tls.Message,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } e => $"dial tcp {Address(e)}connect: connection refused",
        HttpRequestException { InnerException: SocketException socket } e => $"dial tcp {Address(e)}{socket.Message}",
        HttpRequestException { InnerException: { } inner } => inner.Message,
        _ => failure.Message,
    };

    /// <summary>What an answer says that is not the one that was hoped for.</summary>
    public static string Describe(int code, ReadOnlySpan<byte> body)
    {
        if (StatusOf(body) is { Message.Length: > 0 } status)
            return status.Message;
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MessageBytes)]).Trim();
        return code switch
        {
            401 => "the server has asked for the client to provide credentials",
            403 => text,
            404 => "the server could not find the requested resource",
            405 => "the server does not allow this method on the requested resource",
            429 => "the server has received too many requests and has asked us to try again later",
            503 => "the server is currently unable to handle the request",
            504 => "the server was unable to return a response in the time allotted, but may still be processing the request",
            >= 500 => $"an error on the server (\"{text}\") has prevented the request from succeeding",
            _ => string.Create(CultureInfo.InvariantCulture, $"the server responded with the status code {code} but did not return more information"),
        };
    }

    private static Status? StatusOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var status = body.Length == 0 ? null : ApiJson.Decode<Status>(body);
            return status is { Kind: "Status" } and not { StatusValue: "Success" } ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The framework puts the address at the end of its message: "Connection refused (host:port)".
    private static string Address(HttpRequestException failure)
    {
        var open = failure.Message.LastIndexOf('(');
        return open >= 0 && failure.Message.EndsWith(')') ? failure.Message[(open + 1)..^1] + ": " : "";
    }
}
