namespace Platform.ServiceProxy.Nftables;

/// <summary>Watches the kernel's rule changes, so that a table which somebody else removed (<c>nft flush ruleset</c>) comes back.</summary>
internal sealed class TableMonitor(NftCommand nft, string table)
{
    /// <summary>
    /// Calls back whenever the table may have been removed, until cancelled or <c>nft monitor</c> ends. On a thread of its own: the kernel ends
    /// the program with the thread that started it, which one of the pool may be at any time.
    /// </summary>
    public Task RunAsync(Action removed, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Run(removed, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(Action removed, CancellationToken cancellationToken)
    {
        using var process = nft.StartTied(["monitor", "destroy"]);
        using var stop = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line == $"delete table ip {table}")
                removed();
        }

        process.WaitForExit();
    }
}
