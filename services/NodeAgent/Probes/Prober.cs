using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Probes;

/// <summary>Asks a container once: by a command, an HTTP request or a connection.</summary>
internal sealed class Prober(IContainerRuntime runtime, TimeProvider time) : IDisposable
{
    private const int MaxMessage = 1024;
    private const int MaxRedirects = 10;
    private const int FirstFailureCode = 400;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = true,
        MaxAutomaticRedirections = MaxRedirects,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.Zero, // every probe connects anew: an open connection proves nothing
        // A probe asks whether the server answers; whom its certificate names does not matter.
        SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks.</summary>
    /// <param name="probe">What to ask and how long to wait.</param>
    /// <param name="container">Declaration, for named ports.</param>
    /// <param name="containerId">The running container.</param>
    /// <param name="podIp">Address of the pod.</param>
    /// <param name="cancellationToken">Ends the attempt without a result.</param>
    public async Task<ProbeResult> ProbeAsync(Probe probe, Container container, string containerId, string podIp, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromSeconds(Math.Max(probe.TimeoutSeconds ?? 1, 1));
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (probe.Exec is { } exec)
                return await ExecAsync(exec.Command ?? [], containerId, timeout, both.Token);
            if (!runtime.HasNetwork)
                return ProbeResult.Ok;
            if (probe.HttpGet is { } http)
                return await HttpAsync(http, container, podIp, both.Token);
            if (probe.TcpSocket is { } tcp)
                return await TcpAsync(tcp.Host is { Length: > 0 } host ? host : podIp, PortOf(tcp.Port, container), both.Token);
            if (probe.Grpc is { } grpc)
                return await GrpcProbe.CheckAsync(podIp, grpc.Port ?? 0, grpc.Service ?? "", both.Token);
            return ProbeResult.Failed("missing probe handler");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ProbeResult.Failed($"probe timed out after {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or RuntimeException or TimeoutException or FormatException or IOException)
        {
            return ProbeResult.Failed(e.Message);
        }
    }

    /// <summary>A port's number, looked up by name in the container's declaration where it is a name.</summary>
    internal static int PortOf(IntOrString? port, Container container)
    {
        if (port is not { } value)
            throw new FormatException("no port is given");
        if (value.Text is null)
            return value.Number;
        return container.Ports?.FirstOrDefault(p => p.Name == value.Text)?.ContainerPortValue
            ?? (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw new FormatException($"couldn't find port: {value.Text}"));
    }

    internal async Task<ProbeResult> HttpAsync(HTTPGetAction action, Container container, string podIp, CancellationToken cancellationToken)
    {
        var host = action.Host is { Length: > 0 } given ? given : podIp;
        var scheme = (action.Scheme ?? "HTTP").ToLowerInvariant();
        var path = action.Path is { Length: > 0 } p ? p : "/";
        var authority = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        var url = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{authority}:{PortOf(action.Port, container)}{(path[0] == '/' ? "" : "/")}{path}");
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-probe/1.32");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.ConnectionClose = true;
        foreach (var header in action.HttpHeaders ?? [])
        {
            if (string.Equals(header.Name, "Host", StringComparison.OrdinalIgnoreCase))
                request.Headers.Host = header.Value;
            else
                request.Headers.TryAddWithoutValidation(header.Name!, header.Value);
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var code = (int)response.StatusCode;
        return code is >= (int)HttpStatusCode.OK and < FirstFailureCode
            ? ProbeResult.Ok
            : ProbeResult.Failed($"HTTP probe failed with statuscode: {code.ToString(CultureInfo.InvariantCulture)}");
    }

    private static async Task<ProbeResult> TcpAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(host, port, cancellationToken);
        return ProbeResult.Ok;
    }

    internal async Task<ProbeResult> ExecAsync(IReadOnlyList<string> command, string containerId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = await runtime.ExecAsync(containerId, command, timeout, cancellationToken);
        return result.ExitCode == 0 ? ProbeResult.Ok : ProbeResult.Failed(result.Output.Length > MaxMessage ? result.Output[..MaxMessage] : result.Output);
    }

    public void Dispose() => _http.Dispose();
}
