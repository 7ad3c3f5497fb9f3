namespace Platform.NodeAgent.Probes;

/// <summary>Asks a server for its health by gRPC's health protocol. The two messages are small enough to be written by hand.</summary>
internal static class GrpcProbe
{
    private const byte ServiceField = (1 << 3) | 2; // field 1, length-delimited
    private const byte StatusField = 1 << 3; // field 1, number
    private const byte Serving = 1;

    public static async Task<ProbeResult> CheckAsync(string host, int port, string service, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });
        var name = System.Text.Encoding.UTF8.GetBytes(service);
        // A gRPC message has a prefix: not compressed, and its length in four bytes.
        byte[] body = name.Length == 0 ? [0, 0, 0, 0, 0] : [0, 0, 0, 0, (byte)(name.Length + 2), ServiceField, (byte)name.Length, .. name];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{host}:{port}/grpc.health.v1.Health/Check")
        {
            Version = new(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        using var response = await client.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var healthy = answer.Length >= 7 && answer[5] == StatusField && answer[6] == Serving;
        return healthy ? ProbeResult.Ok : ProbeResult.Failed($"service unhealthy (responded with status {(int)response.StatusCode})");
    }
}
