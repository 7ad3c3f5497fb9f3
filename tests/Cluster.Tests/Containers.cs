namespace Platform.Cluster.Tests;

/// <summary>What containerd itself says is there, past the cluster's own word.</summary>
internal static class Containers
{
    /// <summary>Ids of the containers (sandboxes included) of pods whose names start with the prefix.</summary>
    public static async Task<List<string>> OfPodsAsync(RunningCluster cluster, string podPrefix)
    {
        var node = Directory.EnumerateDirectories(Path.Combine(cluster.Data, "nodes")).Single();
        var answer = await Shell.RunAsync("ctr", ["--address", Path.Combine(node, "containerd/containerd.sock"), "--namespace",
            "k8s.io", "containers", "ls", $"labels.\"io.kubernetes.pod.name\"~={podPrefix}"]);
        return [.. answer.Succeeded("ctr").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(' ')[0]).Order()];
    }
}
