using System.Globalization;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Runtime;
using Platform.Streaming.PortForward;
using Platform.Streaming.RemoteCommand;

namespace Platform.NodeAgent.Server;

/// <summary>
/// Exec, attach and port-forward: the client's side (SPDY or WebSocket, tunnelled by the API server) ends here and is connected with the address
/// that the runtime names for the session.
/// </summary>
internal sealed class SessionEndpoints(PodServices services, PodWorkers workers)
{
    public Task ExecAsync(HttpContext http, string ns, string pod, string container)
    {
        var command = http.Request.Query["command"].OfType<string>().ToList();
        return RunCommandAsync(http, ns, pod, container, SessionKind.Exec, command);
    }

    public Task AttachAsync(HttpContext http, string ns, string pod, string container) =>
        RunCommandAsync(http, ns, pod, container, SessionKind.Attach, []);

    public async Task PortForwardAsync(HttpContext http, string ns, string pod)
    {
        if (workers.Find(ns, pod) is not { } found)
        {
            await FailAsync(http, StatusCodes.Status404NotFound, $"pod does not exist: \"{ns}/{pod}\"");
            return;
        }

        var state = await services.Runtime.ObservePodAsync(found.Metadata.Uid!, http.RequestAborted);
        if (state.Sandbox is not { Ready: true } sandbox)
        {
            await FailAsync(http, StatusCodes.Status400BadRequest, $"pod \"{ns}/{pod}\" does not run");
            return;
        }

        var ports = http.Request.Query["port"].OfType<string>()
            .Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0).Where(p => p > 0).ToList();
        try
        {
            var url = await services.Runtime.OpenSessionAsync(new(SessionKind.PortForward, sandbox.Id) { Ports = ports }, http.RequestAborted);
            if (await PortForwardEndpoint.AcceptAsync(http) is not { } session)
                return;
            await using (session)
                await PortForwardClient.RunAsync(url, session, http.RequestAborted);
        }
        catch (RuntimeException e) when (!http.Response.HasStarted)
        {
            await FailAsync(http, StatusCodes.Status500InternalServerError, e.Message);
        }
    }

    private async Task RunCommandAsync(HttpContext http, string ns, string pod, string container, SessionKind kind, IReadOnlyList<string> command)
    {
        if (RemoteCommandOptions.FromQuery(http.Request.Query) is not { } options)
        {
            await FailAsync(http, StatusCodes.Status400BadRequest, "you must specify at least 1 of stdin, stdout, stderr");
            return;
        }

        if (workers.Find(ns, pod) is not { } found)
        {
            await FailAsync(http, StatusCodes.Status404NotFound, $"pod does not exist: \"{ns}/{pod}\"");
            return;
        }

        var (request, failure) = await PrepareAsync(found, container, kind, command, options, http.RequestAborted);
        if (request is null)
        {
            await FailAsync(http, StatusCodes.Status404NotFound, failure);
            return;
        }

        Uri? url = null;
        try
        {
            url = await services.Runtime.OpenSessionAsync(request, http.RequestAborted);
        }
        catch (RuntimeException e)
        {
            failure = e.Message;
        }

        if (await RemoteCommandEndpoint.AcceptAsync(http, options, services.Time) is not { } session)
            return;
        await using (session)
        {
            if (url is null)
                await session.CompleteAsync(RemoteCommandStatus.Failure(failure), http.RequestAborted);
            else
                await RemoteCommandClient.RunAsync(url, options, session, http.RequestAborted);
        }
    }

    private async Task<(SessionRequest? Request, string Failure)> PrepareAsync(
        Pod pod, string container, SessionKind kind, IReadOnlyList<string> command, RemoteCommandOptions options, CancellationToken cancellationToken)
    {
        var state = await services.Runtime.ObservePodAsync(pod.Metadata.Uid!, cancellationToken);
        if (state.Newest(container) is not { Phase: ContainerPhase.Running } running)
            return (null, $"container not found (\"{container}\")");
        return (new(kind, running.Id)
        {
            Command = command,
            Stdin = options.Stdin,
            Stdout = options.Stdout,
            Stderr = options.Stderr,
            Tty = kind == SessionKind.Attach ? ContainerOrder.Find(pod.Spec!, container)?.Tty == true : options.Tty,
        }, "");
    }

    private static Task FailAsync(HttpContext http, int code, string message)
    {
        http.Response.StatusCode = code;
        return http.Response.WriteAsync(message + "\n");
    }
}
