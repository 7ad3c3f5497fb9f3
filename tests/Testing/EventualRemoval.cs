using System.Diagnostics;

namespace Platform.Testing;

/// <summary>
/// Removes folders and control groups that belonged to processes which a test has just ended. The kernel and containerd's shims let go of them
/// a moment later (EBUSY, ENOTEMPTY until then), and nothing tells when.
/// </summary>
public static class EventualRemoval
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Repeats <paramref name="remove"/> while it throws an <see cref="IOException"/>, for ten seconds at most.</summary>
    public static async Task UntilDoneAsync(Action remove)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                remove();
                return;
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }
}
