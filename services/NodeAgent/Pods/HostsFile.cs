using System.Text;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Pods;

/// <summary>Content of a pod's /etc/hosts: the usual names of loopback, the pod's own, and its host aliases.</summary>
internal static class HostsFile
{
    public static string Render(Pod pod, IReadOnlyList<string> ips, string hostname, string clusterDomain)
    {
        var text = new StringBuilder("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        text.Append("fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
        var full = pod.Spec!.Subdomain is { Length: > 0 } subdomain ? $"{hostname}.{subdomain}.{pod.Metadata.Namespace}.svc.{clusterDomain}\t" : "";
        foreach (var ip in ips)
            text.Append($"{ip}\t{full}{hostname}\n");
        if (pod.Spec.HostAliases is { Count: > 0 } aliases)
        {
            text.Append("\n# Entries added by HostAliases.\n");
            foreach (var alias in aliases)
                text.Append($"{alias.Ip}\t{string.Join('\t', alias.Hostnames ?? [])}\n");
        }

        return text.ToString();
    }

    /// <summary>The pod's host name: what it asks for, or its name cut to what the kernel takes.</summary>
    public static string HostnameOf(Pod pod, string nodeName)
    {
        const int maxLength = 63;
        if (pod.Spec!.HostNetwork == true)
            return nodeName;
        var name = pod.Spec.Hostname is { Length: > 0 } own ? own : pod.Metadata.Name!;
        return name.Length <= maxLength ? name : name[..maxLength].TrimEnd('-', '.');
    }
}
