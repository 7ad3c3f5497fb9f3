using Platform.ServiceProxy.Nftables;

namespace Platform.ServiceProxy;

/// <summary>
/// The nftables table of a cluster, family <c>ip</c>. It stays when the service proxy stops, so that services work on during an upgrade.
/// </summary>
public static class ServiceProxyTable
{
    /// <summary>Name of the table.</summary>
    /// <param name="clusterId">Id of the cluster, see <see cref="ServiceDefaults.ClusterSettings.Id"/>.</param>
    public static string Name(string clusterId) => $"platform-{clusterId}";

    /// <summary>Removes the table, which need not exist.</summary>
    /// <returns>Null, or why it could not be removed: no root, no nft.</returns>
    public static async Task<string?> RemoveAsync(string clusterId, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        var nft = new NftCommand(clock);
        if (await nft.UnusableAsync(cancellationToken) is { } reason)
            return reason;
        try
        {
            await nft.LoadAsync($"add table ip {Name(clusterId)}\ndelete table ip {Name(clusterId)}\n", cancellationToken);
            return null;
        }
        catch (NftException failure)
        {
            return failure.Message;
        }
    }
}
