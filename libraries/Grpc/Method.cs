using Google.Protobuf;

namespace Platform.Grpc;

/// <summary>How many messages go each way.</summary>
public enum MethodType
{
    /// <summary>One request, one response.</summary>
    Unary,

    /// <summary>One request, any number of responses.</summary>
    ServerStreaming,

    /// <summary>Any number both ways, independently.</summary>
    Duplex,
}

/// <summary>Names a method of a service and how its messages are read. Shared by client and server.</summary>
/// <param name="Type">How many messages go each way.</param>
/// <param name="Service">Full name of the service, such as <c>runtime.v1.RuntimeService</c>.</param>
/// <param name="Name">Name of the method.</param>
/// <param name="RequestParser">Reads a request.</param>
/// <param name="ResponseParser">Reads a response.</param>
public sealed record Method<TRequest, TResponse>(
    MethodType Type, string Service, string Name, MessageParser<TRequest> RequestParser, MessageParser<TResponse> ResponseParser)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    /// <summary>Path of the HTTP request.</summary>
    public string Path { get; } = $"/{Service}/{Name}";
}
