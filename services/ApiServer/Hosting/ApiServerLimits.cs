namespace Platform.ApiServer.Hosting;

/// <summary>Every bound of the server's edge, in one place.</summary>
internal static class ApiServerLimits
{
    /// <summary>Largest request body, in bytes: upstream's limit of 3 MiB.</summary>
    public const long RequestBodyBytes = 3 * 1024 * 1024;

    /// <summary>Longest request line, in bytes: label selectors can be long.</summary>
    public const int RequestLineBytes = 128 * 1024;

    /// <summary>All headers of a request together, in bytes.</summary>
    public const int RequestHeaderBytes = 256 * 1024;

    /// <summary>Requests of exempt priority that are worked on at once: they wait for nobody, but memory has an end for them too.</summary>
    public const int ExemptRequestsInFlight = 2_000;

    /// <summary>Watches, logs and tunnels that are open at once.</summary>
    public const int LongRunningInFlight = 50_000;

    /// <summary>When a client that was refused for overload should come back.</summary>
    public static readonly TimeSpan OverloadRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>When a client should come back after the store could not be reached.</summary>
    public static readonly TimeSpan StorageRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Connections that are open at once.</summary>
    public const int Connections = 20_000;

    /// <summary>HTTP/2 streams on one connection: upstream's default.</summary>
    public const int StreamsPerConnection = 250;

    /// <summary>After so much silence an HTTP/2 peer is asked whether it is still there.</summary>
    public static readonly TimeSpan KeepAlivePingDelay = TimeSpan.FromSeconds(30);
}
