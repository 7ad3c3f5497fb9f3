using System.Collections.Concurrent;
using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;

namespace Platform.NodeAgent.Volumes;

/// <summary>
/// ConfigMaps and Secrets that pods of this node refer to: each is read once and then watched by name as long as a pod wants it, so that
/// the node sees no others, pods that share one cost one watch, and a change reaches volumes at once.
/// </summary>
internal sealed partial class ReferencedObjects(IApiClient client, TimeProvider time, ILogger<ReferencedObjects> logger) : IReferencedObjects, IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();

    /// <summary>Called with a pod's uid when an object that it refers to has changed.</summary>
    public event Action<string>? Changed;

    public Task<ConfigMap?> ConfigMapAsync(string ns, string name, CancellationToken cancellationToken) => GetAsync<ConfigMap>(ns, name, cancellationToken);

    public Task<Secret?> SecretAsync(string ns, string name, CancellationToken cancellationToken) => GetAsync<Secret>(ns, name, cancellationToken);

    public async Task<TokenRequestStatus> TokenAsync(string ns, string serviceAccount, TokenRequestSpec spec, CancellationToken cancellationToken)
    {
        var request = new TokenRequest { ApiVersion = "authentication.k8s.io/v1", Kind = "TokenRequest", Spec = spec };
        var answer = await client.Resource<ServiceAccount>().PostAsync<TokenRequest, TokenRequest>(ns, serviceAccount, "token", request, cancellationToken);
        return answer.Status ?? throw new VolumeException($"no token was issued for service account {ns}/{serviceAccount}");
    }

    /// <summary>A pod has come: what it refers to is watched from now on.</summary>
    public void Register(Pod pod)
    {
        foreach (var (kind, name) in References(pod))
        {
            var key = Key(kind, pod.Metadata.Namespace!, name);
            lock (_lock)
            {
                if (!_watched.TryGetValue(key, out var watched))
                {
                    watched = new();
                    _watched[key] = watched;
                    _ = kind == nameof(Secret)
                        ? FollowAsync<Secret>(watched, pod.Metadata.Namespace!, name)
                        : FollowAsync<ConfigMap>(watched, pod.Metadata.Namespace!, name);
                }

                watched.Pods.TryAdd(pod.Metadata.Uid!, true);
            }
        }
    }

    /// <summary>A pod has gone: what only it referred to is no longer watched.</summary>
    public void Unregister(string podUid)
    {
        lock (_lock)
        {
            foreach (var (key, watched) in _watched)
            {
                if (watched.Pods.TryRemove(podUid, out _) && watched.Pods.IsEmpty && _watched.TryRemove(key, out _))
                    watched.Stop.Cancel();
            }
        }
    }

    public void Dispose() => _stopping.Cancel();

    private async Task<T?> GetAsync<T>(string ns, string name, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        if (_watched.TryGetValue(Key(typeof(T).Name, ns, name), out var watched))
        {
            await watched.First.Task.WaitAsync(cancellationToken);
            // What does not exist may have been made a moment ago: ask, rather than wait for the watch.
            if (watched.Value is T value)
                return value;
        }

        return await client.Resource<T>().FindAsync(ns, name, cancellationToken);
    }

    private async Task FollowAsync<T>(Watched watched, string ns, string name)
        where T : KubernetesObject
    {
        await Task.Yield();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(watched.Stop.Token, _stopping.Token);
        var retry = FirstRetry;
        var query = new ListQuery { FieldSelector = "metadata.name=" + name };
        while (!both.IsCancellationRequested)
        {
            try
            {
                var list = await client.Resource<T>().ListAsync(ns, query, both.Token);
                Set(watched, list.Items.FirstOrDefault());
                await foreach (var change in client.Resource<T>().WatchAsync(ns, query with { ResourceVersion = list.Metadata.ResourceVersion }, both.Token))
                {
                    retry = FirstRetry;
                    if (change.Type != WatchEventType.Bookmark)
                        Set(watched, change.Type == WatchEventType.Deleted ? null : change.Object);
                }
            }
            catch (OperationCanceledException) when (both.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or IOException)
            {
                LogRetry(logger, typeof(T).Name, ns, name, e.Message);
                watched.First.TrySetResult();
            }

            try
            {
                await Task.Delay(retry, time, both.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
        }
    }

    private void Set(Watched watched, KubernetesObject? value)
    {
        var changed = watched.First.Task.IsCompleted && watched.Value?.Metadata.ResourceVersion != value?.Metadata.ResourceVersion;
        watched.Value = value;
        watched.First.TrySetResult();
        if (!changed)
            return;
        foreach (var pod in watched.Pods.Keys)
            Changed?.Invoke(pod);
    }

    /// <summary>The ConfigMaps and Secrets of a pod's volumes and environments.</summary>
    internal static IReadOnlySet<(string Kind, string Name)> References(Pod pod)
    {
        var result = new HashSet<(string, string)>();
        void Add(string kind, string? name)
        {
            if (!string.IsNullOrEmpty(name))
                result.Add((kind, name));
        }

        foreach (var volume in pod.Spec?.Volumes ?? [])
        {
            Add(nameof(ConfigMap), volume.ConfigMap?.Name);
            Add(nameof(Secret), volume.Secret?.SecretName);
            foreach (var source in volume.Projected?.Sources ?? [])
            {
                Add(nameof(ConfigMap), source.ConfigMap?.Name);
                Add(nameof(Secret), source.Secret?.Name);
            }
        }

        foreach (var container in pod.Spec is null ? [] : Pods.ContainerOrder.All(pod.Spec))
        {
            foreach (var source in container.EnvFrom ?? [])
            {
                Add(nameof(ConfigMap), source.ConfigMapRef?.Name);
                Add(nameof(Secret), source.SecretRef?.Name);
            }

            foreach (var variable in container.Env ?? [])
            {
                Add(nameof(ConfigMap), variable.ValueFrom?.ConfigMapKeyRef?.Name);
                Add(nameof(Secret), variable.ValueFrom?.SecretKeyRef?.Name);
            }
        }

        return result;
    }

    private static string Key(string kind, string ns, string name) => $"{kind}/{ns}/{name}";

    [LoggerMessage(Level = LogLevel.Debug, Message = "Watch of {Kind} {Namespace}/{Name} ended, trying again: {Error}")]
    private static partial void LogRetry(ILogger logger, string kind, string @namespace, string name, string error);

    private sealed class Watched
    {
        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentDictionary<string, bool> Pods { get; } = new(StringComparer.Ordinal);

        public CancellationTokenSource Stop { get; } = new();

        public volatile KubernetesObject? Value;
    }
}
