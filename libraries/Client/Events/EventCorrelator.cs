using Platform.Api.Core.V1;
using Platform.Client.Queues;

namespace Platform.Client.Events;

/// <summary>An event as it is to be written.</summary>
/// <param name="Event">The event, counted up.</param>
/// <param name="Exists">Whether it was written before under this name.</param>
internal sealed record CorrelatedEvent(Event Event, bool Exists);

/// <summary>
/// Decides what becomes of an event, with upstream's figures: after a burst of 25 about one object, one in five minutes; the same event
/// again is counted up; from the tenth similar one (differing only in the message) within ten minutes they are combined.
/// </summary>
internal sealed class EventCorrelator(TimeProvider time)
{
    private const int Burst = 25;
    private const double PerSecond = 1.0 / 300;
    private const int MaxSimilar = 10;
    private const int MaxRemembered = 4096;

    private static readonly TimeSpan SimilarWithin = TimeSpan.FromMinutes(10);

    private readonly RecentlyUsed<string, TokenBucket> _buckets = new(MaxRemembered);
    private readonly RecentlyUsed<string, Similar> _similar = new(MaxRemembered);
    private readonly RecentlyUsed<string, Written> _written = new(MaxRemembered);

    /// <summary>What to write; null where there have been too many.</summary>
    public CorrelatedEvent? Correlate(Event value)
    {
        var about = value.InvolvedObject!;
        var source = $"{value.Source?.Component}|{value.Source?.Host}|{about.Kind}|{about.Namespace}|{about.Name}|{about.Uid}|{about.ApiVersion}";
        if (!_buckets.GetOrAdd(source, () => new(Burst, PerSecond, time)).TryTake())
            return null;
        var group = $"{source}|{value.Type}|{value.Reason}";
        var similar = _similar.GetOrAdd(group, () => new());
        var combined = similar.Add(value.Message ?? "", time.GetUtcNow());
        if (combined)
            value = value with { Message = "(combined from similar events): " + value.Message };
        var key = combined ? group : $"{group}|{value.Message}";
        var before = _written.Find(key);
        if (before is null)
        {
            _written.Set(key, new(value.Metadata.Name!, value.FirstTimestamp, 1));
            return new(value, Exists: false);
        }
        var written = before with { Count = before.Count + 1 };
        _written.Set(key, written);
        var counted = value with
        {
            Metadata = value.Metadata with { Name = written.Name },
            Count = written.Count,
            FirstTimestamp = written.First,
        };
        return new(counted, Exists: true);
    }

    private sealed record Written(string Name, DateTimeOffset? First, int Count);

    /// <summary>The different messages of late under one reason.</summary>
    private sealed class Similar
    {
        private readonly HashSet<string> _messages = [];
        private DateTimeOffset _last;

        public bool Add(string message, DateTimeOffset now)
        {
            if (now - _last > SimilarWithin)
                _messages.Clear();
            _last = now;
            if (_messages.Count >= MaxSimilar && !_messages.Contains(message))
                return true;
            _messages.Add(message);
            return _messages.Count >= MaxSimilar;
        }
    }
}
