using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs all resources: each when what it waits for is healthy, all until told to stop, then in reverse order of their start.</summary>
internal sealed class Orchestrator : IAsyncDisposable
{
    private readonly IReadOnlyList<ProcessResource> _resources;
    private readonly TimeProvider _time;
    private readonly PrefixedOutput _output;
    private readonly ProcessStarter _starter = new();
    private readonly Dictionary<ProcessResource, TaskCompletionSource> _healthy;
    private readonly ConcurrentStack<ResourceSupervisor> _started = new();

    public Orchestrator(IReadOnlyList<ProcessResource> resources, TextWriter output, TimeProvider time)
    {
        _resources = [.. resources.Where(r => !r.ExplicitStart)];
        _time = time;
        _output = new(output, _resources.Count == 0 ? 0 : _resources.Max(r => r.Name.Length + (r.Replicas > 1 ? 2 : 0)));
        _healthy = _resources.ToDictionary(r => r, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        foreach (var resource in _resources)
            RefuseCycle(resource, []);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
        var running = _resources.Select(resource => StartWhenReadyAsync(resource, cancellationToken)).ToList();
        await Task.WhenAny(stopped.Task, Task.WhenAll(running).ContinueWith(t => t.IsFaulted ? t : stopped.Task, TaskScheduler.Default).Unwrap());
        while (_started.TryPop(out var supervisor))
            await supervisor.StopAsync();
        foreach (var task in running.Where(t => t.IsFaulted))
            await task;
    }

    public ValueTask DisposeAsync()
    {
        _starter.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task StartWhenReadyAsync(ProcessResource resource, CancellationToken cancellationToken)
    {
        foreach (var dependency in resource.WaitsFor)
        {
            if (_healthy.TryGetValue(dependency, out var ready))
                await ready.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (cancellationToken.IsCancellationRequested)
            return;
        for (var replica = 0; replica < resource.Replicas; replica++)
        {
            var supervisor = new ResourceSupervisor(resource, replica, _starter, _output, _time);
            _started.Push(supervisor);
            supervisor.Start();
        }

        if (await new HealthProbe(resource, _time).WaitAsync(cancellationToken))
            _healthy[resource].TrySetResult();
    }

    private static void RefuseCycle(ProcessResource resource, HashSet<ProcessResource> path)
    {
        if (!path.Add(resource))
            throw new InvalidOperationException($"'{resource.Name}' waits for itself: {string.Join(" -> ", path.Select(r => r.Name))}");
        foreach (var dependency in resource.WaitsFor)
            RefuseCycle(dependency, path);
        path.Remove(resource);
    }
}
