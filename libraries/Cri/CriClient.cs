using Platform.Grpc;

namespace Platform.Cri;

/// <summary>
/// A client to a container runtime (containerd, CRI-O) over its unix socket: one thin method per call of the runtime's two services. What
/// it adds are the deadlines, after the kubelet's rules: two minutes for everything but what takes its time by nature, such as stopping a
/// container within its grace period or pulling an image. Failures are <see cref="RpcException"/>; NotFound is routine while things go away.
/// </summary>
public sealed class CriClient : IDisposable
{
    /// <summary>Deadline of ordinary calls.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(2);

    // Setting up a sandbox may include pulling its image and running network plugins.
    private static readonly TimeSpan SandboxTimeout = RequestTimeout * 2;

    private readonly GrpcChannel _channel;

    private CriClient(GrpcChannel channel) => _channel = channel;

    /// <summary>Address as given.</summary>
    public string Endpoint => _channel.Address;

    /// <summary>A client to <c>unix:///path</c>, or to a bare path. Connects when first used and again after a loss.</summary>
    public static CriClient Connect(string endpoint, TimeProvider? clock = null) =>
        new(GrpcChannel.ForAddress(endpoint.StartsWith('/') ? "unix://" + endpoint : endpoint, new GrpcChannelOptions
        {
            UnaryTimeout = RequestTimeout,
            Clock = clock ?? TimeProvider.System,
        }));

    /// <summary>Name and version of the runtime.</summary>
    public Task<VersionResponse> VersionAsync(VersionRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.Version, request, cancellationToken);

    /// <summary>Whether the runtime and its network are ready.</summary>
    public Task<StatusResponse> StatusAsync(StatusRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.Status, request, cancellationToken);

    /// <summary>The runtime's cgroup driver. Unimplemented before containerd 2.0.</summary>
    public Task<RuntimeConfigResponse> RuntimeConfigAsync(RuntimeConfigRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.RuntimeConfig, request, cancellationToken);

    /// <summary>Tells the runtime the node's pod range, for runtimes that render a CNI configuration from it.</summary>
    public Task<UpdateRuntimeConfigResponse> UpdateRuntimeConfigAsync(
        UpdateRuntimeConfigRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.UpdateRuntimeConfig, request, cancellationToken);

    /// <summary>Creates and starts a sandbox with its network.</summary>
    public Task<RunPodSandboxResponse> RunPodSandboxAsync(RunPodSandboxRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.RunPodSandbox, request, new CallOptions(SandboxTimeout, CancellationToken: cancellationToken));

    /// <summary>Stops a sandbox, its containers and its network. Idempotent, but older containerd answers NotFound where it is gone.</summary>
    public Task<StopPodSandboxResponse> StopPodSandboxAsync(StopPodSandboxRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.StopPodSandbox, request, cancellationToken);

    /// <summary>Removes a sandbox and its containers. Idempotent.</summary>
    public Task<RemovePodSandboxResponse> RemovePodSandboxAsync(
        RemovePodSandboxRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.RemovePodSandbox, request, cancellationToken);

    /// <summary>A sandbox's state and addresses.</summary>
    public Task<PodSandboxStatusResponse> PodSandboxStatusAsync(
        PodSandboxStatusRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.PodSandboxStatus, request, cancellationToken);

    /// <summary>The sandboxes that match.</summary>
    public Task<ListPodSandboxResponse> ListPodSandboxAsync(ListPodSandboxRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ListPodSandbox, request, cancellationToken);

    /// <summary>Tells the runtime a pod's changed resources. Unimplemented before containerd 2.1.</summary>
    public Task<UpdatePodSandboxResourcesResponse> UpdatePodSandboxResourcesAsync(
        UpdatePodSandboxResourcesRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.UpdatePodSandboxResources, request, cancellationToken);

    /// <summary>Creates a container in a sandbox.</summary>
    public Task<CreateContainerResponse> CreateContainerAsync(
        CreateContainerRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.CreateContainer, request, cancellationToken);

    /// <summary>Starts a created container.</summary>
    public Task<StartContainerResponse> StartContainerAsync(StartContainerRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.StartContainer, request, cancellationToken);

    /// <summary>Stops a container within the request's grace period. Idempotent.</summary>
    public Task<StopContainerResponse> StopContainerAsync(StopContainerRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(
            CriMethods.StopContainer, request,
            new CallOptions(RequestTimeout + TimeSpan.FromSeconds(request.Timeout), CancellationToken: cancellationToken));

    /// <summary>Removes a container, killing it where it runs. Idempotent.</summary>
    public Task<RemoveContainerResponse> RemoveContainerAsync(
        RemoveContainerRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.RemoveContainer, request, cancellationToken);

    /// <summary>The containers that match.</summary>
    public Task<ListContainersResponse> ListContainersAsync(ListContainersRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ListContainers, request, cancellationToken);

    /// <summary>A container's state, exit code and times.</summary>
    public Task<ContainerStatusResponse> ContainerStatusAsync(
        ContainerStatusRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ContainerStatus, request, cancellationToken);

    /// <summary>Changes a running container's limits.</summary>
    public Task<UpdateContainerResourcesResponse> UpdateContainerResourcesAsync(
        UpdateContainerResourcesRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.UpdateContainerResources, request, cancellationToken);

    /// <summary>Makes the runtime write a fresh log file after rotation.</summary>
    public Task<ReopenContainerLogResponse> ReopenContainerLogAsync(
        ReopenContainerLogRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ReopenContainerLog, request, cancellationToken);

    /// <summary>Runs a command to its end. DeadlineExceeded where it takes longer than the request's timeout.</summary>
    public Task<ExecSyncResponse> ExecSyncAsync(ExecSyncRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(
            CriMethods.ExecSync, request,
            new CallOptions(request.Timeout > 0 ? RequestTimeout + TimeSpan.FromSeconds(request.Timeout) : Timeout.InfiniteTimeSpan, CancellationToken: cancellationToken));

    /// <summary>Prepares a command; its streams are at the URL that comes back.</summary>
    public Task<ExecResponse> ExecAsync(ExecRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.Exec, request, cancellationToken);

    /// <summary>Prepares an attachment to a container; its streams are at the URL that comes back.</summary>
    public Task<AttachResponse> AttachAsync(AttachRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.Attach, request, cancellationToken);

    /// <summary>Prepares forwarding to a sandbox's ports; the streams are at the URL that comes back.</summary>
    public Task<PortForwardResponse> PortForwardAsync(PortForwardRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.PortForward, request, cancellationToken);

    /// <summary>Usage of a container.</summary>
    public Task<ContainerStatsResponse> ContainerStatsAsync(ContainerStatsRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ContainerStats, request, cancellationToken);

    /// <summary>Usage of the containers that match.</summary>
    public Task<ListContainerStatsResponse> ListContainerStatsAsync(
        ListContainerStatsRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ListContainerStats, request, cancellationToken);

    /// <summary>Usage of a sandbox.</summary>
    public Task<PodSandboxStatsResponse> PodSandboxStatsAsync(
        PodSandboxStatsRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.PodSandboxStats, request, cancellationToken);

    /// <summary>Usage of the sandboxes that match.</summary>
    public Task<ListPodSandboxStatsResponse> ListPodSandboxStatsAsync(
        ListPodSandboxStatsRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ListPodSandboxStats, request, cancellationToken);

    /// <summary>Changes of containers as they happen, until cancelled. Unimplemented before containerd 1.7.</summary>
    public IAsyncEnumerable<ContainerEventResponse> GetContainerEventsAsync(CancellationToken cancellationToken = default) =>
        _channel.ServerStreaming(CriMethods.GetContainerEvents, new GetEventsRequest(), cancellationToken, cancellationToken);

    /// <summary>The images on the node.</summary>
    public Task<ListImagesResponse> ListImagesAsync(ListImagesRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ListImages, request, cancellationToken);

    /// <summary>An image; without one in the response where it is not on the node.</summary>
    public Task<ImageStatusResponse> ImageStatusAsync(ImageStatusRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ImageStatus, request, cancellationToken);

    /// <summary>Fetches an image; takes as long as it takes.</summary>
    public Task<PullImageResponse> PullImageAsync(PullImageRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.PullImage, request, new CallOptions(Timeout.InfiniteTimeSpan, CancellationToken: cancellationToken));

    /// <summary>Removes an image with all its tags. Idempotent.</summary>
    public Task<RemoveImageResponse> RemoveImageAsync(RemoveImageRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.RemoveImage, request, cancellationToken);

    /// <summary>Usage of the filesystems that hold images.</summary>
    public Task<ImageFsInfoResponse> ImageFsInfoAsync(ImageFsInfoRequest request, CancellationToken cancellationToken = default) =>
        _channel.UnaryAsync(CriMethods.ImageFsInfo, request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();
}
