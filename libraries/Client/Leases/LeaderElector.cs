// Leader election on a Lease, as client-go does it. Clocks of different machines are not compared: a contender measures with its own
// clock how long it has seen the lease unchanged. The leader steps down when it could not renew within RenewDeadline, which is before
// anybody else may take over, so that two never act at once; the token of its term is the fence.
using Microsoft.Extensions.Logging;
using Platform.Api.Coordination.V1;
using Platform.Api.Errors;

namespace Platform.Client.Leases;

/// <summary>Contends for a lease and runs something for as long as it is held.</summary>
public sealed partial class LeaderElector(IResourceClient<Lease> leases, LeaderElectionOptions options, TimeProvider time, Random random, ILogger logger)
{
    private LeaseSpec? _observed;
    private long _observedAt;

    /// <summary>Holds the lease whenever it can, until canceled; then gives it up at once, so that another need not wait.</summary>
    /// <param name="lead">Runs during a term. Its token is canceled when the lease is lost; it must then return promptly.</param>
    /// <param name="cancellationToken">Ends contending.</param>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await TryHoldAsync(options.RenewDeadline, cancellationToken))
                await LeadAsync(lead, cancellationToken);
            if (!cancellationToken.IsCancellationRequested)
                await PauseAsync(options.RetryPeriod * (1 + (0.2 * random.NextDouble())), cancellationToken);
        }
    }

    private async Task LeadAsync(Func<CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        LogLeading(options.Identity, options.Name);
        using var term = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var leading = lead(term.Token);
        var lost = await RenewAsync(leading, cancellationToken);
        await term.CancelAsync();
        if (lost)
            LogLost(options.Identity, options.Name);
        try
        {
            await leading;
        }
        catch (OperationCanceledException) when (term.IsCancellationRequested)
        {
            LogEnded(options.Identity, options.Name);
        }
        if (!lost)
            await ReleaseAsync();
    }

    /// <summary>Renews until the term ends; true where it ended because the lease was lost.</summary>
    private async Task<bool> RenewAsync(Task leading, CancellationToken cancellationToken)
    {
        var renewed = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested && !leading.IsCompleted)
        {
            var left = options.RenewDeadline - time.GetElapsedTime(renewed);
            if (left <= TimeSpan.Zero)
                return true;
            var pause = PauseAsync(left < options.RetryPeriod ? left : options.RetryPeriod, cancellationToken);
            await Task.WhenAny(leading, pause);
            left = options.RenewDeadline - time.GetElapsedTime(renewed);
            if (leading.IsCompleted || cancellationToken.IsCancellationRequested || left <= TimeSpan.Zero)
                continue;
            var asked = time.GetTimestamp();
            if (await TryHoldAsync(left, cancellationToken))
                renewed = asked; // From before the request: others may have seen the renewal as early as that.
            else if (_observed?.HolderIdentity != options.Identity)
                return true;
        }
        return false;
    }

    private async Task<bool> TryHoldAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await TryHoldAsync(both.Token);
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
                LogFailure(options.Name, failure.Message);
            return false;
        }
    }

    private async Task<bool> TryHoldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var current = await leases.FindAsync(options.Namespace, options.Name, cancellationToken);
        if (current is null)
        {
            var made = await leases.CreateAsync(
                new() { Metadata = new() { Namespace = options.Namespace, Name = options.Name }, Spec = Claim(null, now) }, cancellationToken);
            Observe(made.Spec);
            return true;
        }
        Observe(current.Spec);
        if (IsHeldByAnother(current.Spec))
            return false;
        var held = await leases.UpdateAsync(current with { Spec = Claim(current.Spec, now) }, cancellationToken);
        Observe(held.Spec);
        return true;
    }

    private bool IsHeldByAnother(LeaseSpec? spec)
    {
        if (string.IsNullOrEmpty(spec?.HolderIdentity) || spec.HolderIdentity == options.Identity)
            return false;
        var duration = TimeSpan.FromSeconds(spec.LeaseDurationSeconds ?? options.LeaseDuration.TotalSeconds);
        return time.GetElapsedTime(_observedAt) < duration;
    }

    private void Observe(LeaseSpec? spec)
    {
        if (_observed is not null && _observed == spec)
            return;
        _observed = spec;
        _observedAt = time.GetTimestamp();
    }

    private LeaseSpec Claim(LeaseSpec? before, DateTimeOffset now)
    {
        var mine = before?.HolderIdentity == options.Identity;
        return (before ?? new()) with
        {
            HolderIdentity = options.Identity,
            LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
            AcquireTime = mine ? before!.AcquireTime : now,
            RenewTime = now,
            LeaseTransitions = before is null ? 0 : (before.LeaseTransitions ?? 0) + (mine ? 0 : 1),
        };
    }

    private async Task ReleaseAsync()
    {
        using var limit = new CancellationTokenSource(options.RetryPeriod, time);
        try
        {
            var current = await leases.GetAsync(options.Namespace, options.Name, limit.Token);
            if (current.Spec?.HolderIdentity != options.Identity)
                return;
            // Kept short rather than absent, as upstream does: contenders that know nothing of an empty holder wait one second.
            var freed = current.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = time.GetUtcNow() };
            await leases.UpdateAsync(current with { Spec = freed }, limit.Token);
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            LogFailure(options.Name, failure.Message); // It runs out by itself.
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(LogLevel.Information, "{Identity} holds the lease {Name}")]
    private partial void LogLeading(string identity, string name);

    [LoggerMessage(LogLevel.Error, "{Identity} lost the lease {Name}")]
    private partial void LogLost(string identity, string name);

    [LoggerMessage(LogLevel.Debug, "{Identity}'s term on {Name} has ended")]
    private partial void LogEnded(string identity, string name);

    [LoggerMessage(LogLevel.Warning, "lease {Name}: {Message}")]
    private partial void LogFailure(string name, string message);
}
