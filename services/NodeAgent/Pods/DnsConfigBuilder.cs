using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>Decides what is in a pod's resolv.conf: the cluster's DNS first where the pod wants it and there is one, else the host's.</summary>
internal static class DnsConfigBuilder
{
    private const int MaxServers = 3;
    private const int MaxSearches = 32;

    /// <param name="pod">The pod.</param>
    /// <param name="host">What the host's resolv.conf says.</param>
    /// <param name="clusterDns">Address of the cluster's DNS service; null where there is none, and then the host's servers are used.</param>
    /// <param name="clusterDomain">Such as <c>cluster.local</c>.</param>
    public static DnsConfig Build(Pod pod, DnsConfig host, string? clusterDns, string clusterDomain)
    {
        var spec = pod.Spec!;
        var policy = spec.DnsPolicy ?? "ClusterFirst";
        var wantsCluster = policy == "ClusterFirstWithHostNet" || (policy == "ClusterFirst" && spec.HostNetwork != true);
        var config = policy switch
        {
            "None" => new DnsConfig([], [], []),
            _ when wantsCluster && clusterDns is not null => new DnsConfig(
                [clusterDns],
                [$"{pod.Metadata.Namespace}.svc.{clusterDomain}", $"svc.{clusterDomain}", clusterDomain, .. host.Searches],
                ["ndots:5"]),
            _ => host,
        };
        if (spec.DnsConfig is not { } own)
            return config;
        var options = (own.Options ?? []).Select(o => o.Value is null ? o.Name! : $"{o.Name}:{o.Value}").ToList();
        var replaced = options.Select(o => o.Split(':')[0]).ToHashSet();
        return new(
            [.. config.Servers.Concat(own.Nameservers ?? []).Distinct().Take(MaxServers)],
            [.. config.Searches.Concat(own.Searches ?? []).Distinct().Take(MaxSearches)],
            [.. config.Options.Where(o => !replaced.Contains(o.Split(':')[0])), .. options]);
    }

    /// <summary>Reads a resolv.conf.</summary>
    public static DnsConfig Parse(string resolvConf)
    {
        List<string> servers = [], searches = [], options = [];
        foreach (var line in resolvConf.Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            switch (words.FirstOrDefault())
            {
                case "nameserver" when words.Length > 1:
                    servers.Add(words[1]);
                    break;
                case "search" or "domain":
                    searches = [.. words.Skip(1)];
                    break;
                case "options":
                    options.AddRange(words.Skip(1));
                    break;
            }
        }

        return new([.. servers.Take(MaxServers)], searches, options);
    }
}
