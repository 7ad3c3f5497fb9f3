using System.Globalization;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Images;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Pods;

/// <summary>Carries out the steps of a plan. Each returns what the agent must remember; failures of a step are part of that, not exceptions.</summary>
internal sealed class PodExecutor(PodServices services)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>How soon a container is tried again whose configuration is wrong or that the runtime refuses.</summary>
    private static readonly TimeSpan StartRetry = TimeSpan.FromSeconds(10);

    public Task<PodMemory> ExecuteAsync(PodAction action, PodObservation o, CancellationToken cancellationToken) => action switch
    {
        PrepareAction prepare => PrepareAsync(prepare, o, cancellationToken),
        StartContainerAction start => StartAsync(start, o, cancellationToken),
        RemoveAction remove => RemoveAsync(remove, o, cancellationToken),
        StopSandboxAction stop => StopSandboxAsync(stop, o, cancellationToken),
        ReclaimAction => Task.FromResult(Reclaim(o)),
        FailPodAction fail => Task.FromResult(Fail(fail, o)),
        _ => throw new InvalidOperationException($"{action.GetType().Name} is not a step of its own"),
    };

    private PodMemory Fail(FailPodAction fail, PodObservation o)
    {
        services.Events.Normal(o.Pod, fail.Failure.Reason, fail.Failure.Message);
        return o.Memory with { Failure = fail.Failure };
    }

    /// <summary>Volumes and sandbox do not need each other, so they are made at the same time.</summary>
    private async Task<PodMemory> PrepareAsync(PrepareAction action, PodObservation o, CancellationToken cancellationToken)
    {
        var volumes = action.Volumes ? SetUpVolumesAsync(o, cancellationToken) : Task.FromResult(o.Memory);
        var sandbox = action.Sandbox is { } attempt ? RunSandboxAsync(attempt, o, cancellationToken) : Task.FromResult(o.Memory);
        await Task.WhenAll(volumes, sandbox);
        var (withVolumes, withSandbox) = (await volumes, await sandbox);
        return withSandbox with
        {
            VolumesReady = withVolumes.VolumesReady,
            VolumesRetryAt = withVolumes.VolumesRetryAt,
            VolumesFailures = withVolumes.VolumesFailures,
        };
    }

    private async Task<PodMemory> SetUpVolumesAsync(PodObservation o, CancellationToken cancellationToken)
    {
        try
        {
            await services.Volumes.SetUpAsync(SourcesOf(o), cancellationToken);
            return o.Memory with { VolumesReady = true, VolumesFailures = 0 };
        }
        catch (Exception e) when (e is VolumeException or HttpRequestException or Api.Errors.ApiException)
        {
            services.Events.Warning(o.Pod, "FailedMount", e.Message);
            var failures = o.Memory.VolumesFailures + 1;
            return o.Memory with { VolumesReady = false, VolumesFailures = failures, VolumesRetryAt = o.Now + Retry(failures) };
        }
    }

    public VolumeSources SourcesOf(PodObservation o) =>
        new(o.Pod, services.Node.Address, PodIps(o), services.Objects, services.Tokens, services.Node.Allocatable);

    private async Task<PodMemory> RunSandboxAsync(int attempt, PodObservation o, CancellationToken cancellationToken)
    {
        await services.SandboxSlots.WaitAsync(cancellationToken);
        try
        {
            var config = services.Configs.Sandbox(o.Pod, attempt, services.Node);
            Directory.CreateDirectory(config.LogDirectory);
            services.Cgroups?.Ensure(o.Pod, QosClass.Of(o.Spec));
            await services.Runtime.RunSandboxAsync(config, cancellationToken);
            return o.Memory with { SandboxFailures = 0 };
        }
        catch (Exception e) when (e is RuntimeException or IOException or UnauthorizedAccessException)
        {
            services.Events.Warning(o.Pod, "FailedCreatePodSandBox", $"Failed to create pod sandbox: {e.Message}");
            var failures = o.Memory.SandboxFailures + 1;
            return o.Memory with { SandboxFailures = failures, SandboxRetryAt = o.Now + Retry(failures) };
        }
        finally
        {
            services.SandboxSlots.Release();
        }
    }

    private async Task<PodMemory> StartAsync(StartContainerAction action, PodObservation o, CancellationToken cancellationToken)
    {
        var name = action.Container.Name!;
        var memory = o.Memory;
        if (action.Previous is { Phase: ContainerPhase.Exited } previous)
            memory = memory.With(name, m => m with { Crash = m.Crash.Next(previous.FinishedAt, o.Now) });
        try
        {
            var image = await services.Images.EnsureAsync(o.Pod, action.Container, services.Events, cancellationToken);
            var id = await CreateAsync(action, o, image, cancellationToken);
            await services.Runtime.StartContainerAsync(id, cancellationToken);
            services.Events.Normal(o.Pod, "Started", $"Started container {name}");
            await PostStartAsync(action, o, id, cancellationToken);
            return memory.With(name, m => m.For(id) with { Failure = null, Pull = default });
        }
        catch (ImageException e)
        {
            return memory.With(name, m => ImageFailure(o, m, action.Container, e));
        }
        catch (ContainerConfigException e)
        {
            return Failed(o, memory, action.Container, "CreateContainerConfigError", e.Message);
        }
        catch (VolumeException e)
        {
            return Failed(o, memory, action.Container, "CreateContainerConfigError", e.Message);
        }
        catch (RuntimeException e)
        {
            return Failed(o, memory, action.Container, "RunContainerError", e.Message);
        }
    }

    private async Task<string> CreateAsync(StartContainerAction action, PodObservation o, NodeImage image, CancellationToken cancellationToken)
    {
        var ips = PodIps(o);
        var environment = await EnvironmentBuilder.BuildAsync(action.Container, new()
        {
            Pod = o.Pod,
            HostIp = services.Node.Address,
            PodIps = ips,
            Services = services.Services(),
            Objects = services.Objects,
            Allocatable = services.Node.Allocatable,
        }, cancellationToken);
        var config = services.Configs.Container(o.Pod, action.Container, action.Attempt, image, environment, ips, services.Node);
        if (EphemeralContainers.TargetOf(o.Spec, action.Container.Name!) is { } target)
            config = config with { Security = config.Security with { TargetContainer = RunningId(o, target) } };
        Directory.CreateDirectory(services.Layout.ContainerLogs(PodIdentity.Of(o.Pod), action.Container.Name!));
        var sandbox = services.Configs.Sandbox(o.Pod, action.Sandbox.Attempt, services.Node);
        try
        {
            var id = await services.Runtime.CreateContainerAsync(action.Sandbox.Id, config, sandbox, cancellationToken);
            services.Events.Normal(o.Pod, "Created", $"Created container: {action.Container.Name}");
            return id;
        }
        catch (RuntimeException e) when (e.Failure == RuntimeFailure.Failed)
        {
            throw new ContainerConfigException(e.Message);
        }
    }

    private static string RunningId(PodObservation o, string target) => o.Current(target) is { Phase: ContainerPhase.Running } running
        ? running.Id
        : throw new ContainerConfigException($"unable to find target container {target}");

    private async Task PostStartAsync(StartContainerAction action, PodObservation o, string id, CancellationToken cancellationToken)
    {
        if (action.Container.Lifecycle?.PostStart is not { } hook)
            return;
        if (await services.Hooks.RunAsync(hook, action.Container, id, PodIps(o).FirstOrDefault() ?? "", null, cancellationToken) is not { } failure)
            return;
        services.Events.Warning(o.Pod, "FailedPostStartHook", $"PostStartHook failed: {failure}");
        services.Events.Normal(o.Pod, "Killing", "FailedPostStartHook");
        await services.Runtime.StopContainerAsync(id, o.Grace, cancellationToken);
    }

    private ContainerMemory ImageFailure(PodObservation o, ContainerMemory memory, Container container, ImageException e)
    {
        if (e.Reason != StartFailure.PullFailed)
        {
            services.Events.Warning(o.Pod, e.Reason == "InvalidImageName" ? "InspectFailed" : "ErrImageNeverPull", e.Message);
            return memory with { Failure = new(e.Reason, e.Message, o.Now, o.Now + StartRetry) };
        }

        services.Events.Warning(o.Pod, "Failed", $"Failed to pull image \"{container.Image}\": {e.Message}");
        services.Events.Warning(o.Pod, "Failed", "Error: ErrImagePull");
        var now = services.Time.GetUtcNow();
        var backoff = memory.Pull.Next(now, now);
        return memory with { Pull = backoff, Failure = new(StartFailure.PullFailed, e.Message, now, now + backoff.Delay) };
    }

    private PodMemory Failed(PodObservation o, PodMemory memory, Container container, string reason, string message)
    {
        services.Events.Warning(o.Pod, "Failed", $"Error: {message}");
        var now = services.Time.GetUtcNow();
        return memory.With(container.Name!, m => m with { Failure = new(reason, message, now, now + StartRetry) });
    }

    private async Task<PodMemory> StopSandboxAsync(StopSandboxAction action, PodObservation o, CancellationToken cancellationToken)
    {
        await services.Runtime.StopSandboxAsync(action.Sandbox.Id, cancellationToken);
        return o.Memory;
    }

    private async Task<PodMemory> RemoveAsync(RemoveAction action, PodObservation o, CancellationToken cancellationToken)
    {
        await Task.WhenAll(action.Containers.Select(async container =>
        {
            await services.Runtime.RemoveContainerAsync(container.Id, cancellationToken);
            var log = Path.Combine(services.Layout.ContainerLogs(container.Pod, container.Name), container.Attempt.ToString(CultureInfo.InvariantCulture) + ".log");
            if (container.Pod.Uid.Length > 0 && Path.GetDirectoryName(log) is { } folder && Directory.Exists(folder))
            {
                foreach (var file in Directory.EnumerateFiles(folder, Path.GetFileName(log) + "*"))
                    File.Delete(file);
            }
        }));
        foreach (var sandbox in action.Sandboxes)
            await services.Runtime.RemoveSandboxAsync(sandbox.Id, cancellationToken);
        return o.Memory;
    }

    private PodMemory Reclaim(PodObservation o)
    {
        var uid = o.Pod.Metadata.Uid!;
        services.Volumes.TearDown(uid);
        services.Cgroups?.Remove(uid);
        if (!o.Terminating)
            return o.Memory with { Reclaimed = Reclaimed.Resources };
        foreach (var folder in (string[])[services.Layout.Pod(uid), services.Layout.PodLogs(PodIdentity.Of(o.Pod))])
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        return o.Memory with { Reclaimed = Reclaimed.Everything };
    }

    private IReadOnlyList<string> PodIps(PodObservation o) =>
        o.Spec.HostNetwork == true ? [services.Node.Address] : o.Runtime.Sandbox?.Ips ?? [];

    private static TimeSpan Retry(int failures)
    {
        var delay = FirstRetry * Math.Pow(2, Math.Min(failures, 16) - 1);
        return delay < LongestRetry ? delay : LongestRetry;
    }
}
