// Events tell people what happened; they must never slow down or fail what they tell about. Callers put them into a bounded queue; one
// sender correlates them as upstream does (a repeated event is counted up, ten similar ones are combined, a flood about one object is
// cut) and writes them. The trace context of the moment travels with the request, so an event belongs to the trace of its cause.
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;

namespace Platform.Client.Events;

/// <summary>Sends the events of one component.</summary>
public sealed partial class EventSink(IApiClient client, TimeProvider time, ILogger<EventSink> logger) : BackgroundService
{
    /// <summary>Events that may wait to be sent; further ones are dropped and counted.</summary>
    private const int MaxQueued = 1000;

    private const int MaxTries = 4;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<(Event Event, ActivityContext Cause)> _queue =
        Channel.CreateBounded<(Event, ActivityContext)>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    private readonly EventCorrelator _correlator = new(time);
    private long _dropped;

    /// <summary>Events that were not sent because there were too many.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>A recorder whose events carry a source, such as <c>deployment-controller</c>.</summary>
    /// <param name="component">Source of the events.</param>
    /// <param name="host">Node that the source runs on, where that matters.</param>
    public IEventRecorder Recorder(string component, string? host = null) => new EventRecorder(this, () => component, host, time);

    internal void Post(Event value)
    {
        if (!_queue.Writer.TryWrite((value, Activity.Current?.Context ?? default)))
            Interlocked.Increment(ref _dropped);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Activity.Current = null;
        await foreach (var (value, cause) in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            if (_correlator.Correlate(value) is { } write)
                await SendAsync(write, cause, stoppingToken);
            else
                Interlocked.Increment(ref _dropped);
        }
    }

    private async Task SendAsync(CorrelatedEvent write, ActivityContext cause, CancellationToken cancellationToken)
    {
        using var activity = Continue(cause);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await WriteAsync(write, cancellationToken);
                return;
            }
            catch (ApiException failure)
            {
                LogRefused(write.Event.Reason, write.Event.InvolvedObject?.Name, failure.Message);
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                if (tries == MaxTries)
                {
                    LogRefused(write.Event.Reason, write.Event.InvolvedObject?.Name, failure.Message);
                    return;
                }
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(CorrelatedEvent write, CancellationToken cancellationToken)
    {
        var events = client.Resource<Event>();
        if (write.Exists)
        {
            try
            {
                var change = new Event { Metadata = null!, Message = write.Event.Message, Count = write.Event.Count, LastTimestamp = write.Event.LastTimestamp };
                var metadata = write.Event.Metadata;
                await events.PatchAsync(metadata.Namespace, metadata.Name!, PatchType.Merge, ApiJson.Encode(change), null, cancellationToken);
                return;
            }
            catch (ApiException failure) when (failure.IsNotFound)
            {
                LogExpired(write.Event.Metadata.Name); // Events live for an hour; this one begins anew below.
            }
        }
        await events.CreateAsync(write.Event, cancellationToken);
    }

    /// <summary>Makes the cause current without a span of its own, so that it goes out with the request.</summary>
    private static Activity? Continue(ActivityContext cause) => cause == default
        ? null
        : new Activity("event").SetParentId(cause.TraceId, cause.SpanId, cause.TraceFlags).Start();

    [LoggerMessage(LogLevel.Debug, "event {Reason} about {Name} was not recorded: {Message}")]
    private partial void LogRefused(string? reason, string? name, string message);

    [LoggerMessage(LogLevel.Trace, "event {Name} has expired")]
    private partial void LogExpired(string? name);
}
