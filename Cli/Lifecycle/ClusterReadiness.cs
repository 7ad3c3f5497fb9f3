using System.Net;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;

namespace Platform.Cli.Lifecycle;

/// <summary>The cluster's process has ended while it was waited for.</summary>
internal sealed class ClusterEndedException() : Exception("The cluster's process has ended.");

/// <summary>Waits for a starting cluster as a client would see it: the API server answers, the node says that it is ready.</summary>
internal sealed class ClusterReadiness(string kubeconfig, Func<bool> isRunning, TimeProvider time) : IDisposable
{
    /// <summary>Longer than any healthy start on a slow machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ConnectInterval = TimeSpan.FromMilliseconds(20);

    private readonly ApiClient _client = ApiClientFactory.FromKubeconfig(kubeconfig, "cli", time);

    // The wire has whole seconds.
    private readonly DateTimeOffset _began = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    public void Dispose() => _client.Dispose();

    /// <summary>A server that does not listen yet cannot be watched, so this asks until it answers.</summary>
    public async Task<string> ServerAsync(CancellationToken cancellationToken)
    {
        using var patience = Limit(cancellationToken);
        while (true)
        {
            if (!isRunning())
                throw new ClusterEndedException();
            try
            {
                using var answer = await _client.Http.GetAsync("/readyz", patience.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return _client.Http.BaseAddress!.ToString();
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"the API server was not ready within {Patience.TotalSeconds:0} s");
            }

            await Task.Delay(ConnectInterval, time, cancellationToken);
        }
    }

    /// <summary>Follows the node until its Ready condition is True, said by an agent that runs now: what the last one said is still in the store.</summary>
    public async Task<string> NodeAsync(string name, CancellationToken cancellationToken)
    {
        using var patience = Limit(cancellationToken);
        var last = "it has not registered";
        while (!patience.IsCancellationRequested)
        {
            if (!isRunning())
                throw new ClusterEndedException();
            try
            {
                var query = new ListQuery { FieldSelector = "metadata.name=" + name };
                await foreach (var change in _client.Resource<Node>().WatchAsync(null, query, patience.Token))
                {
                    var ready = change.Object.Status?.Conditions?.FirstOrDefault(c => c.Type == "Ready");
                    if (ready?.Status == "True" && ready.LastHeartbeatTime >= _began)
                        return change.Object.Status!.NodeInfo?.ContainerRuntimeVersion ?? "";
                    last = ready?.Message ?? last;
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or ApiException || (failure is OperationCanceledException
                && !cancellationToken.IsCancellationRequested))
            {
                await Task.Delay(ConnectInterval, time, cancellationToken);
            }
        }

        throw new TimeoutException($"node {name} was not ready within {Patience.TotalSeconds:0} s: {last}");
    }

    private CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(Patience);
        return source;
    }
}
