using Microsoft.Extensions.Logging.Abstractions;
using Platform.Api.Coordination.V1;
using Platform.Client.Leases;
using Platform.ServiceDefaults;

namespace Platform.Client.Tests.Leases;

/// <summary>Electors with clocks of their own contend for a lease on the real API server.</summary>
public sealed class LeaderElectorTests : IAsyncLifetime
{
    private TestApiServer _server = null!;

    private IResourceClient<Lease> Leases => _server.ApiClientFor(ComponentIdentity.Administrator).Resource<Lease>();

    public async ValueTask InitializeAsync() => _server = await TestApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Who_stops_gives_the_lease_up_and_the_other_takes_over()
    {
        var first = new Contender("first", Leases);
        await first.AdvanceUntilAsync(() => first.Terms == 1);
        var second = new Contender("second", Leases);
        await second.PauseAsync();
        await second.PauseAsync();
        await second.PauseAsync(); // By then it has tried twice, and been refused.
        second.Terms.ShouldBe(0);
        await first.StopAsync();
        await second.AdvanceUntilAsync(() => second.Terms == 1);
        var lease = await Leases.GetAsync("kube-system", "test");
        lease.Spec!.HolderIdentity.ShouldBe("second");
        lease.Spec.LeaseTransitions!.Value.ShouldBe(1);
        await second.StopAsync();
        (await Leases.GetAsync("kube-system", "test")).Spec!.HolderIdentity.ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Who_finds_the_lease_in_other_hands_steps_down_and_waits_it_out()
    {
        var first = new Contender("first", Leases);
        await first.AdvanceUntilAsync(() => first.Terms == 1);
        await Leases.UpdateWithRetryAsync("kube-system", "test", lease => lease with { Spec = lease.Spec! with { HolderIdentity = "thief" } });
        await first.AdvanceUntilAsync(() => first.Ended == 1);
        first.Terms.ShouldBe(1);
        await first.AdvanceUntilAsync(() => first.Terms == 2); // The thief never renews.
        first.Elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(15));
        await first.StopAsync();
    }

    private sealed class Contender
    {
        private readonly TestClock _clock = new();
        private readonly DateTimeOffset _began;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;
        private int _terms;
        private int _ended;

        public Contender(string name, IResourceClient<Lease> leases)
        {
            _began = _clock.GetUtcNow();
            var elector = new LeaderElector(leases, new() { Name = "test", Identity = name }, _clock, new(1), NullLogger.Instance);
            _running = Task.Run(() => elector.RunAsync(LeadAsync, _stop.Token));
        }

        public int Terms => Volatile.Read(ref _terms);

        public int Ended => Volatile.Read(ref _ended);

        public TimeSpan Elapsed => _clock.GetUtcNow() - _began;

        public async Task AdvanceUntilAsync(Func<bool> reached)
        {
            using var limit = new CancellationTokenSource(Eventually.Patience);
            while (!reached())
            {
                limit.Token.ThrowIfCancellationRequested();
                await PauseAsync();
            }
        }

        /// <summary>Waits until it pauses between two tries, and lets that time pass.</summary>
        public Task PauseAsync() => _clock.AdvanceToTimerAsync(within: TimeSpan.FromSeconds(2) * 1.2);

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _running.WaitAsync(Eventually.Patience);
        }

        private async Task LeadAsync(CancellationToken term)
        {
            Interlocked.Increment(ref _terms);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, term).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Increment(ref _ended);
        }
    }
}
