using System.Reflection;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Tests.Node;

public sealed class NodeResetTests
{
    [Fact]
    public async Task What_the_runtime_does_not_remove_at_once_is_asked_for_again()
    {
        var (runtime, slow) = SlowRuntime.Create(refusals: 2);
        await ResetAsync(runtime, pauses: 2);
        slow.Removed.ShouldBe(["one"]);
    }

    [Fact]
    public async Task A_runtime_that_never_removes_it_is_told_of()
    {
        var (runtime, _) = SlowRuntime.Create(refusals: int.MaxValue);
        await Should.ThrowAsync<RuntimeException>(() => ResetAsync(runtime, pauses: 2));
    }

    private static async Task ResetAsync(IContainerRuntime runtime, int pauses)
    {
        var clock = new TestClock();
        var reset = NodeReset.RemoveSandboxesAsync(runtime, clock, CancellationToken.None);
        for (var i = 0; i < pauses; i++)
            await clock.AdvanceToTimerAsync(within: TimeSpan.FromSeconds(1));
        await reset;
    }

    /// <summary>A runtime with one sandbox, which it does not stop the first times that it is asked to.</summary>
    public class SlowRuntime : DispatchProxy
    {
        private static readonly PodIdentity Pod = new("default", "one", "uid");

        private int _refusals;

        public List<string> Removed { get; } = [];

        internal static (IContainerRuntime Runtime, SlowRuntime Slow) Create(int refusals)
        {
            var runtime = Create<IContainerRuntime, SlowRuntime>();
            var slow = (SlowRuntime)(object)runtime;
            slow._refusals = refusals;
            return (runtime, slow);
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IContainerRuntime.ListPodsAsync) => Task.FromResult<IReadOnlyList<PodIdentity>>([Pod]),
            nameof(IContainerRuntime.ObservePodAsync) => Task.FromResult(new PodRuntimeState([new() { Id = "one", Pod = Pod }], [])),
            nameof(IContainerRuntime.StopSandboxAsync) => _refusals-- > 0 ? Task.FromException(new RuntimeException(RuntimeFailure.Failed, "not yet")) : Task.CompletedTask,
            nameof(IContainerRuntime.RemoveSandboxAsync) => Remove((string)args![0]!),
            _ => throw new NotSupportedException(targetMethod.Name),
        };

        private Task Remove(string id)
        {
            Removed.Add(id);
            return Task.CompletedTask;
        }
    }
}
