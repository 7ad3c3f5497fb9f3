using Platform.Api.Core.V1;
using Platform.Api.Scheduling.V1;
using Platform.ApiServer.Aggregation;
using Platform.ApiServer.Authorization.Bootstrap;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Bootstrap;

/// <summary>
/// Writes what every cluster has from the start: system namespaces, default roles, priority classes, the service <c>kubernetes</c>. Idempotent, and
/// tried again while the store cannot be reached; the server is not ready before it is done, and components in the same process start only then,
/// so that none is refused for a role that is about to be written.
/// </summary>
internal sealed partial class ClusterBootstrap(
    IObjectWriter writer, PolicyBootstrap policy, FlowControlObjects flow, KubernetesService kubernetes, ExtensionAuthentication extensions,
        LocalApiServices apiServices, TimeProvider time, ILogger<ClusterBootstrap> logger) : IHostedService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsComplete => _completed.Task.IsCompletedSuccessfully;

    /// <summary>Completes when everything is written.</summary>
    public Task Completed => _completed.Task;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await WriteAsync(cancellationToken);
                _completed.TrySetResult();
                return;
            }
            catch (Exception e) when (e is StorageException or Platform.Api.Errors.ApiException { Code: >= 500 })
            {
                LogRetry(logger, e.Message);
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var name in Namespaces)
            await writer.EnsureAsync(new Namespace { ApiVersion = "v1", Kind = "Namespace", Metadata = new() { Name = name } }, cancellationToken);
        await policy.WriteAsync(cancellationToken);
        await writer.EnsureAsync(Priority("system-cluster-critical", 2_000_000_000,
            "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."), cancellationToken);
        await writer.EnsureAsync(Priority("system-node-critical", 2_000_001_000,
            "Used for system critical pods that must not be moved from their current node."), cancellationToken);
        await flow.WriteAsync(cancellationToken);
        await kubernetes.WriteAsync(cancellationToken);
        await extensions.WriteAsync(cancellationToken);
        await apiServices.WriteAsync(builtIn: true, cancellationToken);
    }

    private static PriorityClass Priority(string name, int value, string description) => new()
    {
        ApiVersion = "scheduling.k8s.io/v1",
        Kind = "PriorityClass",
        Metadata = new() { Name = name },
        Value = value,
        Description = description,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster's own objects could not be written yet: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);
}
