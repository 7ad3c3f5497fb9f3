using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>
/// Listens to the platform's own activities and hands the finished ones to every <see cref="ISpanSink"/> of the process. This is what
/// `platform trace` and the cause view read, so it works without any telemetry backend; an OTLP exporter may listen beside it.
/// A listener of its own rather than the OpenTelemetry SDK keeps the idle process small.
/// </summary>
public sealed class SpanCollector : BackgroundService
{
    /// <summary>Spans that wait for a sink; beyond it the oldest are dropped, since tracing must never slow the cluster down.</summary>
    private const int Capacity = 8_192;

    /// <summary>Spans handed over at once.</summary>
    private const int BatchSize = 256;

    /// <summary>How long the first span of a batch may wait for company.</summary>
    private static readonly TimeSpan BatchDelay = TimeSpan.FromMilliseconds(200);

    // What is dropped under load has then cost no copy; a finished activity does not change any more.
    private readonly Channel<Activity> _finished = Channel.CreateBounded<Activity>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly ActivityListener _listener;
    private readonly IReadOnlyList<ISpanSink> _sinks;
    private readonly TimeProvider _time;
    private readonly ILogger<SpanCollector> _logger;

    /// <summary>Begins to listen at once, so that what happens while the host starts is traced too.</summary>
    public SpanCollector(IEnumerable<ISpanSink> sinks, TimeProvider time, ILogger<SpanCollector> logger)
    {
        _sinks = [.. sinks];
        _time = time;
        _logger = logger;
        _listener = new()
        {
            ShouldListenTo = source => _sinks.Count > 0 && source.Name.StartsWith("Platform.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _finished.Writer.TryWrite(activity),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<SpanRecord>(BatchSize);
        while (await _finished.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(BatchDelay, _time, stoppingToken);
            batch.Clear();
            while (batch.Count < BatchSize && _finished.Reader.TryRead(out var activity))
                batch.Add(SpanRecord.From(activity));
            foreach (var sink in _sinks)
                await DeliverAsync(sink, batch, stoppingToken);
        }
    }

    private async ValueTask DeliverAsync(ISpanSink sink, List<SpanRecord> batch, CancellationToken cancellationToken)
    {
        try
        {
            await sink.AcceptAsync([.. batch], cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _logger.LogDebug(failure, "{Count} spans could not be delivered to {Sink}", batch.Count, sink.GetType().Name);
        }
    }
}
