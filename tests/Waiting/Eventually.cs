using System.Diagnostics;

namespace Platform.Testing;

/// <summary>
/// Asks again and again, for what nothing tells of: other programs, the kernel, and state within the process that has no event. What the API server knows of is watched instead
/// (<see cref="ResourceWaits"/>), and who pauses on a test's clock is waited for there (<see cref="TestClock.AdvanceToTimerAsync"/>).
/// </summary>
public static class Eventually
{
    /// <summary>
    /// How long is waited at most for what comes at once on an idle machine: long, since a passing test does not notice, and a busy machine must not fail one.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until something is so.</summary>
    /// <param name="isSo">What is to become true.</param>
    /// <param name="what">What it means where it does not.</param>
    public static Task HoldsAsync(Func<bool> isSo, string what) => HoldsAsync(() => Task.FromResult(isSo()), what);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string>)"/>
    public static Task HoldsAsync(Func<Task<bool>> isSo, string what) => AnswersAsync(isSo, so => so, what);

    /// <summary>The first answer that is as wanted.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="wanted">Whether an answer is as wanted.</param>
    /// <param name="what">What it means where none is.</param>
    public static async Task<T> AnswersAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted, string what)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            var answer = await ask();
            if (wanted(answer))
                return answer;
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"{what}; the last answer was: {answer}");
            await Task.Delay(pause, TimeProvider.System);
        }
    }

    /// <summary>Tries something until it does not fail.</summary>
    /// <param name="attempt">What is tried.</param>
    /// <param name="mayPass">Whether a failure may pass by itself; any other is thrown, and so is the last one when patience is at its end.</param>
    public static async Task SucceedsAsync(Func<Task> attempt, Func<Exception, bool> mayPass)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception failure) when (mayPass(failure) && Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(pause, TimeProvider.System);
            }
        }
    }

    /// <summary>
    /// Removes folders and control groups that belonged to processes which a test has just ended: the kernel and containerd's shims let go of them a moment later (EBUSY, ENOTEMPTY
    /// until then).
    /// </summary>
    public static Task RemovedAsync(Action remove) => SucceedsAsync(
        () =>
        {
            remove();
            return Task.CompletedTask;
        },
        failure => failure is IOException);

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
