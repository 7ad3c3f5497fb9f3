namespace Platform.ServiceProxy.Nftables;

/// <summary>Watches the kernel's rule changes, so that a table which somebody else removed (<c>nft flush ruleset</c>) comes back.</summary>
internal sealed class TableMonitor(NftCommand nft, string table)
{
    /// <summary>Calls back whenever the table may have been removed, until cancelled or <c>nft monitor</c> ends.</summary>
    public async Task RunAsync(Action removed, CancellationToken cancellationToken)
    {
        using var process = nft.Start(["monitor", "destroy"]);
        await using var stop = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line == $"delete table ip {table}")
                removed();
        }

        await process.WaitForExitAsync(CancellationToken.None);
    }
}
