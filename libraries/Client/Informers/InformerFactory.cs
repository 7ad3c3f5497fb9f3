using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Api;

namespace Platform.Client.Informers;

/// <summary>
/// The informers of one component. They start once every service of the host has started, since in the all-in-one the API server
/// is one of them; an informer that is asked for later starts at once.
/// </summary>
internal sealed partial class InformerFactory(IApiClient client, TimeProvider time, ILogger<InformerFactory> logger)
    : IInformerFactory, IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan SyncReport = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Type Kind, string? Fields, string? Labels), IRunnableInformer> _informers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private bool _started;

    public IInformer<T> For<T>(string? fieldSelector, string? labelSelector)
        where T : KubernetesObject
    {
        lock (_lock)
        {
            var key = (typeof(T), fieldSelector, labelSelector);
            if (!_informers.TryGetValue(key, out var informer))
            {
                var random = new Random(HashCode.Combine(time.GetTimestamp(), typeof(T).Name, _informers.Count));
                var options = new InformerOptions { FieldSelector = fieldSelector, LabelSelector = labelSelector, Random = random };
                _informers[key] = informer = new Informer<T>(client.Resource<T>(), options, time, logger);
                if (_started)
                    Run(informer);
            }
            return (IInformer<T>)informer;
        }
    }

    /// <summary>Completes when all informers that exist now have synced; says in the log whom it waits for.</summary>
    public async Task WaitForSyncAsync(CancellationToken cancellationToken)
    {
        IRunnableInformer[] all;
        lock (_lock)
            all = [.. _informers.Values];
        var synced = Task.WhenAll(all.Select(informer => informer.WaitForSyncAsync(cancellationToken)));
        while (await Task.WhenAny(synced, Task.Delay(SyncReport, time, cancellationToken)) != synced)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LogWaiting(string.Join(", ", all.Where(informer => !informer.HasSynced).Select(informer => informer.Name)));
        }
        await synced;
    }

    /// <summary>Starts what exists and, from now on, what is asked for.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_started)
                return;
            _started = true;
            foreach (var informer in _informers.Values)
                Run(informer);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] running;
        lock (_lock)
        {
            if (!_stop.IsCancellationRequested)
                _stop.Cancel();
            running = [.. _running];
        }
        await Task.WhenAll(running).WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
    }

    private void Run(IRunnableInformer informer) => _running.Add(Task.Run(() => informer.RunAsync(_stop.Token)));

    [LoggerMessage(LogLevel.Warning, "still waiting for the first list of {Informers}")]
    private partial void LogWaiting(string informers);
}
