using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Core.V1;
using Platform.ServiceDefaults;

namespace Platform.Client.Tests.Reconciling;

public sealed class ReconcilerHostTests : IAsyncLifetime
{
    private readonly Channel<Activity> _spans = Channel.CreateUnbounded<Activity>();
    private ActivityListener _listener = null!;
    private TestApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Platform.Controller",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.OperationName == "stamper default/stamp-me")
                    _spans.Writer.TryWrite(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
        _server = await TestApiServer.StartAsync(new() { Configure = builder => builder.AddReconciler<Stamper>(ComponentIdentity.Administrator) });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _listener.Dispose();
    }

    [Fact]
    public async Task A_write_is_reconciled_in_its_own_trace_and_again_after_failures()
    {
        var maps = _server.ApiClientFor(ComponentIdentity.Administrator).Resource<ConfigMap>();
        // What the first list brings has no cause; only what the watch brings has.
        await _server.Services.GetRequiredKeyedService<IInformerFactory>(ComponentIdentity.Administrator.Component).For<ConfigMap>().WaitForSyncAsync();
        using var apply = new Activity("apply") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await maps.CreateAsync(new() { Metadata = new() { Namespace = "default", Name = "stamp-me" }, Data = new Dictionary<string, string> { ["k"] = "1" } });
        using var limit = new CancellationTokenSource(Eventually.Patience);
        var spans = new[] { await _spans.Reader.ReadAsync(limit.Token), await _spans.Reader.ReadAsync(limit.Token), await _spans.Reader.ReadAsync(limit.Token) };
        spans.ShouldAllBe(span => span.TraceId == apply.TraceId);
        spans.Select(span => span.Status).ShouldBe([ActivityStatusCode.Error, ActivityStatusCode.Error, ActivityStatusCode.Unset]);
        (await maps.GetAsync("default", "stamp-me", limit.Token)).Value().ShouldBe("stamped");
    }

    private sealed class Stamper(IApiClient client, IInformerFactory informers, IEventRecorder events) : IReconciler
    {
        private int _failures = 2;

        public string Name => "stamper";

        public void Watch(IReconcilerTriggers triggers) => triggers.On(informers.For<ConfigMap>());

        public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
        {
            var map = informers.For<ConfigMap>().Get(key.Namespace, key.Name);
            if (map is null || key.Name != "stamp-me" || map.Value() == "stamped")
                return ReconcileResult.Done;
            if (Interlocked.Decrement(ref _failures) >= 0)
                throw new InvalidOperationException("not yet");
            events.Normal(map, "Stamped", "It is stamped");
            await client.Resource<ConfigMap>().UpdateAsync(map with { Data = new Dictionary<string, string> { ["k"] = "stamped" } }, cancellationToken);
            return ReconcileResult.Done;
        }
    }
}
