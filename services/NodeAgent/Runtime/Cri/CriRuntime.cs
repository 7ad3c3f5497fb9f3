using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Platform.Cri;
using Platform.Grpc;
using Platform.NodeAgent.Images;

namespace Platform.NodeAgent.Runtime.Cri;

/// <summary>A container runtime that speaks the Container Runtime Interface: containerd, CRI-O.</summary>
internal sealed class CriRuntime(CriClient client) : IContainerRuntime, IDisposable
{
    /// <summary>Containers that have ended never change; their statuses are kept while the runtime lists them.</summary>
    private readonly ConcurrentDictionary<string, RuntimeContainer> _ended = new(StringComparer.Ordinal);

    private volatile string _name = "containerd";

    public async Task<RuntimeVersion> VersionAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync("Version", () => client.VersionAsync(new() { Version = "v1" }, cancellationToken));
        _name = answer.RuntimeName;
        return new(answer.RuntimeName, answer.RuntimeVersion.TrimStart('v').Split('~')[0]);
    }

    public async Task<RuntimeReadiness> ReadinessAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync("Status", () => client.StatusAsync(new(), cancellationToken));
        var runtime = answer.Status.Conditions.FirstOrDefault(c => c.Type == "RuntimeReady");
        var network = answer.Status.Conditions.FirstOrDefault(c => c.Type == "NetworkReady");
        return new(runtime?.Status == true, runtime?.Message ?? "", network?.Status == true, network?.Reason ?? "", network?.Message ?? "");
    }

    public async Task<IReadOnlyList<RuntimeItem>> ListAsync(CancellationToken cancellationToken)
    {
        var sandboxes = client.ListPodSandboxAsync(new(), cancellationToken);
        var containers = client.ListContainersAsync(new(), cancellationToken);
        var items = new List<RuntimeItem>();
        foreach (var sandbox in (await CallAsync("ListPodSandbox", () => sandboxes)).Items)
            items.Add(new(sandbox.Metadata.Uid, sandbox.Id, (int)sandbox.State));
        var listed = (await CallAsync("ListContainers", () => containers)).Containers;
        foreach (var container in listed)
            items.Add(new(container.Labels.TryGetValue(RuntimeLabels.PodUid, out var uid) ? uid : "", container.Id, (int)container.State));
        var ids = listed.Select(c => c.Id).ToHashSet();
        foreach (var id in _ended.Keys.Where(id => !ids.Contains(id)))
            _ended.TryRemove(id, out _);
        return items;
    }

    public async Task<IReadOnlyList<PodIdentity>> ListPodsAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync("ListPodSandbox", () => client.ListPodSandboxAsync(new(), cancellationToken));
        return [.. answer.Items.Select(s => new PodIdentity(s.Metadata.Namespace, s.Metadata.Name, s.Metadata.Uid)).Distinct()];
    }

    public async Task<PodRuntimeState> ObservePodAsync(string podUid, CancellationToken cancellationToken)
    {
        var sandboxRequest = new ListPodSandboxRequest { Filter = new() };
        sandboxRequest.Filter.LabelSelector.Add(RuntimeLabels.PodUid, podUid);
        var containerRequest = new ListContainersRequest { Filter = new() };
        containerRequest.Filter.LabelSelector.Add(RuntimeLabels.PodUid, podUid);
        var listSandboxes = client.ListPodSandboxAsync(sandboxRequest, cancellationToken);
        var listContainers = client.ListContainersAsync(containerRequest, cancellationToken);
        var sandboxes = await CallAsync("ListPodSandbox", () => listSandboxes);
        var containers = await CallAsync("ListContainers", () => listContainers);
        var sandboxStates = await Task.WhenAll(sandboxes.Items.Select(s => SandboxAsync(s.Id, cancellationToken)));
        var containerStates = await Task.WhenAll(containers.Containers.Select(c => ContainerAsync(c, cancellationToken)));
        return new(
            [.. sandboxStates.OfType<SandboxState>().OrderByDescending(s => s.Attempt).ThenByDescending(s => s.CreatedAt)],
            [.. containerStates.OfType<RuntimeContainer>().OrderByDescending(c => c.CreatedAt)]);
    }

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var events = client.GetContainerEventsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await CallAsync("GetContainerEvents", () => events.MoveNextAsync().AsTask()))
            yield return events.Current.PodSandboxStatus?.Metadata?.Uid ?? "";
    }

    public async Task<string> RunSandboxAsync(SandboxConfig config, CancellationToken cancellationToken)
    {
        var request = new RunPodSandboxRequest { Config = CriTranslation.Sandbox(config) };
        return (await CallAsync("RunPodSandbox", () => client.RunPodSandboxAsync(request, cancellationToken))).PodSandboxId;
    }

    public Task StopSandboxAsync(string id, CancellationToken cancellationToken) =>
        CallUnlessGoneAsync("StopPodSandbox", () => client.StopPodSandboxAsync(new() { PodSandboxId = id }, cancellationToken));

    public Task RemoveSandboxAsync(string id, CancellationToken cancellationToken) =>
        CallUnlessGoneAsync("RemovePodSandbox", () => client.RemovePodSandboxAsync(new() { PodSandboxId = id }, cancellationToken));

    public async Task<string> CreateContainerAsync(string sandboxId, ContainerConfig config, SandboxConfig sandbox, CancellationToken cancellationToken)
    {
        var request = new CreateContainerRequest
        {
            PodSandboxId = sandboxId,
            Config = CriTranslation.Container(config),
            SandboxConfig = CriTranslation.Sandbox(sandbox),
        };
        return (await CallAsync("CreateContainer", () => client.CreateContainerAsync(request, cancellationToken))).ContainerId;
    }

    public Task StartContainerAsync(string id, CancellationToken cancellationToken) =>
        CallAsync("StartContainer", () => client.StartContainerAsync(new() { ContainerId = id }, cancellationToken));

    public Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken) =>
        CallUnlessGoneAsync("StopContainer", () => client.StopContainerAsync(
            new() { ContainerId = id, Timeout = (long)Math.Ceiling(Math.Max(grace.TotalSeconds, 0)) }, cancellationToken));

    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken) =>
        CallUnlessGoneAsync("RemoveContainer", () => client.RemoveContainerAsync(new() { ContainerId = id }, cancellationToken));

    public Task ReopenLogAsync(string id, CancellationToken cancellationToken) =>
        CallAsync("ReopenContainerLog", () => client.ReopenContainerLogAsync(new() { ContainerId = id }, cancellationToken));

    public async Task<ExecResult> ExecAsync(string id, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new ExecSyncRequest { ContainerId = id, Timeout = (long)Math.Ceiling(timeout.TotalSeconds) };
        request.Cmd.AddRange(command);
        try
        {
            var answer = await client.ExecSyncAsync(request, cancellationToken);
            return new(answer.ExitCode, Encoding.UTF8.GetString(answer.Stdout.Span) + Encoding.UTF8.GetString(answer.Stderr.Span));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.DeadlineExceeded)
        {
            throw new TimeoutException($"command timed out after {timeout.TotalSeconds} s", e);
        }
        catch (RpcException e)
        {
            throw Translate(e);
        }
    }

    public async Task<Uri> OpenSessionAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        switch (request.Kind)
        {
            case SessionKind.Exec:
                var exec = new ExecRequest { ContainerId = request.Id, Tty = request.Tty, Stdin = request.Stdin, Stdout = request.Stdout, Stderr = request.Stderr };
                exec.Cmd.AddRange(request.Command);
                return new((await CallAsync("Exec", () => client.ExecAsync(exec, cancellationToken))).Url);
            case SessionKind.Attach:
                var attach = new AttachRequest { ContainerId = request.Id, Tty = request.Tty, Stdin = request.Stdin, Stdout = request.Stdout, Stderr = request.Stderr };
                return new((await CallAsync("Attach", () => client.AttachAsync(attach, cancellationToken))).Url);
            default:
                var forward = new PortForwardRequest { PodSandboxId = request.Id };
                forward.Port.AddRange(request.Ports);
                return new((await CallAsync("PortForward", () => client.PortForwardAsync(forward, cancellationToken))).Url);
        }
    }

    public async Task<NodeImage?> FindImageAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("ImageStatus", () => client.ImageStatusAsync(new() { Image = new() { Image = name } }, cancellationToken));
        return answer.Image is { Id.Length: > 0 } image ? CriTranslation.Image(image) : null;
    }

    public async Task<IReadOnlyList<NodeImage>> ListImagesAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync("ListImages", () => client.ListImagesAsync(new(), cancellationToken));
        return [.. answer.Images.Select(CriTranslation.Image)];
    }

    public async Task<string> PullImageAsync(string name, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        var request = new PullImageRequest { Image = new() { Image = name } };
        if (credentials is not null)
        {
            request.Auth = new()
            {
                Username = credentials.Username,
                Password = credentials.Password,
                Auth = credentials.Auth,
                ServerAddress = credentials.Server,
                IdentityToken = credentials.IdentityToken,
            };
        }

        return (await CallAsync("PullImage", () => client.PullImageAsync(request, cancellationToken))).ImageRef;
    }

    public void Dispose() => client.Dispose();

    private async Task<SandboxState?> SandboxAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.PodSandboxStatusAsync(new() { PodSandboxId = id }, cancellationToken);
            return CriTranslation.Sandbox(answer.Status);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null; // went away between list and status
        }
        catch (RpcException e)
        {
            throw Translate(e);
        }
    }

    private async Task<RuntimeContainer?> ContainerAsync(Platform.Cri.Container listed, CancellationToken cancellationToken)
    {
        if (_ended.TryGetValue(listed.Id, out var known))
            return known;
        try
        {
            var answer = await client.ContainerStatusAsync(new() { ContainerId = listed.Id }, cancellationToken);
            var state = CriTranslation.Container(answer.Status, listed.PodSandboxId, _name);
            if (state.Phase == ContainerPhase.Exited)
                _ended[state.Id] = state;
            return state;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
        catch (RpcException e)
        {
            throw Translate(e);
        }
    }

    private static async Task<T> CallAsync<T>(string method, Func<Task<T>> call)
    {
        using var span = NodeAgentTelemetry.StartRuntimeCall(method);
        try
        {
            return await call();
        }
        catch (RpcException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Detail);
            throw Translate(e);
        }
    }

    private static async Task CallUnlessGoneAsync<T>(string method, Func<Task<T>> call)
    {
        try
        {
            await CallAsync(method, call);
        }
        catch (RuntimeException e) when (e.Failure == RuntimeFailure.NotFound)
        {
            // Gone is what was wanted.
            Activity.Current?.AddEvent(new("already gone"));
        }
    }

    private static Exception Translate(RpcException e) => e.StatusCode switch
    {
        StatusCode.NotFound => new RuntimeException(RuntimeFailure.NotFound, e.Detail, e),
        StatusCode.Unavailable => new RuntimeException(RuntimeFailure.Unavailable, e.Detail, e),
        StatusCode.Unimplemented => new NotSupportedException(e.Detail, e),
        StatusCode.Cancelled => new OperationCanceledException(e.Detail, e),
        _ => new RuntimeException(RuntimeFailure.Failed, e.Detail, e),
    };
}
