using System.Text.Json.Nodes;
using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Client;

namespace Platform.NodeAgent.Status;

/// <summary>Registers the node, keeps its status true (at once where it changes, every five minutes otherwise), and renews its lease.</summary>
internal sealed partial class NodeReporter(IApiClient client, IEventRecorder events, TimeProvider time, ILogger logger)
{
    private const string LeaseNamespace = "kube-node-lease";
    private const int LeaseSeconds = 40;
    private static readonly TimeSpan LeasePeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(7);

    private Node? _node;
    private NodeStatus? _written;
    private DateTimeOffset _writtenAt;

    /// <summary>Makes the node's object where it does not exist; waits for the API server as long as it takes.</summary>
    public async Task<Node> RegisterAsync(NodeObservation o, CancellationToken cancellationToken)
    {
        _node = await RetryAsync(async () =>
        {
            if (await client.Resource<Node>().FindAsync(null, o.Name, cancellationToken) is { } existing)
                return await EnsureLabelsAsync(existing, o, cancellationToken);
            try
            {
                return await client.Resource<Node>().CreateAsync(new()
                {
                    ApiVersion = "v1",
                    Kind = "Node",
                    Metadata = new() { Name = o.Name, Labels = NodeStatusBuilder.Labels(o.Name, o.Machine) },
                    Spec = new(),
                    Status = NodeStatusBuilder.Build(o, null),
                }, cancellationToken);
            }
            catch (ApiException e) when (e.IsAlreadyExists)
            {
                return await client.Resource<Node>().GetAsync(null, o.Name, cancellationToken);
            }
        }, cancellationToken);
        events.Normal(Typed(_node), "Starting", "Starting kubelet.");
        return _node;
    }

    /// <summary>Writes the status if it has changed, or the last one is old.</summary>
    public async Task ReportAsync(NodeObservation o, CancellationToken cancellationToken)
    {
        var status = NodeStatusBuilder.Build(o, _written ?? _node?.Status);
        if (_written is not null && !NodeStatusBuilder.Differs(_written, status) && o.Now - _writtenAt < Heartbeat)
            return;
        var patch = new JsonObject { ["status"] = JsonNode.Parse(ApiJson.Encode(new Node { Status = status }))!["status"]!.DeepClone() };
        var bytes = System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString());
        await RetryAsync(() => client.Resource<Node>().PatchAsync(null, o.Name, PatchType.StrategicMerge, bytes, "status", cancellationToken), cancellationToken);
        if (IsReady(status) && !IsReady(_written))
        {
            LogReady(logger, o.Name);
            events.Normal(Typed(_node!), "NodeReady", $"Node {o.Name} status is now: NodeReady");
        }
        else if (!IsReady(status) && IsReady(_written))
        {
            events.Normal(Typed(_node!), "NodeNotReady", $"Node {o.Name} status is now: NodeNotReady");
        }

        (_written, _writtenAt) = (status, o.Now);
    }

    /// <summary>Renews the lease until cancelled. The lease, not the status, shows that the node lives.</summary>
    public async Task RenewLeaseAsync(string node, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await RetryAsync(() => RenewOnceAsync(node, cancellationToken), cancellationToken);
            await Task.Delay(LeasePeriod, time, cancellationToken);
        }
    }

    private async Task<Lease> RenewOnceAsync(string node, CancellationToken cancellationToken)
    {
        var leases = client.Resource<Lease>();
        var spec = new LeaseSpec { HolderIdentity = node, LeaseDurationSeconds = LeaseSeconds, RenewTime = time.GetUtcNow() };
        if (await leases.FindAsync(LeaseNamespace, node, cancellationToken) is { } lease)
            return await leases.UpdateAsync(lease with { Spec = spec }, cancellationToken);
        return await leases.CreateAsync(new()
        {
            ApiVersion = "coordination.k8s.io/v1",
            Kind = "Lease",
            Metadata = new()
            {
                Name = node,
                Namespace = LeaseNamespace,
                OwnerReferences = _node?.Metadata.Uid is { } uid ? [new() { ApiVersion = "v1", Kind = "Node", Name = node, Uid = uid }] : null,
            },
            Spec = spec,
        }, cancellationToken);
    }

    private async Task<Node> EnsureLabelsAsync(Node node, NodeObservation o, CancellationToken cancellationToken)
    {
        var wanted = NodeStatusBuilder.Labels(o.Name, o.Machine);
        if (wanted.All(l => node.Metadata.Labels?.GetValueOrDefault(l.Key) == l.Value))
            return node;
        var labels = new JsonObject(wanted.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)JsonValue.Create(l.Value))));
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels } };
        return await client.Resource<Node>().PatchAsync(null, o.Name, PatchType.Merge, System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString()), null, cancellationToken);
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var delay = FirstRetry; ; delay = delay * 2 < LongestRetry ? delay * 2 : LongestRetry)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is HttpRequestException or ApiException or IOException)
            {
                LogRetry(logger, e.Message);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }

    private static bool IsReady(NodeStatus? status) => status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") == true;

    /// <summary>Upstream's events name the node as their uid, since they may come before the object does.</summary>
    private static Node Typed(Node node) => new() { ApiVersion = "v1", Kind = "Node", Metadata = new() { Name = node.Metadata.Name, Uid = node.Metadata.Name } };

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} is ready")]
    private static partial void LogReady(ILogger logger, string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API server could not be told about the node, trying again: {Error}")]
    private static partial void LogRetry(ILogger logger, string error);
}
