using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime.Simulated;
using Platform.NodeAgent.Tests.Support;

namespace Platform.NodeAgent.Tests.Pods;

/// <summary>Pod workers over the simulated runtime, under a clock that only the test moves.</summary>
public sealed class PodWorkerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TestClock _clock = new(Start);
    private readonly SimulatedRuntime _runtime;
    private readonly PodHarness _harness;

    public PodWorkerTests()
    {
        _runtime = new(_clock);
        _harness = new(_runtime, _clock);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task A_pod_becomes_running_and_ready_and_says_so_with_conditions_and_events()
    {
        _harness.Workers.Set(TestPods.Pod("web", TestPods.Container()), default);
        var status = await ReadyAsync("web-uid");
        status.Phase.ShouldBe("Running");
        status.PodIP.ShouldNotBeNullOrEmpty();
        status.HostIP.ShouldBe("192.0.2.10");
        status.StartTime.ShouldBe(Start);
        status.QosClass.ShouldBe("BestEffort");
        foreach (var type in (string[])["PodReadyToStartContainers", "Initialized", "ContainersReady", "Ready"])
            status.Condition(type).ShouldBe("True", type);
        _harness.Events.All.ShouldContain("Normal Pulled: Container image \"test.local/app:1\" already present on machine");
        _harness.Events.All.ShouldContain("Normal Created: Created container: main");
        _harness.Events.All.ShouldContain("Normal Started: Started container main");
    }

    [Fact]
    public async Task Init_containers_run_one_after_the_other_before_the_others_start()
    {
        var pod = TestPods.Pod("init", TestPods.Container());
        pod = pod with { Spec = pod.Spec! with { InitContainers = [TestPods.Container("first"), TestPods.Container("second")] } };
        _harness.Workers.Set(pod, default);
        foreach (var name in (string[])["first", "second"])
        {
            var status = await _harness.UntilAsync("init-uid", s => s.InitContainerStatuses?.Any(c => c.Name == name && c.State?.Running is not null) == true);
            status.Phase.ShouldBe("Pending");
            status.ContainerStatuses![0].State!.Waiting!.Reason.ShouldBe("PodInitializing");
            Exit(status.InitContainerStatuses!.First(c => c.Name == name), 0);
        }

        var done = await ReadyAsync("init-uid");
        done.InitContainerStatuses!.ShouldAllBe(c => c.Ready == true && c.State!.Terminated!.Reason == "Completed");
    }

    [Fact]
    public async Task A_container_that_ends_is_restarted_at_once_and_then_with_back_off()
    {
        _harness.Workers.Set(TestPods.Pod("crash", TestPods.Container()), default);
        Exit((await ReadyAsync("crash-uid")).ContainerStatuses![0], 1);
        var second = await _harness.UntilAsync("crash-uid", s => s.ContainerStatuses![0] is { RestartCount: 1, State.Running: not null });
        second.ContainerStatuses![0].LastState!.Terminated!.ExitCode.ShouldBe(1);

        Exit(second.ContainerStatuses![0], 2);
        var waiting = await _harness.UntilAsync("crash-uid", s => s.ContainerStatuses![0].State?.Waiting is not null);
        waiting.ContainerStatuses![0].State!.Waiting!.Reason.ShouldBe("CrashLoopBackOff");
        waiting.ContainerStatuses[0].State!.Waiting!.Message.ShouldBe("back-off 10s restarting failed container=main pod=crash_default(crash-uid)");
        waiting.ContainerStatuses[0].LastState!.Terminated!.ExitCode.ShouldBe(2);
        waiting.Phase.ShouldBe("Running");

        await AdvanceUntilAsync("crash-uid", TimeSpan.FromSeconds(10), s => s.ContainerStatuses![0] is { RestartCount: 2, State.Running: not null });
    }

    [Theory]
    [InlineData("Never", 0, "Succeeded")]
    [InlineData("Never", 3, "Failed")]
    [InlineData("OnFailure", 0, "Succeeded")]
    public async Task A_pod_whose_containers_have_ended_for_good_is_over(string policy, int exitCode, string phase)
    {
        var pod = TestPods.Pod("job", TestPods.Container());
        _harness.Workers.Set(pod with { Spec = pod.Spec! with { RestartPolicy = policy } }, default);
        Exit((await ReadyAsync("job-uid")).ContainerStatuses![0], exitCode);
        var status = await _harness.UntilAsync("job-uid", s => s.Phase == phase);
        status.ContainerStatuses![0].State!.Terminated!.ExitCode.ShouldBe(exitCode);
        status.Condition("Ready").ShouldBe("False");
    }

    [Fact]
    public async Task A_pod_that_is_over_keeps_its_last_words_until_it_is_deleted_and_then_leaves_nothing()
    {
        var pod = TestPods.Pod("words", TestPods.Container());
        pod = pod with { Spec = pod.Spec! with { RestartPolicy = "Never" } };
        _harness.Workers.Set(pod, default);
        var running = await ReadyAsync("words-uid");
        await File.WriteAllTextAsync(_harness.Layout.TerminationMessage("words-uid", "main", 0), "farewell");
        var logs = Directory.CreateDirectory(_harness.Layout.PodLogs(Platform.NodeAgent.Runtime.PodIdentity.Of(pod)));
        Exit(running.ContainerStatuses![0], 0);
        await _harness.UntilAsync("words-uid", s => s.Phase == "Succeeded");
        // A second look, after everything that a pod that is over no longer needs was given back.
        await Eventually.HoldsAsync(() => !Directory.Exists(_harness.Layout.Volumes("words-uid")), "the volumes are still there");
        _harness.Workers.Set(pod.Deleted(Start), default);
        await _harness.Api.DeletionOf("words-uid").WaitAsync(Eventually.Patience);
        _harness.Api.Statuses["words-uid"].ContainerStatuses![0].State!.Terminated!.Message.ShouldBe("farewell");
        Directory.Exists(logs.FullName).ShouldBeFalse();
        Directory.Exists(_harness.Layout.Pod("words-uid")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_volume_that_shows_the_pods_labels_follows_them()
    {
        var pod = TestPods.Pod("labelled", TestPods.Container());
        pod = pod with
        {
            Spec = pod.Spec! with
            {
                Volumes = [new() { Name = "info", DownwardAPI = new() { Items = [new() { Path = "labels", FieldRef = new() { FieldPath = "metadata.labels" } }] } }],
            },
        };
        _harness.Workers.Set(pod, default);
        await ReadyAsync("labelled-uid");
        var file = Path.Combine(_harness.Services.Volumes.PathOf(pod, pod.Spec!.Volumes![0]), "labels");
        (await File.ReadAllTextAsync(file)).ShouldNotContain("tier");
        _harness.Workers.Set(pod with { Metadata = pod.Metadata with { Labels = new Dictionary<string, string> { ["app"] = "test", ["tier"] = "front" } } }, default);
        await Eventually.AnswersAsync(() => File.ReadAllTextAsync(file), text => text.Contains("tier=\"front\"", StringComparison.Ordinal), "the label is not there");
    }

    [Fact]
    public async Task A_deleted_pod_is_stopped_with_its_grace_period_and_then_confirmed()
    {
        var pod = TestPods.Pod("gone", TestPods.Container());
        _harness.Workers.Set(pod, default);
        await ReadyAsync("gone-uid");
        _harness.Workers.Set(pod.Deleted(Start, 7), default);
        await _harness.Api.DeletionOf("gone-uid").WaitAsync(Eventually.Patience);
        _runtime.Stops.ShouldContain(("main", TimeSpan.FromSeconds(7)));
        _harness.Api.Statuses["gone-uid"].ContainerStatuses![0].State!.Terminated.ShouldNotBeNull();
        (await _runtime.ListAsync(CancellationToken.None)).ShouldBeEmpty();
        _harness.Events.All.ShouldContain("Normal Killing: Stopping container main");
    }

    [Fact]
    public async Task A_shorter_grace_period_takes_the_place_of_a_longer_one()
    {
        _runtime.IgnoreStopSignal = true;
        var pod = TestPods.Pod("slow", TestPods.Container());
        _harness.Workers.Set(pod, default);
        await ReadyAsync("slow-uid");
        _harness.Workers.Set(pod.Deleted(Start, 3600), default);
        await StoppedAsync(1);
        _harness.Workers.Set(pod.Deleted(Start, 0), default);
        await _harness.Api.DeletionOf("slow-uid").WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_shows_the_error_then_backs_off_then_is_tried_again()
    {
        _runtime.BreakImage("test.local/app:1", "pull access denied");
        _harness.Workers.Set(TestPods.Pod("pull", TestPods.Container()), default);
        var failed = await _harness.UntilAsync("pull-uid", s => s.ContainerStatuses![0].State?.Waiting?.Reason == "ErrImagePull");
        failed.ContainerStatuses![0].State!.Waiting!.Message.ShouldBe("pull access denied");
        failed.Phase.ShouldBe("Pending");
        await AdvanceUntilAsync("pull-uid", TimeSpan.FromSeconds(1), s => s.ContainerStatuses![0].State?.Waiting?.Reason == "ImagePullBackOff");
        _runtime.BreakImage("test.local/app:1", null);
        await AdvanceUntilAsync("pull-uid", TimeSpan.FromSeconds(10), s => s.Condition("Ready") == "True");
    }

    [Fact]
    public async Task A_missing_config_map_is_a_configuration_error_until_it_is_there()
    {
        var container = TestPods.Container() with
        {
            Env = [new() { Name = "COLOUR", ValueFrom = new() { ConfigMapKeyRef = new() { Name = "settings", Key = "colour" } } }],
        };
        _harness.Workers.Set(TestPods.Pod("config", container), default);
        var failed = await _harness.UntilAsync("config-uid", s => s.ContainerStatuses![0].State?.Waiting?.Reason == "CreateContainerConfigError");
        failed.ContainerStatuses![0].State!.Waiting!.Message.ShouldBe("configmap \"settings\" not found");
        _harness.Objects.ConfigMaps["settings"] = new() { Data = new Dictionary<string, string> { ["colour"] = "blue" } };
        await AdvanceUntilAsync("config-uid", TimeSpan.FromSeconds(10), s => s.Condition("Ready") == "True");
        _runtime.Created.Last().Env.ShouldContain(new KeyValuePair<string, string>("COLOUR", "blue"));
    }

    [Fact]
    public async Task Readiness_follows_its_probe_and_liveness_restarts()
    {
        var answer = 0;
        _runtime.OnExec = (_, command) => new(command[0] == "ready" ? Volatile.Read(ref answer) & 1 : Volatile.Read(ref answer) >> 1, "");
        var container = TestPods.Container() with
        {
            ReadinessProbe = new() { Exec = new() { Command = ["ready"] }, PeriodSeconds = 1, FailureThreshold = 1, SuccessThreshold = 1, TimeoutSeconds = 1 },
            LivenessProbe = new() { Exec = new() { Command = ["alive"] }, PeriodSeconds = 1, FailureThreshold = 2, SuccessThreshold = 1, TimeoutSeconds = 1 },
        };
        _harness.Workers.Set(TestPods.Pod("probed", container), default);
        await ReadyAsync("probed-uid");
        Volatile.Write(ref answer, 1);
        await AdvanceUntilAsync("probed-uid", TimeSpan.FromSeconds(1), s => s.Condition("Ready") == "False");
        Volatile.Write(ref answer, 2);
        await AdvanceUntilAsync("probed-uid", TimeSpan.FromSeconds(1), s => s.ContainerStatuses![0].RestartCount == 1);
        _harness.Events.All.ShouldContain("Normal Killing: Container main failed liveness probe, will be restarted");
    }

    [Fact]
    public async Task Probes_over_the_network_count_as_answered_where_containers_are_simulated()
    {
        var container = TestPods.Container() with
        {
            ReadinessProbe = new() { HttpGet = new() { Path = "/", Port = 8080 }, PeriodSeconds = 1, FailureThreshold = 1, SuccessThreshold = 1, TimeoutSeconds = 1 },
        };
        _harness.Workers.Set(TestPods.Pod("web", container), default);
        await ReadyAsync("web-uid");
    }

    [Fact]
    public async Task A_new_worker_takes_over_what_runs_without_restarting_it()
    {
        var pod = TestPods.Pod("kept", TestPods.Container());
        _harness.Workers.Set(pod, default);
        var before = (await ReadyAsync("kept-uid")).ContainerStatuses![0].ContainerID;
        await _harness.Workers.DisposeAsync();
        await using var successor = new PodHarness(_runtime, _clock);
        successor.Workers.Set(pod, default);
        var after = await successor.UntilAsync("kept-uid", s => s.Condition("Ready") == "True");
        after.ContainerStatuses![0].ContainerID.ShouldBe(before);
        after.ContainerStatuses[0].RestartCount.ShouldBe(0);
        _runtime.Created.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_sandbox_without_a_pod_is_cleared_away()
    {
        var pod = TestPods.Pod("orphan", TestPods.Container());
        _harness.Workers.Set(pod, default);
        await ReadyAsync("orphan-uid");
        await _harness.Workers.DisposeAsync();
        await using var successor = new PodHarness(_runtime, _clock);
        successor.Workers.AddOrphan(new("default", "orphan", "orphan-uid"));
        await Eventually.HoldsAsync(() => successor.Workers.Count == 0, "the worker of the orphan is still there");
        (await _runtime.ListAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pod_that_is_active_for_too_long_fails()
    {
        var pod = TestPods.Pod("late", TestPods.Container());
        _harness.Workers.Set(pod with { Spec = pod.Spec! with { ActiveDeadlineSeconds = 60 } }, default);
        await ReadyAsync("late-uid");
        var status = await AdvanceUntilAsync("late-uid", TimeSpan.FromSeconds(60), s => s.Phase == "Failed");
        status.Reason.ShouldBe("DeadlineExceeded");
    }

    private Task<PodStatus> ReadyAsync(string uid) => _harness.UntilAsync(uid, s => s.Condition("Ready") == "True", "Ready");

    private void Exit(ContainerStatus container, int code) => _runtime.Exit(container.ContainerID!.Split("://")[1], code);

    /// <summary>Moves the clock step by step, since a timer may be set only after an earlier one has fired.</summary>
    private async Task<PodStatus> AdvanceUntilAsync(string uid, TimeSpan step, Func<PodStatus, bool> condition)
    {
        var reached = _harness.UntilAsync(uid, condition, "after advancing");
        await _clock.AdvanceUntilAsync(step, () => Task.FromResult(reached.IsCompleted), "after advancing");
        return await reached;
    }

    private Task StoppedAsync(int count) => Eventually.HoldsAsync(() => _runtime.Stops.Count >= count, $"fewer than {count} containers were stopped");
}
