using Platform.ServiceProxy.Rules;

namespace Platform.ServiceProxy.Nftables;

/// <summary>
/// Keeps the kernel's table equal to the newest rule set. It remembers what it loaded and sends the difference only; the first time, and
/// whenever the kernel refuses a difference (so that the table is not what it was thought to be), it replaces the table as a whole.
/// </summary>
internal sealed class RuleLoader(NftCommand nft, string table)
{
    private RuleSet? _loaded;

    /// <summary>The next load replaces the table.</summary>
    public void Distrust() => _loaded = null;

    /// <summary>Whether the table is there.</summary>
    public async Task<bool> TableExistsAsync(CancellationToken cancellationToken) =>
        (await nft.RunAsync(["list", "tables", "ip"], "", cancellationToken)).Split('\n').Contains($"table ip {table}");

    /// <summary>Loads a rule set.</summary>
    /// <returns>How it was done.</returns>
    /// <exception cref="NftException">The rule set could not be loaded; the table is as before.</exception>
    public async Task<LoadOutcome> LoadAsync(RuleSet rules, CancellationToken cancellationToken)
    {
        var refused = false;
        if (_loaded is not null)
        {
            var difference = NftScript.Difference(table, _loaded, rules);
            if (difference.Length == 0)
                return LoadOutcome.Unchanged;
            try
            {
                await nft.LoadAsync(difference, cancellationToken);
                _loaded = rules;
                return LoadOutcome.Difference;
            }
            catch (NftException)
            {
                // Told to the caller as the outcome Replaced: the whole table follows, and its failure is thrown.
                refused = true;
                _loaded = null;
            }
        }

        await nft.LoadAsync(NftScript.Full(table, rules), cancellationToken);
        _loaded = rules;
        return refused ? LoadOutcome.Replaced : LoadOutcome.Full;
    }
}

/// <summary>How a rule set got into the kernel.</summary>
internal enum LoadOutcome
{
    /// <summary>It was there.</summary>
    Unchanged,

    /// <summary>By a transaction with what had changed.</summary>
    Difference,

    /// <summary>As a whole, being the first.</summary>
    Full,

    /// <summary>As a whole, since the kernel had refused the difference.</summary>
    Replaced,
}
