using System.Globalization;

namespace Platform.Cli.Lifecycle;

/// <summary>Prints what is being done and how long it took. On a terminal the running step shows its seconds; elsewhere only finished steps are printed.</summary>
internal sealed class Steps(TextWriter output, TimeProvider time, bool interactive)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);
    private readonly long _began = time.GetTimestamp();

    /// <summary>Time since the first step.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>Runs a step; what it returns is shown behind its name.</summary>
    public async Task RunAsync(string name, Func<Task<string>> step)
    {
        var began = time.GetTimestamp();
        using var done = new CancellationTokenSource();
        var progress = interactive ? ShowProgressAsync(name, began, done.Token) : Task.CompletedTask;
        string? detail = null;
        try
        {
            detail = await step();
        }
        finally
        {
            await done.CancelAsync();
            await progress;
            var mark = detail is null ? "✗" : "✓";
            var line = $"{mark} {name,-34} {Show(time.GetElapsedTime(began)),9}  {detail}";
            await output.WriteLineAsync((interactive ? "\r\e[K" : "") + line.TrimEnd());
        }
    }

    /// <summary>Runs a step that does not wait for anything.</summary>
    public Task Run(string name, Func<string> step) => RunAsync(name, () => Task.FromResult(step()));

    private async Task ShowProgressAsync(string name, long began, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await output.WriteAsync($"\r\e[K  {name,-34} {Show(time.GetElapsedTime(began)),9}");
            await output.FlushAsync(CancellationToken.None);
            await Task.Delay(Refresh, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Show(TimeSpan duration) => duration < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
}
