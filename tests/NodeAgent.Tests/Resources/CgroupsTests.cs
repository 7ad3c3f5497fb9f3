using System.Diagnostics;
using System.Globalization;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Tests.Support;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Tests.Resources;

/// <summary>The machine's own cgroups, below a root that only the test uses.</summary>
public sealed class CgroupsTests : IAsyncLifetime
{
    private const string Mount = "/sys/fs/cgroup";
    private readonly string _root = $"/platform-test-{Environment.ProcessId}";
    private readonly Cgroups _cgroups;

    public CgroupsTests() => _cgroups = new(_root + "/node");

    private static bool Unified => File.Exists(Mount + "/cgroup.controllers");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (PosixCalls.IsRoot)
            await _cgroups.RemoveAllAsync(TimeProvider.System, CancellationToken.None);
    }

    [Fact]
    public async Task A_process_that_the_runtime_forgot_does_not_keep_the_pods_cgroup()
    {
        Assert.SkipUnless(PosixCalls.IsRoot && Directory.Exists(Mount), "needs root and cgroups");
        _cgroups.Ensure(TestPods.Pod("left", TestPods.Container()), "BestEffort");
        var folder = (Unified ? Mount : Mount + "/pids") + _cgroups.PathOf("left-uid", "BestEffort");
        var below = Directory.CreateDirectory(Path.Combine(folder, "container")).FullName;
        using var forgotten = Process.Start("sleep", "1000");
        await File.WriteAllTextAsync(Path.Combine(below, "cgroup.procs"), forgotten.Id.ToString(CultureInfo.InvariantCulture));

        await _cgroups.RemoveAllAsync(TimeProvider.System, CancellationToken.None);

        await forgotten.WaitForExitAsync().WaitAsync(Eventually.Patience);
        Directory.Exists(folder).ShouldBeFalse();
    }
}
