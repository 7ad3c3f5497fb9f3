namespace Platform.ServiceDefaults.Telemetry;

/// <summary>Where finished spans go: the API server's trace store, directly in the same process, or by upload from another one.</summary>
public interface ISpanSink
{
    /// <summary>Takes a batch. Failing loses the batch, never the caller's work.</summary>
    ValueTask AcceptAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken);
}
