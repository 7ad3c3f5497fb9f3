using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Client;
using Platform.ServiceDefaults;
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

    private readonly IInformer<Service> services;
    private readonly IInformer<EndpointSlice> slices;
    private readonly ProxySettings settings;
    private readonly NftCommand nft;
    private readonly KernelSettings kernel;
    private readonly TimeProvider clock;
    private readonly ILogger<ServiceProxyWorker> logger;

    /// <summary>One pending signal is enough: whoever takes it looks at everything.</summary>
    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Whether the table may have been removed by somebody else.</summary>
    private int suspicious;

    public ServiceProxyWorker(
        [FromKeyedServices("service-proxy")] IInformerFactory informers,
        ProxySettings settings,
        NftCommand nft,
        KernelSettings kernel,
        TimeProvider clock,
        ILogger<ServiceProxyWorker> logger)
    {
        this.settings = settings;
        this.clock = clock;
        this.logger = logger;
        this.nft = nft;
        this.kernel = kernel;
        services = informers.For<Service>();
        slices = informers.For<EndpointSlice>();
        services.AddHandler(_ => Signal());
        slices.AddHandler(_ => Signal());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reason = settings.HasRealPods ? await nft.UnusableAsync(stoppingToken) : "the pods of this node are simulated";
        if (reason is not null)
        {
            logger.LogWarning("Services are not reachable by their cluster IPs and node ports: {Reason}", reason);
            return;
        }

        kernel.Apply(logger);
        await services.WaitForSyncAsync(stoppingToken);
        await slices.WaitForSyncAsync(stoppingToken);
        await Task.WhenAll(LoadChangesAsync(stoppingToken), MonitorAsync(stoppingToken));
    }

    private async Task LoadChangesAsync(CancellationToken cancellationToken)
    {
        var loader = new RuleLoader(nft, settings.Table);
        var retry = FirstRetry;
        Signal();
        while (await signals.Reader.WaitToReadAsync(cancellationToken))
        {
            signals.Reader.TryRead(out _);
            try
            {
                await LoadAsync(loader, cancellationToken);
                retry = FirstRetry;
            }
            catch (NftException failure)
            {
                logger.LogError("Loading the services' rules failed, the former ones stay; next try in {Retry}: {Reason}", retry, failure.Message);
                loader.Distrust();
                await Task.Delay(retry, clock, cancellationToken);
                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
                Signal();
            }
        }
    }

    private async Task LoadAsync(RuleLoader loader, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref suspicious, 0) != 0 && !await loader.TableExistsAsync(cancellationToken))
        {
            logger.LogWarning("Somebody removed the table {Table}; loading it again", settings.Table);
            loader.Distrust();
        }

        var rules = RuleCompiler.Compile(services.List(), slices.List(), settings);
        var started = clock.GetTimestamp();
        var outcome = await loader.LoadAsync(rules, cancellationToken);
        if (outcome != LoadOutcome.Unchanged)
        {
            logger.LogDebug("Loaded rules with {Chains} chains ({Outcome}) in {Milliseconds:0} ms",
                rules.Chains.Count, outcome, clock.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private async Task MonitorAsync(CancellationToken cancellationToken)
    {
        var monitor = new TableMonitor(nft, settings.Table);
        while (!cancellationToken.IsCancellationRequested)
        {
            await monitor.RunAsync(SuspectTable, cancellationToken);
            if (cancellationToken.IsCancellationRequested) return;
            logger.LogWarning("nft monitor ended; starting it again in {Delay}", LongestRetry);
            await Task.Delay(LongestRetry, clock, cancellationToken);
            SuspectTable();
        }
    }

    private void SuspectTable()
    {
        Interlocked.Exchange(ref suspicious, 1);
        Signal();
    }

    private void Signal() => signals.Writer.TryWrite(true);
}
