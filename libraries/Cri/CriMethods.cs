using Google.Protobuf;
using Platform.Grpc;

namespace Platform.Cri;

/// <summary>Descriptors of the two services' methods, for the client and for a server in tests.</summary>
public static class CriMethods
{
    private const string RuntimeService = "runtime.v1.RuntimeService";
    private const string ImageService = "runtime.v1.ImageService";

    public static readonly Method<VersionRequest, VersionResponse> Version =
        Runtime(nameof(Version), VersionRequest.Parser, VersionResponse.Parser);

    public static readonly Method<StatusRequest, StatusResponse> Status = Runtime(nameof(Status), StatusRequest.Parser, StatusResponse.Parser);

    public static readonly Method<RuntimeConfigRequest, RuntimeConfigResponse> RuntimeConfig =
        Runtime(nameof(RuntimeConfig), RuntimeConfigRequest.Parser, RuntimeConfigResponse.Parser);

    public static readonly Method<UpdateRuntimeConfigRequest, UpdateRuntimeConfigResponse> UpdateRuntimeConfig =
        Runtime(nameof(UpdateRuntimeConfig), UpdateRuntimeConfigRequest.Parser, UpdateRuntimeConfigResponse.Parser);

    public static readonly Method<RunPodSandboxRequest, RunPodSandboxResponse> RunPodSandbox =
        Runtime(nameof(RunPodSandbox), RunPodSandboxRequest.Parser, RunPodSandboxResponse.Parser);

    public static readonly Method<StopPodSandboxRequest, StopPodSandboxResponse> StopPodSandbox =
        Runtime(nameof(StopPodSandbox), StopPodSandboxRequest.Parser, StopPodSandboxResponse.Parser);

    public static readonly Method<RemovePodSandboxRequest, RemovePodSandboxResponse> RemovePodSandbox =
        Runtime(nameof(RemovePodSandbox), RemovePodSandboxRequest.Parser, RemovePodSandboxResponse.Parser);

    public static readonly Method<PodSandboxStatusRequest, PodSandboxStatusResponse> PodSandboxStatus =
        Runtime(nameof(PodSandboxStatus), PodSandboxStatusRequest.Parser, PodSandboxStatusResponse.Parser);

    public static readonly Method<ListPodSandboxRequest, ListPodSandboxResponse> ListPodSandbox =
        Runtime(nameof(ListPodSandbox), ListPodSandboxRequest.Parser, ListPodSandboxResponse.Parser);

    public static readonly Method<UpdatePodSandboxResourcesRequest, UpdatePodSandboxResourcesResponse> UpdatePodSandboxResources =
        Runtime(nameof(UpdatePodSandboxResources), UpdatePodSandboxResourcesRequest.Parser, UpdatePodSandboxResourcesResponse.Parser);

    public static readonly Method<CreateContainerRequest, CreateContainerResponse> CreateContainer =
        Runtime(nameof(CreateContainer), CreateContainerRequest.Parser, CreateContainerResponse.Parser);

    public static readonly Method<StartContainerRequest, StartContainerResponse> StartContainer =
        Runtime(nameof(StartContainer), StartContainerRequest.Parser, StartContainerResponse.Parser);

    public static readonly Method<StopContainerRequest, StopContainerResponse> StopContainer =
        Runtime(nameof(StopContainer), StopContainerRequest.Parser, StopContainerResponse.Parser);

    public static readonly Method<RemoveContainerRequest, RemoveContainerResponse> RemoveContainer =
        Runtime(nameof(RemoveContainer), RemoveContainerRequest.Parser, RemoveContainerResponse.Parser);

    public static readonly Method<ListContainersRequest, ListContainersResponse> ListContainers =
        Runtime(nameof(ListContainers), ListContainersRequest.Parser, ListContainersResponse.Parser);

    public static readonly Method<ContainerStatusRequest, ContainerStatusResponse> ContainerStatus =
        Runtime(nameof(ContainerStatus), ContainerStatusRequest.Parser, ContainerStatusResponse.Parser);

    public static readonly Method<UpdateContainerResourcesRequest, UpdateContainerResourcesResponse> UpdateContainerResources =
        Runtime(nameof(UpdateContainerResources), UpdateContainerResourcesRequest.Parser, UpdateContainerResourcesResponse.Parser);

    public static readonly Method<ReopenContainerLogRequest, ReopenContainerLogResponse> ReopenContainerLog =
        Runtime(nameof(ReopenContainerLog), ReopenContainerLogRequest.Parser, ReopenContainerLogResponse.Parser);

    public static readonly Method<ExecSyncRequest, ExecSyncResponse> ExecSync =
        Runtime(nameof(ExecSync), ExecSyncRequest.Parser, ExecSyncResponse.Parser);

    public static readonly Method<ExecRequest, ExecResponse> Exec = Runtime(nameof(Exec), ExecRequest.Parser, ExecResponse.Parser);

    public static readonly Method<AttachRequest, AttachResponse> Attach = Runtime(nameof(Attach), AttachRequest.Parser, AttachResponse.Parser);

    public static readonly Method<PortForwardRequest, PortForwardResponse> PortForward =
        Runtime(nameof(PortForward), PortForwardRequest.Parser, PortForwardResponse.Parser);

    public static readonly Method<ContainerStatsRequest, ContainerStatsResponse> ContainerStats =
        Runtime(nameof(ContainerStats), ContainerStatsRequest.Parser, ContainerStatsResponse.Parser);

    public static readonly Method<ListContainerStatsRequest, ListContainerStatsResponse> ListContainerStats =
        Runtime(nameof(ListContainerStats), ListContainerStatsRequest.Parser, ListContainerStatsResponse.Parser);

    public static readonly Method<PodSandboxStatsRequest, PodSandboxStatsResponse> PodSandboxStats =
        Runtime(nameof(PodSandboxStats), PodSandboxStatsRequest.Parser, PodSandboxStatsResponse.Parser);

    public static readonly Method<ListPodSandboxStatsRequest, ListPodSandboxStatsResponse> ListPodSandboxStats =
        Runtime(nameof(ListPodSandboxStats), ListPodSandboxStatsRequest.Parser, ListPodSandboxStatsResponse.Parser);

    public static readonly Method<GetEventsRequest, ContainerEventResponse> GetContainerEvents =
        new(MethodType.ServerStreaming, RuntimeService, nameof(GetContainerEvents), GetEventsRequest.Parser, ContainerEventResponse.Parser);

    public static readonly Method<ListImagesRequest, ListImagesResponse> ListImages =
        Images(nameof(ListImages), ListImagesRequest.Parser, ListImagesResponse.Parser);

    public static readonly Method<ImageStatusRequest, ImageStatusResponse> ImageStatus =
        Images(nameof(ImageStatus), ImageStatusRequest.Parser, ImageStatusResponse.Parser);

    public static readonly Method<PullImageRequest, PullImageResponse> PullImage =
        Images(nameof(PullImage), PullImageRequest.Parser, PullImageResponse.Parser);

    public static readonly Method<RemoveImageRequest, RemoveImageResponse> RemoveImage =
        Images(nameof(RemoveImage), RemoveImageRequest.Parser, RemoveImageResponse.Parser);

    public static readonly Method<ImageFsInfoRequest, ImageFsInfoResponse> ImageFsInfo =
        Images(nameof(ImageFsInfo), ImageFsInfoRequest.Parser, ImageFsInfoResponse.Parser);

    private static Method<TRequest, TResponse> Runtime<TRequest, TResponse>(
        string name, MessageParser<TRequest> request, MessageParser<TResponse> response)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => new(MethodType.Unary, RuntimeService, name, request, response);

    private static Method<TRequest, TResponse> Images<TRequest, TResponse>(
        string name, MessageParser<TRequest> request, MessageParser<TResponse> response)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => new(MethodType.Unary, ImageService, name, request, response);
}
