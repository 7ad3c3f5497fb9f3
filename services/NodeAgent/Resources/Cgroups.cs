using System.Diagnostics;
using System.Globalization;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Resources;

/// <summary>
/// Makes and removes the cgroups of pods, below a root of the node's own, sorted by quality of service as upstream does. Works on version 2 and on
/// version 1 with any set of controllers, where cpuset must be filled in from the parent before a process can enter.
/// </summary>
internal sealed class Cgroups(string root, string mount = "/sys/fs/cgroup")
{
    private const long DefaultPidsLimit = 4096;
    private const int MinWeight = 1;
    private const int MaxWeight = 10000;

    /// <summary>How often the removal of all cgroups is tried while killed processes go away.</summary>
    private const int MostAttempts = 50;
    private static readonly TimeSpan AttemptPause = TimeSpan.FromMilliseconds(100);

    private readonly bool _unified = File.Exists(Path.Combine(mount, "cgroup.controllers"));

    /// <summary>Controllers of version 1 that limits are set in; containers make the others themselves.</summary>
    private static readonly string[] Controllers = ["cpu", "cpuset", "memory", "pids"];

    /// <summary>Path of a pod's cgroup within each hierarchy; what the runtime gets as parent.</summary>
    public string PathOf(string podUid, string qos) => qos == QosClass.Guaranteed ? $"{root}/pod{podUid}" : $"{root}/{qos.ToLowerInvariant()}/pod{podUid}";

    /// <summary>Makes a pod's cgroup with the sums of its containers' limits.</summary>
    public void Ensure(Pod pod, string qos)
    {
        var path = PathOf(pod.Metadata.Uid!, qos);
        var containers = pod.Spec!.Containers ?? [];
        var cpu = containers.Sum(c => ContainerLimits.Milli(c.Resources?.Requests ?? c.Resources?.Limits, "cpu"));
        var cpuLimit = containers.All(c => ContainerLimits.Milli(c.Resources?.Limits, "cpu") > 0) ? containers.Sum(c => ContainerLimits.Milli(c.Resources?.Limits, "cpu")) : 0;
        var memory = containers.All(c => ContainerLimits.Bytes(c.Resources?.Limits, "memory") > 0) ? containers.Sum(c => ContainerLimits.Bytes(c.Resources?.Limits, "memory")) : 0;
        if (_unified)
            EnsureUnified(path, cpu, cpuLimit, memory);
        else
            EnsureSplit(path, cpu, cpuLimit, memory);
    }

    /// <summary>
    /// Removes a pod's cgroup and those below it, whatever class the pod had. Processes that are still there are killed: a runtime that died while
    /// it made a container leaves one that it does not know of afterwards.
    /// </summary>
    /// <exception cref="IOException">The killed processes are not gone yet; to be tried again.</exception>
    public void Remove(string podUid)
    {
        foreach (var qos in (string[])[QosClass.Guaranteed, QosClass.Burstable, QosClass.BestEffort])
            RemovePath(PathOf(podUid, qos));
    }

    /// <summary>Removes all cgroups of the node, and the cluster's when it was the last, waiting for the processes in them to end.</summary>
    public async Task RemoveAllAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                RemoveAll();
                return;
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                await Task.Delay(AttemptPause, time, cancellationToken);
            }
        }
    }

    private void RemoveAll()
    {
        RemovePath(root);
        var cluster = root[..root.LastIndexOf('/')];
        IEnumerable<string> hierarchies = _unified ? [mount] : Directory.EnumerateDirectories(mount);
        if (cluster.Length > 0 && hierarchies.All(h => !Directory.Exists(h + cluster) || !Directory.EnumerateDirectories(h + cluster).Any()))
            RemovePath(cluster);
    }

    private void RemovePath(string path)
    {
        IEnumerable<string> hierarchies = _unified ? [mount] : Directory.EnumerateDirectories(mount);
        foreach (var hierarchy in hierarchies)
        {
            var folder = hierarchy + path;
            if (!Directory.Exists(folder))
                continue;
            // Only folders can be removed from a cgroup, never the files in them: children first.
            var all = Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).OrderByDescending(d => d.Length).Append(folder).ToList();
            foreach (var child in all)
                EndProcesses(Path.Combine(child, "cgroup.procs"));
            foreach (var child in all)
                CgroupCalls.RemoveFolder(child);
        }
    }

    private static void EndProcesses(string list)
    {
        if (!File.Exists(list))
            return;
        foreach (var line in File.ReadAllLines(list))
        {
            if (!int.TryParse(line, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
                continue;
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It has ended by itself meanwhile.
                continue;
            }
        }
    }

    private void EnsureUnified(string path, long cpu, long cpuLimit, long memory)
    {
        var folder = mount;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var offered = File.ReadAllText(Path.Combine(folder, "cgroup.controllers")).Split(' ', StringSplitOptions.TrimEntries);
            foreach (var controller in Controllers.Where(offered.Contains))
                File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+" + controller);
            folder = Path.Combine(folder, part);
            Directory.CreateDirectory(folder);
        }

        var weight = Math.Clamp(MinWeight + ((ContainerLimits.Shares(cpu) - 2) * (MaxWeight - 1) / 262142), MinWeight, MaxWeight);
        WriteIfThere(folder, "cpu.weight", weight);
        if (cpuLimit > 0)
            WriteIfThere(folder, "cpu.max", $"{ContainerLimits.Quota(cpuLimit)} {ContainerLimits.Period}");
        if (memory > 0)
            WriteIfThere(folder, "memory.max", memory);
        WriteIfThere(folder, "pids.max", DefaultPidsLimit);
    }

    private void EnsureSplit(string path, long cpu, long cpuLimit, long memory)
    {
        foreach (var controller in Controllers.Where(c => Directory.Exists(Path.Combine(mount, c))))
        {
            var folder = Path.Combine(mount, controller);
            foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                var parent = folder;
                folder = Path.Combine(folder, part);
                Directory.CreateDirectory(folder);
                if (controller == "cpuset")
                    InheritCpuset(parent, folder);
            }
        }

        WriteIfThere(mount + "/cpu" + path, "cpu.shares", ContainerLimits.Shares(cpu));
        if (cpuLimit > 0)
        {
            WriteIfThere(mount + "/cpu" + path, "cpu.cfs_period_us", ContainerLimits.Period);
            WriteIfThere(mount + "/cpu" + path, "cpu.cfs_quota_us", ContainerLimits.Quota(cpuLimit));
        }

        if (memory > 0)
            WriteIfThere(mount + "/memory" + path, "memory.limit_in_bytes", memory);
        WriteIfThere(mount + "/pids" + path, "pids.max", DefaultPidsLimit);
    }

    private static void InheritCpuset(string parent, string folder)
    {
        foreach (var file in (string[])["cpuset.cpus", "cpuset.mems"])
        {
            var own = Path.Combine(folder, file);
            if (File.Exists(own) && File.ReadAllText(own).Trim().Length == 0)
                File.WriteAllText(own, File.ReadAllText(Path.Combine(parent, file)));
        }
    }

    private static void WriteIfThere(string folder, string file, object value)
    {
        var path = Path.Combine(folder, file);
        if (File.Exists(path))
            File.WriteAllText(path, Convert.ToString(value, CultureInfo.InvariantCulture));
    }
}
