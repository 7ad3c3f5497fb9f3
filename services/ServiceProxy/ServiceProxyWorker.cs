using System.Threading.Channels;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Client;
using Platform.ServiceProxy.Nftables;
using Platform.ServiceProxy.Rules;

namespace Platform.ServiceProxy;

/// <summary>
/// Observes services and endpoint slices, compiles them, loads the result. Changes that arrive while a transaction runs are taken
/// together by the next one, so that a burst costs two transactions and a single change none of waiting.
/// </summary>
internal sealed class ServiceProxyWorker : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly IInformer<Service> _services;
    private readonly IInformer<EndpointSlice> _slices;
    private readonly ProxySettings _settings;
    private readonly NftCommand _nft;
    private readonly KernelSettings _kernel;
    private readonly TimeProvider _clock;
    private readonly ILogger<ServiceProxyWorker> _logger;

    /// <summary>One pending signal is enough: whoever takes it looks at everything.</summary>
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Whether the table may have been removed by somebody else.</summary>
    private int _suspicious;

    public ServiceProxyWorker(
        [FromKeyedServices("service-proxy")] IInformerFactory informers,
        ProxySettings settings,
        NftCommand nft,
        KernelSettings kernel,
        TimeProvider clock,
        ILogger<ServiceProxyWorker> logger)
    {
        _settings = settings;
        _clock = clock;
        _logger = logger;
        _nft = nft;
        _kernel = kernel;
        _services = informers.For<Service>();
        _slices = informers.For<EndpointSlice>();
        _services.AddHandler(_ => Signal());
        _slices.AddHandler(_ => Signal());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reason = _settings.HasRealPods ? await _nft.UnusableAsync(stoppingToken) : "the pods of this node are simulated";
        if (reason is not null)
        {
            _logger.LogWarning("Services are not reachable by their cluster IPs and node ports: {Reason}", reason);
            return;
        }

        _kernel.Apply(_logger);
        await _services.WaitForSyncAsync(stoppingToken);
        await _slices.WaitForSyncAsync(stoppingToken);
        await Task.WhenAll(LoadChangesAsync(stoppingToken), MonitorAsync(stoppingToken));
    }

    private async Task LoadChangesAsync(CancellationToken cancellationToken)
    {
        var loader = new RuleLoader(_nft, _settings.Table);
        var retry = FirstRetry;
        Signal();
        while (await _signals.Reader.WaitToReadAsync(cancellationToken))
        {
            _signals.Reader.TryRead(out _);
            try
            {
                await LoadAsync(loader, cancellationToken);
                retry = FirstRetry;
            }
            catch (NftException failure)
            {
                _logger.LogError("Loading the services' rules failed, the former ones stay; next try in {Retry}: {Reason}", retry, failure.Message);
                loader.Distrust();
                await Task.Delay(retry, _clock, cancellationToken);
                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
                Signal();
            }
        }
    }

    private async Task LoadAsync(RuleLoader loader, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _suspicious, 0) != 0 && !await loader.TableExistsAsync(cancellationToken))
        {
            _logger.LogWarning("Somebody removed the table {Table}; loading it again", _settings.Table);
            loader.Distrust();
        }

        var rules = RuleCompiler.Compile(_services.List(), _slices.List(), _settings);
        var started = _clock.GetTimestamp();
        var outcome = await loader.LoadAsync(rules, cancellationToken);
        if (outcome != LoadOutcome.Unchanged)
        {
            _logger.LogDebug("Loaded rules with {Chains} chains ({Outcome}) in {Milliseconds:0} ms",
                rules.Chains.Count, outcome, _clock.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private async Task MonitorAsync(CancellationToken cancellationToken)
    {
        var monitor = new TableMonitor(_nft, _settings.Table);
        while (!cancellationToken.IsCancellationRequested)
        {
            await monitor.RunAsync(SuspectTable, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;
            _logger.LogWarning("nft monitor ended; starting it again in {Delay}", LongestRetry);
            await Task.Delay(LongestRetry, _clock, cancellationToken);
            SuspectTable();
        }
    }

    private void SuspectTable()
    {
        Interlocked.Exchange(ref _suspicious, 1);
        Signal();
    }

    private void Signal() => _signals.Writer.TryWrite(true);
}
